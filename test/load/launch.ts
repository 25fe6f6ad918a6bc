// The way in, measured: login + launch + first page, ours beside a bare ltijs 5.9.9 and beside the floor (one signature
// check, one journalled insert, three round trips), on one engine in one run. Each server is a process of its own.
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { databaseUri, startEngine } from '../../service/store/engine/index.ts';
import { FakePlatform } from '../lti/support/fake-platform.ts';
import { enter, type Lap, type Way } from './launch-client.ts';
import type { Report } from './benches.ts';

const CLIENTS = 16;
const WARM_UP = 40 * CLIENTS;
/** For each variant, in all. */
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 12);
const COUNTED = 50;
const TURNS = 4;
const VARIANTS = ['floor', 'own', 'ltijs'] as const;
export type Variant = (typeof VARIANTS)[number];

/** What a server process is told, and what it says of itself. */
export interface Order {
  variant: Variant;
  uri: string;
  platform: { issuer: string; clientId: string };
  /** Command monitoring on: for counting, never for timing. */
  counting: boolean;
}
export interface Stats {
  rssMb: number;
  /** Processor time of the process since it began. */
  cpuMs: number;
  writes: number;
  operations: number;
}

interface Counts {
  dbWrites: number;
  dbOperations: number;
  httpCalls: number;
}

interface Figures {
  /** Processor time of the server alone, per launch: what does not depend on how busy the machine is. */
  cpuMsPerLaunch: number;
  p50Ms: number;
  p99Ms: number;
  perSecond: number;
  rssMb: number;
}

export async function run(report: Report): Promise<void> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'mentorat-bench-'));
  const engine = await startEngine({ dataDir });
  const platform = await FakePlatform.start('bench');
  const orderOf = (variant: Variant, counting: boolean): Order => ({
    variant,
    uri: databaseUri(engine.uri, `bench_${variant}`),
    platform: { issuer: platform.issuer, clientId: platform.clientId },
    counting,
  });
  try {
    const figures = await measure((variant) => orderOf(variant, false), platform);
    for (const variant of VARIANTS) {
      const counts = await count(orderOf(variant, true), platform);
      report({ bench: 'launch', variant, ...figures[variant], ...counts });
    }
    const { floor, own, ltijs } = figures;
    const compare = (slow: Figures, fast: Figures): { ratio: number; p50Ratio: number } => ({
      ratio: round(fast.perSecond / slow.perSecond),
      p50Ratio: round(fast.p50Ms / slow.p50Ms),
    });
    report({ bench: 'launch', variant: 'ratio', ...compare(ltijs, own) });
    report({ bench: 'launch', variant: 'share-of-floor', ratio: round(own.perSecond / floor.perSecond) });
  } finally {
    await platform.stop();
    await engine.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

export interface Running {
  child: ChildProcess;
  way: Way;
  laps: Lap[];
  seconds: number;
  cpuMs: number;
}

/** The three take turns in short rounds, so that whatever else the machine does falls on all of them alike. */
async function measure(
  orderOf: (variant: Variant) => Order,
  platform: FakePlatform,
): Promise<Record<Variant, Figures>> {
  const running = await Promise.all(VARIANTS.map((variant) => start(orderOf(variant), platform)));
  try {
    for (const one of running) {
      await repeat(WARM_UP, () => enter(one.way));
      one.cpuMs = (await ask(one.child)).cpuMs;
    }
    for (let turn = 0; turn < TURNS; turn += 1) for (const one of running) await run16(one, SECONDS / TURNS);
    const figures = await Promise.all(running.map(async (one) => [one.way.variant, await figuresOf(one)] as const));
    return Object.fromEntries(figures) as Record<Variant, Figures>;
  } finally {
    for (const { child } of running) child.kill();
  }
}

async function run16(running: Running, seconds: number): Promise<void> {
  const began = performance.now();
  const client = async (): Promise<void> => {
    while (performance.now() - began < seconds * 1000) running.laps.push(await enter(running.way));
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  running.seconds += (performance.now() - began) / 1000;
}

async function figuresOf({ child, laps, seconds, cpuMs }: Running): Promise<Figures> {
  const stats = await ask(child);
  const sums = laps.map((lap) => lap.loginMs + lap.launchMs + lap.pageMs).sort((a, b) => a - b);
  const at = (share: number): number => round(sums[Math.floor(sums.length * share)] ?? NaN);
  const cpuMsPerLaunch = round((stats.cpuMs - cpuMs) / laps.length);
  return {
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    perSecond: round(laps.length / seconds),
    cpuMsPerLaunch,
    rssMb: stats.rssMb,
  };
}

/** Database writes and HTTP calls per launch, in a run of its own: watching costs time. */
async function count(order: Order, platform: FakePlatform): Promise<Counts> {
  const { child, way } = await start(order, platform);
  try {
    await repeat(CLIENTS, () => enter(way));
    const [before, fetched] = [await ask(child), platform.keySetRequests];
    for (let lap = 0; lap < COUNTED; lap += 1) await enter(way);
    const after = await ask(child);
    return {
      dbWrites: round((after.writes - before.writes) / COUNTED),
      dbOperations: round((after.operations - before.operations) / COUNTED),
      httpCalls: round((platform.keySetRequests - fetched) / COUNTED),
    };
  } finally {
    child.kill();
  }
}

export async function start(order: Order, platform: FakePlatform): Promise<Running> {
  const child = fork(path.join(import.meta.dirname, 'launch-server.ts'), { execArgv: ['--import', 'tsx'] });
  child.send(order);
  const { port } = (await message(child)) as { port: number };
  return { child, way: { variant: order.variant, port, platform }, laps: [], seconds: 0, cpuMs: 0 };
}

export async function repeat(times: number, work: () => Promise<unknown>): Promise<void> {
  for (let done = 0; done < times; done += CLIENTS) await Promise.all(Array.from({ length: CLIENTS }, work));
}

export async function ask(child: ChildProcess): Promise<Stats> {
  child.send('stats');
  return (await message(child)) as Stats;
}

function message(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => {
      reject(new Error(`the measured server ended with code ${String(code)}`));
    });
  });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
