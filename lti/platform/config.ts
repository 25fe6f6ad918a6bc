// The configuration file of the stand-alone process, read once and checked; every fault becomes one sentence.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { ConfigError } from './config-error.ts';

export { ConfigError } from './config-error.ts';

const url = z.url({ protocol: /^https?$/ });

const toolSchema = z.strictObject({
  clientId: z.string().min(1).max(255),
  deploymentId: z.string().min(1).max(255),
  loginUrl: url,
  redirectUris: z.array(url).min(1),
  targetLinkUri: url,
  keysetUrl: url,
  title: z.string().optional(),
  labTenant: z.string().optional(),
  sendName: z.boolean().default(false),
  sendEmail: z.boolean().default(false),
  custom: z.record(z.string(), z.string()).optional(),
  /** Client id whose pseudonyms this tool gets, for a tool that was connected anew; its own by default. */
  pseudonymsOf: z.string().min(1).max(255).optional(),
  loginMethod: z.enum(['get', 'post']).default('get'),
});

const linkSchema = z.strictObject({
  id: z.string().min(1).max(255),
  clientId: z.string().min(1),
  title: z.string().min(1),
  targetLinkUri: url.optional(),
  custom: z.record(z.string(), z.string()).optional(),
});

const headerSchema = z.strictObject({
  kind: z.literal('header'),
  /** Where the proxy's connections come from; not needed with a Unix socket. */
  addresses: z.array(z.string()).default([]),
  /** File with the secret that the proxy sends along, at least 32 characters; a second line is accepted too, while it changes. */
  secretFile: z.string().optional(),
  secretHeader: z.string().min(1).default('X-Intranet-Secret'),
  headers: z.strictObject({
    subject: z.string().min(1),
    name: z.string().optional(),
    email: z.string().optional(),
    locale: z.string().optional(),
    roles: z.string().optional(),
  }),
  administrators: z.array(z.string()).default([]),
});

const oidcSchema = z.strictObject({
  kind: z.literal('oidc'),
  provider: url,
  clientId: z.string().min(1),
  /** File that holds the client secret and nothing else; absent for a public client. */
  clientSecretFile: z.string().optional(),
  scope: z.string().optional(),
  administrators: z.array(z.string()).default([]),
});

const listenSchema = z
  .strictObject({
    host: z.string().optional(),
    port: z.number().int().min(0).max(65_535).optional(),
    /** Path of a Unix socket, instead of host and port. */
    socket: z.string().min(1).optional(),
    /** Permissions of its file. Whoever may write to it may name anybody, so nobody else's bit may be set. */
    mode: z
      .string()
      .regex(/^0?[0-7]{2}0$/, 'must be permissions such as "0660" that give nothing to everybody')
      .default('0660'),
  })
  .refine(
    ({ host, port, socket }) => socket === undefined || (host === undefined && port === undefined),
    'holds either a socket, or a host and a port',
  )
  .transform(({ host = '127.0.0.1', port = 3200, socket, mode }) => ({
    host,
    port,
    socket,
    mode: Number.parseInt(mode, 8),
  }));

const configSchema = z.strictObject({
  /** Public base address, e.g. https://intranet.lab.fr/lti; its path is where the process answers. */
  issuer: url.refine((address) => !address.endsWith('/'), 'must not end with a slash'),
  listen: listenSchema,
  name: z.string().optional(),
  /** Folder of keys.json (secret) and registered.json (tools and links added while running). */
  dataFolder: z.string().default('./data'),
  tools: z.array(toolSchema).default([]),
  links: z.array(linkSchema).default([]),
  identity: z.discriminatedUnion('kind', [headerSchema, oidcSchema]),
  subjects: z.enum(['plain', 'pseudonym']).default('pseudonym'),
  embedders: z.array(url.transform((address) => new URL(address).origin)).default([]),
  returnUrl: url.optional(),
  shareWithRegistered: z
    .strictObject({ name: z.boolean().default(false), email: z.boolean().default(false) })
    .default({ name: false, email: false }),
});

export type PlatformConfig = z.infer<typeof configSchema>;

/**
 * Reads and checks a configuration file; paths in it are relative to it.
 * @throws ConfigError in one sentence that names the setting.
 */
export function readConfig(path: string): PlatformConfig {
  const parsed = configSchema.safeParse(parse(path));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const setting = issue?.path.join('.') ?? '';
    throw new ConfigError(`${path}: ${setting === '' ? '' : `"${setting}": `}${issue?.message ?? 'malformed'}.`);
  }
  const { identity, listen, dataFolder } = parsed.data;
  const inFolder = (file: string): string => resolve(dirname(path), file);
  const ifGiven = (file: string | undefined) => (file === undefined ? undefined : inFolder(file));
  return {
    ...parsed.data,
    dataFolder: inFolder(dataFolder),
    listen: { ...listen, socket: ifGiven(listen.socket) },
    identity:
      identity.kind === 'oidc'
        ? { ...identity, clientSecretFile: ifGiven(identity.clientSecretFile) }
        : { ...identity, secretFile: ifGiven(identity.secretFile) },
  };
}

function parse(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ConfigError(error instanceof SyntaxError ? `${path} is not valid JSON.` : `${path} cannot be read.`);
  }
}
