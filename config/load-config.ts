// Reads the settings once, checks them all, and gives the rest of the service plain values. A bad one stops the start.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { ConfigError } from './errors.ts';
import { keptSecret } from './kept-secret.ts';
import { type Programme, programmeSchema } from './programme.ts';
import { readSecretFiles } from './secret-files.ts';
import { refuseOpenTransport } from './transport-security.ts';
import { type Environment, environmentSchema, requiredInProduction, risks } from './schema.ts';

export { ConfigError } from './errors.ts';
export type { Coordinator, Programme, ProgrammeLab } from './programme.ts';

export interface Config {
  readonly environment: Environment['NODE_ENV'];
  readonly port: number;
  /** undefined: all addresses of the machine. */
  readonly listenHost: string | undefined;
  /** Origin, without a slash at its end. */
  readonly baseUrl: string;
  readonly trustedProxies: readonly string[];
  /** undefined: the embedded engine serves the data of `dataDir`. */
  readonly mongodbUri: string | undefined;
  readonly dataDir: string;
  /** undefined: mails wait in the outbox. */
  readonly smtpUrl: string | undefined;
  /** Whether a server that offers no TLS, or a certificate that does not hold, gets no mail. */
  readonly requireSmtpTls: boolean;
  /** Names of settings by which a risk was accepted in production. */
  readonly acceptedRisks: readonly string[];
  /** Names of settings whose file with a secret every user of the machine can read. */
  readonly readableByAll: readonly string[];
  readonly mailFrom: { readonly name: string; readonly address: string };
  readonly secret: string;
  /** undefined: nobody may read the metrics. */
  readonly metricsToken: string | undefined;
  readonly logLevel: Environment['LOG_LEVEL'];
  readonly programme: Programme;
}

type Values = Readonly<Record<string, string | undefined>>;

/**
 * Without an argument: the process's environment, completed by the file .env where there is one.
 * @throws ConfigError with one sentence that names the setting
 */
export function loadConfig(env: Values = processEnvironment()): Config {
  const { values, readableByAll } = readSecretFiles(filled(env));
  const parsed = environmentSchema.safeParse(values);
  if (!parsed.success) throw badSetting(parsed.error);
  const settings = parsed.data;
  refuseGaps(settings, values);
  return {
    environment: settings.NODE_ENV,
    port: settings.PORT,
    listenHost: settings.LISTEN_HOST,
    baseUrl: settings.BASE_URL ?? `http://localhost:${settings.PORT}`,
    trustedProxies: settings.TRUSTED_PROXIES,
    mongodbUri: settings.MONGODB_URI,
    dataDir: path.resolve(settings.DATA_DIR),
    smtpUrl: settings.SMTP_URL,
    ...transportOf(settings),
    readableByAll,
    mailFrom: settings.MAIL_FROM,
    secret: settings.MENTORAT_SECRET ?? keptSecret(settings.DATA_DIR),
    metricsToken: settings.METRICS_TOKEN,
    logLevel: settings.LOG_LEVEL,
    programme: loadProgramme(settings.PROGRAMME_FILE),
  };
}

/**
 * The description of the programme in a JSON file.
 * @throws ConfigError
 */
export function loadProgramme(file: string): Programme {
  let content: unknown;
  try {
    // Some editors begin a file with a byte order mark.
    content = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/u, ''));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'is not valid JSON' : 'cannot be read';
    throw new ConfigError(`PROGRAMME_FILE: ${file} ${reason}.`);
  }
  const parsed = programmeSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ConfigError(`PROGRAMME_FILE: in ${file}, ${wordsOf(issue)}.`);
}

/** An empty setting is none. */
function filled(env: Values): Readonly<Record<string, string>> {
  const given = Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '');
  return Object.fromEntries(given);
}

/** Completed by the file .env where there is one. */
export function processEnvironment(): Values {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return filled(process.env);
}

function badSetting(error: z.ZodError): ConfigError {
  const [issue] = error.issues;
  return new ConfigError(`${String(issue?.path[0])} ${issue?.message ?? 'is not valid'}.`);
}

function refuseGaps(settings: Environment, values: Values): void {
  if (settings.NODE_ENV !== 'production') return;
  const missing = requiredInProduction.find((name) => values[name] === undefined);
  if (missing === 'MONGODB_URI') {
    throw new ConfigError(
      'MONGODB_URI is required in production: give the address of a MongoDB replica set, the embedded database is for trials only.',
    );
  }
  if (missing !== undefined) throw new ConfigError(`${missing} is required in production.`);
  if (settings.BASE_URL?.startsWith('http:')) throw new ConfigError('BASE_URL must begin with https:// in production.');
  refuseOpenTransport(settings);
}

function transportOf(settings: Environment): Pick<Config, 'requireSmtpTls' | 'acceptedRisks'> {
  if (settings.NODE_ENV !== 'production') return { requireSmtpTls: false, acceptedRisks: [] };
  return {
    requireSmtpTls: settings.ALLOW_PLAINTEXT_SMTP === 'no',
    acceptedRisks: risks.filter((name) => settings[name] === 'yes'),
  };
}

/** Where in the file, and what is wrong there. */
function wordsOf(issue: z.core.$ZodIssue | undefined): string {
  const place = issue?.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  const name = place === undefined || place === '' ? 'the file' : place.replace(/^\./, '');
  if (issue?.code === 'unrecognized_keys') return `${name} holds the unknown key ${issue.keys.join(', ')}`;
  return `${name}: ${issue?.message ?? 'not valid'}`;
}
