// A run of the matching over the real database, while pages are asked for all the time: how long it takes, and whom it
// delays. Engine, service and visitor are processes of their own; two cores make them share.
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { databaseUri, startEngine } from '../../service/store/engine/index.ts';
import type { RunFacts, RunOrder } from './matching-run-server.ts';
import type { Report } from './benches.ts';

const sizes = (process.env['BENCH_SIZES'] ?? '500,2000,10000').split(',').map(Number);
const server = fileURLToPath(new URL('./matching-run-server.ts', import.meta.url));
/** A visitor asks for the next page so long after the answer. */
const pauseMs = 5;

export async function run(report: Report): Promise<void> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'mentorat-bench-'));
  const engine = await startEngine({ dataDir });
  try {
    for (const n of sizes) report({ bench: 'matching-run', variant: `n=${n}`, n, ...(await measure(engine.uri, n)) });
  } finally {
    await engine.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measure(uri: string, n: number) {
  const child = fork(server, { execArgv: ['--import', 'tsx'] });
  try {
    const order: RunOrder = { uri: databaseUri(uri, `bench_${n}`), n };
    child.send(order);
    const { port } = await next<{ port: number }>(child);
    await ask(port, 500);
    const quiet = await ask(port, 1000);
    const running = next<{ facts: RunFacts }>(child);
    let isOver = false;
    void running.then(() => (isOver = true));
    child.send('run');
    const busy = await ask(port, () => isOver);
    const { facts } = await running;
    return {
      ...facts,
      p99PageMs: percentile(busy, 0.99),
      maxPageMs: percentile(busy, 1),
      p99PageBeforeMs: percentile(quiet, 0.99),
      pages: busy.length,
      loadAverage: Math.round(loadavg()[0] ?? 0),
    };
  } finally {
    child.disconnect();
  }
}

function next<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => {
      resolve(message as T);
    });
    child.once('exit', (code) => {
      reject(new Error(`the service of the bench ended with code ${String(code)}`));
    });
  });
}

/** Asks for the door's page, one after the other, until the time or the work is over: milliseconds each. */
async function ask(port: number, until: number | (() => boolean)): Promise<number[]> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const end = typeof until === 'number' ? performance.now() + until : 0;
  const isOver = typeof until === 'number' ? () => performance.now() > end : until;
  const times: number[] = [];
  while (!isOver()) {
    const began = performance.now();
    await get(port, agent);
    times.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  agent.destroy();
  return times;
}

function get(port: number, agent: http.Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    http
      .get({ port, agent, host: '127.0.0.1', path: '/' }, (answer) => {
        answer.resume().once('end', resolve);
      })
      .once('error', reject);
  });
}

function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((one, other) => one - other);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
}
