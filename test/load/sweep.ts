// What the follow-up costs: twenty thousand things due among ten thousand and a hundred thousand people, swept by the
// schedule's own jobs. The floor is one read and one write a thing, one after the other, by the driver, in the same run.
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { connect, ensureIndexes } from '../../service/store/index.ts';
import { databaseUri, startEngine } from '../../service/store/engine/index.ts';
import { startSource } from '../support/child.ts';
import type { Report } from './benches.ts';
import { run as runOutbox } from './outbox.ts';
import type { SweepFacts, SweepOrder } from './sweep-child.ts';
import { dueOf, fill } from './sweep-people.ts';

const sizes = (process.env['BENCH_SIZES'] ?? '10000,100000').split(',').map(Number);
const secret = 'a secret of the bench only, 32 characters or more';
const round = (value: number): number => Math.round(value * 100) / 100;

export async function run(report: Report): Promise<void> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'mentorat-bench-'));
  const engine = await startEngine({ dataDir });
  const times: number[] = [];
  // What other work on the machine hardly changes.
  const cpuTimes: number[] = [];
  try {
    for (const people of sizes) {
      const { records, sweeps, msFloor, ms, ...facts } = await measure(
        databaseUri(engine.uri, `sweep_${people}`),
        people,
      );
      times.push(ms);
      cpuTimes.push(facts.cpuMs);
      const perSecond = Math.round((1000 * facts.done) / ms);
      report({
        ...{ bench: 'sweep', variant: `people=${people}`, people, records, ms, perSecond, ...facts, ...sweeps },
        ...{ msFloor, timesFloor: round(ms / msFloor), timesSmallest: round(ms / (times[0] ?? ms)) },
        cpuTimesSmallest: round(facts.cpuMs / (cpuTimes[0] ?? facts.cpuMs)),
        loadAverage: Math.round(loadavg()[0] ?? 0),
      });
    }
  } finally {
    await engine.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
  await runOutbox(report);
}

async function measure(uri: string, people: number): Promise<SweepFacts & { records: number }> {
  const connection = await connect(uri);
  await ensureIndexes(connection);
  const records = await fill(connection, secret, people);
  await connection.close();
  const order: SweepOrder = { uri, secret, floor: Object.values(dueOf).reduce((sum, due) => sum + due) };
  const child = startSource('test/load/sweep-child.ts', [JSON.stringify(order)], {});
  if ((await child.ended) !== 0) throw new Error(`the sweeping process failed: ${child.err()}`);
  return { records, ...(JSON.parse(child.out().trim().split('\n').at(-1) ?? '') as SweepFacts) };
}
