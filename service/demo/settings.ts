// What `npm run demo -- ...` understands, and the settings the demonstration makes of it.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { forgetSecret, isSecretDamaged, secretFile } from '../../config/kept-secret.ts';
import { ConfigError, loadConfig, processEnvironment, type Config } from '../../config/load-config.ts';
import { findRunningDatabase } from '../database.ts';

export interface DemoSettings {
  readonly config: Config;
  readonly intranetsPort: number;
  readonly fresh: boolean;
}

export const usage = `Usage: npm run demo -- [options]

Starts the embedded database, the service, five intranets, a mailbox and a clock on this machine.

  --fresh                 throw the demonstration's data away and begin anew
  --port NUMBER           port of the service (default: PORT, or 3000)
  --intranets-port NUMBER port of the intranets (default: INTRANETS_PORT, or 3001)
  --help                  this text
`;

const options = {
  fresh: { type: 'boolean', default: false },
  port: { type: 'string' },
  'intranets-port': { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** undefined: help was asked for. @throws ConfigError */
export async function readSettings(args: readonly string[]): Promise<DemoSettings | undefined> {
  const { fresh, port, 'intranets-port': intranetsPort, help } = parse(args);
  if (help) return undefined;
  const environment = processEnvironment();
  if (environment['NODE_ENV'] === 'production') {
    throw new ConfigError(
      'NODE_ENV is production: the demonstration lets anybody in without a password and never runs there.',
    );
  }
  // Data of its own, so that trying out never touches what a service on this machine keeps.
  const dataDir = path.resolve(environment['DATA_DIR'] ?? '.data', 'demo');
  const isGiven = environment['MENTORAT_SECRET'] !== undefined || environment['MENTORAT_SECRET_FILE'] !== undefined;
  if (!isGiven) await seeToSecret(dataDir, fresh);
  const servicePort = port ?? environment['PORT'] ?? '3000';
  const config = loadConfig({
    ...environment,
    ...{ DATA_DIR: dataDir, PORT: servicePort, BASE_URL: `http://localhost:${servicePort}` },
    LOG_LEVEL: environment['LOG_LEVEL'] ?? 'warn',
  });
  return { config, intranetsPort: portOf(intranetsPort ?? environment['INTRANETS_PORT'] ?? '3001'), fresh };
}

/** A damaged secret is thrown away with the data that it sealed, and never with those of a demonstration that runs. */
async function seeToSecret(dataDir: string, fresh: boolean): Promise<void> {
  if (!isSecretDamaged(dataDir)) return;
  if (!fresh) {
    throw new ConfigError(
      `The secret of the demonstration in ${secretFile(dataDir)} is damaged: put it back, or start with --fresh for new data.`,
    );
  }
  if ((await findRunningDatabase(dataDir)) === undefined) forgetSecret(dataDir);
}

function parse(args: readonly string[]): ReturnType<typeof parseArgs<{ options: typeof options }>>['values'] {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new ConfigError(
      `${error instanceof Error ? error.message : String(error)} (npm run demo -- --help tells more)`,
    );
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new ConfigError('--intranets-port must be a port number from 1 to 65535.');
  }
  return port;
}
