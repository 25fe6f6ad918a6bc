// Every setting of the environment, once, with what it is for. Parsed by load-config.ts; nothing else reads the environment.
// Secrets may come from files, NAME_FILE: see secret-files.ts.
import { isIP } from 'node:net';
import { z } from 'zod';

/** Each refusal is the end of a sentence that begins with the setting's name. */
const oneOf = (...names: readonly [string, ...string[]]): string => `must be one of ${names.join(', ')}`;
const environments = ['development', 'test', 'production'] as const;
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number from 1 to 65535')
  .transform(Number)
  .refine((value) => value >= 1 && value <= 65_535, 'must be a port number from 1 to 65535');

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])$/;

const isListenHost = (text: string): boolean => isIP(text) !== 0 || text === 'localhost';

function isOwnAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, origin } = new URL(text);
  return origin === text && (protocol === 'https:' || (protocol === 'http:' && loopback.test(hostname)));
}

/** A password as somebody copied it: the address of the server would be read out of its middle. */
function isEscaped(text: string): boolean {
  return !/^smtps?:\/\/[^@]*[#?/][^@]*@/i.test(text);
}

function isSmtpAddress(text: string): boolean {
  return URL.canParse(text) && /^smtps?:$/.test(new URL(text).protocol) && new URL(text).hostname !== '';
}

function isProxy(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits = '0'] = text.split('/');
  return isIP(address) !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (isIP(address) === 4 ? 32 : 128);
}

const sender = /^(?:"?([^"<>@]*?)"?\s*<([^\s<>@]+@[^\s<>@]+)>|([^\s<>@]+@[^\s<>@]+))$/;

/** A risk that has to be accepted by name; counts in production only. */
const risk = z.enum(['yes', 'no'], oneOf('yes', 'no')).default('no');

export const environmentSchema = z.object({
  /** `production` refuses the embedded database, a generated secret and addresses of this machine. */
  NODE_ENV: z.enum(environments, oneOf(...environments)).default('development'),

  /** TCP port on which the service listens. */
  PORT: port.default(3000),

  /** Address on which it listens: 127.0.0.1 or ::1 where the reverse proxy runs on this machine. Default: all addresses, IPv4 and IPv6. */
  LISTEN_HOST: z
    .string()
    .refine(isListenHost, 'must be an IP address of this machine, such as 127.0.0.1 or ::1, or localhost')
    .optional(),

  /** Address under which browsers reach the service: origin only, https except on this machine. Default: this machine and PORT. */
  BASE_URL: z
    .string()
    .refine(isOwnAddress, 'must be an https address without a path or a slash at its end (http only for this machine)')
    .optional(),

  /** Reverse proxies whose X-Forwarded-* headers are believed: addresses, networks or "loopback", separated by commas. */
  TRUSTED_PROXIES: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine((parts) => parts.every(isProxy), 'must list addresses such as 10.0.0.2 or networks such as 10.0.0.0/8')
    .default([]),

  /** MongoDB 7 or 8 replica set, with the database's name in its path. Required in production; else the embedded engine serves. */
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\/[^/?]+/, 'must begin with mongodb:// or mongodb+srv:// and a host')
    .optional(),

  /** Folder of the embedded database and of the generated secret; not used when MONGODB_URI and MENTORAT_SECRET are given. */
  DATA_DIR: z.string().min(1, 'must name a folder').default('.data'),

  /** Server that takes the mails, with user and password if it wants them. Without it, mails wait in the outbox. Required in production. */
  SMTP_URL: z
    .string()
    .refine(isEscaped, {
      error: 'has a "#", "?" or "/" before the "@" of its server: write %23, %3F or %2F there',
      abort: true,
    })
    .refine(isSmtpAddress, 'must be an address such as smtp://user:password@mail.example.org:587')
    .optional(),

  /** Sender of all mails: an address, or "Name <address>". Required in production. */
  MAIL_FROM: z
    .string()
    .regex(sender, 'must be an address such as "Mentorat Dialogue <mentorat@example.org>"')
    .default('Mentorat Dialogue <mentorat@localhost>')
    .transform((text) => {
      const [, name, named, bare] = sender.exec(text) ?? [];
      return { name: name === undefined || name === '' ? 'Mentorat Dialogue' : name, address: named ?? bare ?? text };
    }),

  /** Secret from which all keys are derived, at least 32 bytes; the same on all copies. Losing it makes stored names unreadable. Required in production. */
  MENTORAT_SECRET: z
    .string()
    .refine((text) => Buffer.byteLength(text) >= 32, 'must hold at least 32 bytes')
    .optional(),

  /** Who may read GET /metrics: whoever sends "Authorization: Bearer <this>". Without it that address does not exist. */
  METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, 'must hold at least 16 characters, without spaces')
    .optional(),

  /** `yes`: mails, with names and links, may leave in clear, to a server whose certificate nobody checks. */
  ALLOW_PLAINTEXT_SMTP: risk,

  /** `yes`: the database may be reached in clear, or without its certificate being checked. */
  ALLOW_PLAINTEXT_MONGODB: risk,

  /** How much is logged. */
  LOG_LEVEL: z.enum(logLevels, oneOf(...logLevels)).default('info'),

  /** File that describes the programme: labs, closures, referral contacts, coordinators, delays. See programme.ts. */
  PROGRAMME_FILE: z.string().min(1, 'must name a file').default('config/programme.json'),
});

export type Environment = z.output<typeof environmentSchema>;

/** What a trial may leave out, and a service for real people may not. */
export const requiredInProduction = ['BASE_URL', 'MONGODB_URI', 'SMTP_URL', 'MAIL_FROM', 'MENTORAT_SECRET'] as const;

/** Settings by which a risk is accepted. */
export const risks = ['ALLOW_PLAINTEXT_SMTP', 'ALLOW_PLAINTEXT_MONGODB'] as const;
