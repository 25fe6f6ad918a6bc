// The stand-alone platform: configuration -> stores, identity, router -> listen -> stop gracefully.
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { strictApp } from '../strict-routes.ts';
import { ConfigError, type PlatformConfig } from './config.ts';
import { headerIdentity } from './identity/header.ts';
import { oidcIdentity } from './identity/oidc.ts';
import { createKeyRing, fileKeys } from './keys.ts';
import { onError, type Failure } from './on-error.ts';
import { createPlatform } from './platform.ts';
import { registeredFile } from './registered-file.ts';
import type { Clock, Identify, IdentitySource, KeyStore } from './types.ts';

export interface RunningPlatform {
  /** Port in use, the system's choice when the configuration says 0. */
  port: number;
  stop: () => Promise<void>;
}

/** @throws ConfigError in one sentence when the configuration cannot be served. */
export async function startPlatform(config: PlatformConfig, clock: Clock): Promise<RunningPlatform> {
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
  const keys = fileKeys(join(config.dataFolder, 'keys.json'));
  const identity = await identitySource(config, keys, clock);
  const stores = registeredFile(join(config.dataFolder, 'registered.json'), config);
  const platform = createPlatform({ ...config, ...stores, keys, identity, clock });
  // Keys are made now, so that an unwritable folder shows at the start and not at the first launch.
  await platform.keySet();
  const app = strictApp();
  app.get('/health', (_req, res) => {
    res.json({ status: 'ok' });
  });
  app.use(new URL(config.issuer).pathname, platform.router);
  app.use(onError(reportBug));
  const server = await listen(createServer(app), config.listen);
  const address = server.address();
  return { port: typeof address === 'object' ? (address?.port ?? 0) : 0, stop: () => close(server) };
}

async function identitySource(
  config: PlatformConfig,
  keys: KeyStore,
  clock: Clock,
): Promise<IdentitySource | Identify> {
  const { identity } = config;
  if (identity.kind === 'header') {
    try {
      return headerIdentity(identity);
    } catch (error) {
      throw new ConfigError(`identity.addresses: ${error instanceof Error ? error.message : 'malformed'}.`);
    }
  }
  const clientSecret = identity.clientSecretFile === undefined ? undefined : readSecret(identity.clientSecretFile);
  const secret = await createKeyRing(keys, clock).secret();
  return oidcIdentity({ ...identity, base: config.issuer, embedders: config.embedders, clientSecret, secret, clock });
}

function readSecret(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    throw new ConfigError(`identity.clientSecretFile: ${path} cannot be read.`);
  }
}

/** A person sees only a number; the operator finds the error under it. */
function reportBug({ error, res }: Failure): boolean {
  const id = randomUUID();
  console.error(`error ${id}`, error instanceof Error ? (error.stack ?? error.name) : 'not an Error');
  res.status(500).type('text/plain').send(`error ${id}`);
  return true;
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new ConfigError(`listen: ${host}:${port} cannot be used (${error.code ?? error.name}).`));
    });
    server.listen(port, host, () => {
      resolve(server);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const idle = setInterval(() => {
      server.closeIdleConnections();
    }, 50);
    server.close(() => {
      clearInterval(idle);
      resolve();
    });
  });
}
