// Ports of this worker alone. A port that the system hands out, and that is given back for a moment, is soon another's: these lie
// below those that it hands out, and no two workers of a run share any.
import { once } from 'node:events';
import { createServer } from 'node:net';

const first = 20_000;
const perWorker = 200;
const workers = 60;

const worker = process.ppid * 4 + Number(process.env['MOCHA_WORKER_ID'] ?? 0);
const from = first + (worker % workers) * perWorker;
let given = 0;

/** So many that nobody listens on; none is given twice. */
export async function ownPorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    if (given === perWorker) throw new Error(`A worker has ${perWorker} ports, and all of them are given.`);
    const port = from + given;
    given += 1;
    if (await isFree(port)) ports.push(port);
  }
  return ports;
}

/** One of them. */
export async function ownPort(): Promise<number> {
  const [port = 0] = await ownPorts(1);
  return port;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port), 'listening');
  } catch {
    return false;
  }
  await once(server.close(), 'close');
  return true;
}
