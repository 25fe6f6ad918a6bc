// The stand-alone platform: configuration -> stores, identity, router -> listen -> stop gracefully.
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { standardErrorLog } from '../log/index.ts';
import { strictApp } from '../strict-routes.ts';
import type { PlatformConfig } from './config.ts';
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
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
  const keys = fileKeys(join(config.dataFolder, 'keys.json'));
  const identity = await identitySource(config, keys, clock);
  const stores = registeredFile(join(config.dataFolder, 'registered.json'), config);
  const platform = createPlatform({ ...config, ...stores, keys, identity, clock, errors });
  // Keys are made now, so that an unwritable folder shows at the start and not at the first launch.
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
