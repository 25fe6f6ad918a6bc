// What `npm run demo -- ...` understands, and the settings the demonstration makes of it.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError, loadConfig, type Config } from '../../config/load-config.ts';

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
export function readSettings(args: readonly string[]): DemoSettings | undefined {
  const { fresh, port, 'intranets-port': intranetsPort, help } = parse(args);
  if (help) return undefined;
  const base = loadConfig();
  if (base.environment === 'production') {
    throw new ConfigError(
      'NODE_ENV is production: the demonstration lets anybody in without a password and never runs there.',
    );
  }
  // Data of its own, so that trying out never touches what a service on this machine keeps.
  const dataDir = path.join(base.dataDir, 'demo');
  const servicePort = port ?? String(base.port);
  const config = loadConfig({
    ...process.env,
    ...{ DATA_DIR: dataDir, PORT: servicePort, BASE_URL: `http://localhost:${servicePort}` },
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
  });
  return { config, intranetsPort: portOf(intranetsPort ?? process.env['INTRANETS_PORT'] ?? '3001'), fresh };
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
