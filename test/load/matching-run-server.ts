// The service of the bench in a process of its own: pages on a port, and on demand a run, with the delays it caused.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pino } from 'pino';
import { loadConfig } from '../../config/load-config.ts';
import { runMatching } from '../../service/usecases/run-matching.ts';
import { systemClock, wire } from '../../service/wiring.ts';
import { fill } from './matching-run-people.ts';

export interface RunOrder {
  readonly uri: string;
  readonly n: number;
}

export interface RunFacts {
  readonly ms: number;
  readonly msLoad: number;
  readonly msMatch: number;
  readonly msWrite: number;
  readonly proposed: number;
  readonly skipped: number;
  readonly verdict: string;
  readonly maxLoopDelayMs: number;
  readonly p99LoopDelayMs: number;
  /** Longest time for which the main thread was on a processor between two turns: what a busy machine does not change. */
  readonly maxTurnCpuMs: number;
  /** Processor time of the service, all threads. */
  readonly cpuMs: number;
  readonly rssMb: number;
}

const secret = 'a secret of the bench only, 32 characters or more';

async function serve({ uri, n }: RunOrder): Promise<void> {
  const config = loadConfig({ MONGODB_URI: uri, MENTORAT_SECRET: secret, BASE_URL: 'http://127.0.0.1:3000' });
  const service = await wire(config, { clock: systemClock, logger: pino({ level: 'silent' }) });
  await fill(service.connection, secret, { n, seed: 7 });
  const server = createServer(service.app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  process.send?.({ port: (server.address() as AddressInfo).port });
  process.once('message', () => {
    void measure(service.ports).then((facts) => process.send?.({ facts }));
  });
}

async function measure(ports: Parameters<typeof runMatching>[0]): Promise<RunFacts> {
  // The sampling timer alone shows 1 ms: what is told is what is more than that.
  const resolution = 1;
  const delays = monitorEventLoopDelay({ resolution });
  let [rss, longestTurn, before] = [0, 0, mainThreadMs()];
  const sampler = setInterval(() => {
    const now = mainThreadMs();
    [longestTurn, before] = [Math.max(longestTurn, now - before), now];
    rss = Math.max(rss, process.memoryUsage.rss());
  }, 1);
  const cpu = process.cpuUsage();
  delays.enable();
  const began = performance.now();
  const report = await runMatching(ports, { seed: 7 });
  const ms = Math.round(performance.now() - began);
  delays.disable();
  clearInterval(sampler);
  const { user, system } = process.cpuUsage(cpu);
  const { load = 0, match = 0, write = 0 } = report.ms ?? {};
  return {
    ...{ ms, msLoad: load, msMatch: match, msWrite: write },
    ...{ proposed: report.proposed, skipped: report.skipped, verdict: report.verdict ?? 'not checked' },
    maxLoopDelayMs: round(delays.max / 1e6 - resolution),
    p99LoopDelayMs: round(delays.percentile(99) / 1e6 - resolution),
    maxTurnCpuMs: round(longestTurn),
    cpuMs: Math.round((user + system) / 1000),
    rssMb: Math.round(rss / 1e6),
  };
}

/** What Linux says the main thread has computed so far; 0 elsewhere. */
function mainThreadMs(): number {
  const file = `/proc/self/task/${process.pid}/schedstat`;
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6 : 0;
}

const round = (value: number): number => Math.round(value * 10) / 10;

process.once('message', (order: RunOrder) => {
  void serve(order).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
});
process.once('disconnect', () => process.exit(0));
