// The stand-alone platform: configuration -> stores, identity, router -> listen -> stop gracefully.
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { standardErrorLog } from '../log/index.ts';
import { strictApp } from '../strict-routes.ts';
import { ConfigError, type PlatformConfig } from './config.ts';
import { sourceFromHeader } from './identity/from-config.ts';
import { oidcIdentity } from './identity/oidc.ts';
import { createKeyRing, fileKeys } from './keys.ts';
import { listen } from './listen.ts';
import { onError } from './on-error.ts';
import { createPlatform } from './platform.ts';
import { registeredFile } from './registered-file.ts';
import { readSecrets } from './secret-file.ts';
import type { Clock, Identify, IdentitySource, KeyStore } from './types.ts';

export interface RunningPlatform {
  /** Port in use, the system's choice when the configuration says 0. */
  port: number;
  /** Where the reverse proxy reaches it: host and port, or the path of a socket. */
  place: string;
  stop: () => Promise<void>;
}

/** @throws ConfigError in one sentence when the configuration cannot be served. */
export async function startPlatform(
  config: PlatformConfig,
  clock: Clock,
  errors = standardErrorLog(),
): Promise<RunningPlatform> {
  const kept = (name: string): string => join(config.dataFolder, name);
  await usable(config.dataFolder, () => mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 }));
  const keys = fileKeys(kept('keys.json'));
  await usable(kept('keys.json'), () => createKeyRing(keys, clock).keySet());
  const identity = await identitySource(config, keys, clock);
  const stores = await usable(kept('registered.json'), () => registeredFile(kept('registered.json'), config));
  const platform = createPlatform({ ...config, ...stores, keys, identity, clock, errors });
  // Keys are read now, so that nothing more is needed of the folder at the first launch.
  await platform.keySet();
  const app = strictApp();
  app.get('/health', (_req, res) => {
    res.json({ status: 'ok' });
  });
  app.use(new URL(config.issuer).pathname, platform.router);
  app.use(onError(errors));
  const server = await listen(createServer(app), config.listen);
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  return { port, place: config.listen.socket ?? `${config.listen.host}:${port}`, stop: () => close(server) };
}

/** @throws ConfigError where the file or folder is damaged, or its disk is full */
async function usable<T>(path: string, deed: () => T | Promise<T>): Promise<T> {
  try {
    return await deed();
  } catch (error) {
    const cause = error instanceof Error && 'code' in error ? `cannot be used (${String(error.code)})` : 'is damaged';
    throw new ConfigError(`${path} ${cause}: make room, allow it, or put it back from a backup.`);
  }
}

async function identitySource(
  config: PlatformConfig,
  keys: KeyStore,
  clock: Clock,
): Promise<IdentitySource | Identify> {
  const { identity } = config;
  if (identity.kind === 'header') return sourceFromHeader(config, identity);
  const { clientSecretFile } = identity;
  const [clientSecret] =
    clientSecretFile === undefined ? [] : readSecrets('identity.clientSecretFile', clientSecretFile);
  const secret = await createKeyRing(keys, clock).secret();
  return oidcIdentity({ ...identity, base: config.issuer, embedders: config.embedders, clientSecret, secret, clock });
}

const longestAnswerMs = 10_000;

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => {
      server.closeAllConnections();
    }, longestAnswerMs);
    const idle = setInterval(() => {
      server.closeIdleConnections();
    }, 50);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(late);
      resolve();
    });
  });
}
