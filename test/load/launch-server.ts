// One measured server in its own process: ours, a bare ltijs 5.9.9, or the floor under both.
import { createPublicKey, type JsonWebKey, randomBytes, verify } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import express from 'express';
import mongoose from 'mongoose';
import { createTool } from '../../lti/index.ts';
import { ensureIndexes } from '../../service/store/index.ts';
import { createLtiStores } from '../../service/store/lti/index.ts';
import type { Order, Stats, Variant } from './launch.ts';

const PAGE = '<!doctype html><title>First page</title><p>Bonjour</p>';
const WRITES = new Set(['insert', 'update', 'delete', 'findAndModify']);
const READS = new Set(['find', 'aggregate', 'getMore', 'count', 'distinct']);
const seen = { writes: 0, operations: 0 };

const servers: Record<Variant, (order: Order) => Promise<number>> = { own, ltijs, floor };

process.on('message', (message: Order | 'stats') => {
  if (message !== 'stats') {
    void servers[message.variant](message).then((port) => process.send?.({ port }));
    return;
  }
  const { user, system } = process.cpuUsage();
  const stats: Stats = { rssMb: Math.round(process.memoryUsage.rss() / 1e6), cpuMs: (user + system) / 1000, ...seen };
  process.send?.(stats);
});

async function own(order: Order): Promise<number> {
  const connection = await mongoose.createConnection(order.uri, { monitorCommands: order.counting }).asPromise();
  watch(connection);
  const app = express().disable('x-powered-by').disable('etag');
  const { port, listening } = listen(app);
  await listening;
  await ensureIndexes(connection);
  const stores = createLtiStores(connection);
  await stores.registrations.remove('bench');
  const { issuer, clientId } = order.platform;
  await stores.registrations.insert({
    id: 'bench',
    name: 'Bench',
    issuer,
    clientId,
    authorizationUrl: `${issuer}/auth`,
    tokenUrl: `${issuer}/token`,
    keysetUrl: `${issuer}/keys`,
    frameOrigins: [issuer],
    source: 'manual',
    active: true,
    deployments: [{ id: 'dep-1', status: 'approved', tenant: 'etis', firstSeenAt: new Date() }],
    createdAt: new Date(),
  });
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const tool = await createTool({
    baseUrl: `http://127.0.0.1:${port()}`,
    name: 'Bench',
    secret: randomBytes(32).toString('hex'),
    clock: { now: () => new Date() },
    logger: silent,
    ...stores,
    enter: () => Promise.resolve({ path: '/', data: {} }),
  });
  app.use('/lti', tool.router);
  app.get('/', tool.session, tool.requireSession, (_request, response) => {
    response.type('html').send(PAGE);
  });
  return port();
}

interface Ltijs {
  setup(key: string, database: object, options: object): void;
  onConnect(handler: (token: unknown, request: unknown, response: express.Response) => unknown): void;
  deploy(options: object): Promise<boolean>;
  registerPlatform(platform: object): Promise<{ platformActive(active: boolean): Promise<unknown> } | false>;
  app: express.Express;
}

/** As its guide sets it up, its own database code included; only the connection options that drivers no longer take are left out. */
async function ltijs(order: Order): Promise<number> {
  const require = createRequire(import.meta.url);
  const connect = mongoose.connect.bind(mongoose);
  mongoose.connect = (uri) => connect(uri, { monitorCommands: order.counting });
  const { Provider: lti } = require('ltijs') as { Provider: Ltijs };
  lti.setup('a key of the bench', { url: order.uri }, { cookies: { secure: false, sameSite: 'Lax' } });
  lti.onConnect((_token, _request, response) => response.type('html').send(PAGE));
  await lti.deploy({ serverless: true, silent: true });
  watch(mongoose.connection);
  const { issuer, clientId } = order.platform;
  const platform = await lti.registerPlatform({
    url: issuer,
    name: 'Bench',
    clientId,
    authenticationEndpoint: `${issuer}/auth`,
    accesstokenEndpoint: `${issuer}/token`,
    authConfig: { method: 'JWK_SET', key: `${issuer}/keys` },
  });
  if (platform !== false) await platform.platformActive(true);
  const { port, listening } = listen(lti.app);
  await listening;
  return port();
}

/** What no LTI tool can do without: three answers, one RS256 verification with a kept key, one journalled insert. */
async function floor(order: Order): Promise<number> {
  const connection = await mongoose.createConnection(order.uri, { monitorCommands: order.counting }).asPromise();
  watch(connection);
  const sessions = connection.collection('floor');
  const { keys } = (await (await fetch(`${order.platform.issuer}/keys`)).json()) as { keys: [JsonWebKey] };
  const key = createPublicKey({ key: keys[0], format: 'jwk' });
  const launch = async (request: IncomingMessage): Promise<boolean> => {
    const token = new URLSearchParams(await read(request)).get('id_token') ?? '';
    const [head = '', body = '', signature = ''] = token.split('.');
    const valid = verify('RSA-SHA256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'));
    if (valid) await sessions.insertOne({ token: body.slice(0, 64), at: new Date() });
    return valid;
  };
  const server = createServer((request, response) => {
    if (request.url === '/') response.end(PAGE);
    else if (request.url === '/lti/launch')
      void launch(request).then((valid) => response.writeHead(valid ? 303 : 401, { location: '/' }).end());
    else
      request
        .resume()
        .on('end', () => response.writeHead(302, { location: `${order.platform.issuer}/auth?state=s&nonce=n` }).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function listen(app: express.Express): { port: () => number; listening: Promise<void> } {
  const server = createServer(app);
  const listening = new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: () => (server.address() as AddressInfo).port, listening };
}

function watch(connection: mongoose.Connection): void {
  connection.getClient().on('commandStarted', ({ commandName }: { commandName: string }) => {
    if (WRITES.has(commandName)) seen.writes += 1;
    if (WRITES.has(commandName) || READS.has(commandName)) seen.operations += 1;
  });
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
