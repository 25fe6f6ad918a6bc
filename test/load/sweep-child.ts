// The sweeps in a process of their own, so that time and memory are theirs alone: does every sweep of the schedule once,
// then as many single reads and writes by the driver, prints one line of JSON and ends.
import { existsSync, readFileSync } from 'node:fs';
import { pino } from 'pino';
import { loadConfig } from '../../config/load-config.ts';
import { inventedNow } from '../../service/demo/factories.ts';
import { wireCore } from '../../service/wiring.ts';

export interface SweepOrder {
  readonly uri: string;
  readonly secret: string;
  /** Reads and writes of the floor. */
  readonly floor: number;
}

export interface SweepFacts {
  readonly ms: number;
  readonly cpuMs: number;
  readonly done: number;
  readonly failed: number;
  readonly rssMb: number;
  /** Before the first sweep. */
  readonly rssAtStartMb: number;
  readonly msFloor: number;
  /** Milliseconds by sweep. */
  readonly sweeps: Readonly<Record<string, number>>;
}

/** The most memory that was in use; what getrusage says on Linux may be the parent's, before the program began. */
function peakMb(): number {
  const file = '/proc/self/status';
  const told = existsSync(file) ? /VmHWM:\s+(\d+)/u.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
  return Math.round((Number(told ?? process.resourceUsage().maxRSS) * 1024) / 1e6);
}

const order = JSON.parse(process.argv[2] ?? '') as SweepOrder;
const sweeps = ['sweep-members', 'sweep-requests', 'sweep-proposals', 'sweep-dialogues', 'sweep-meetings'];

async function measure({ uri, secret, floor }: SweepOrder): Promise<SweepFacts> {
  const config = loadConfig({ MONGODB_URI: uri, MENTORAT_SECRET: secret, BASE_URL: 'http://127.0.0.1:3000' });
  const service = await wireCore(config, { clock: { now: () => inventedNow }, logger: pino({ level: 'silent' }) });
  const rssAtStartMb = peakMb();
  const signal = new AbortController().signal;
  const times: Record<string, number> = {};
  let [done, failed] = [0, 0];
  const [began, busy] = [performance.now(), process.cpuUsage()];
  for (const job of service.jobs.filter(({ name }) => sweeps.includes(name))) {
    const since = performance.now();
    const report = await job.run(signal);
    times[job.name] = Math.round(performance.now() - since);
    done += report['done'] ?? 0;
    failed += report['failed'] ?? 0;
  }
  const ms = Math.round(performance.now() - began);
  const { user, system } = process.cpuUsage(busy);
  const rssMb = peakMb();
  const things = service.connection.collection<{ _id: string; at: Date }>('floor');
  await things.insertMany(Array.from({ length: floor }, (_, at) => ({ _id: `f${at}`, at: inventedNow })));
  const floorBegan = performance.now();
  for (let at = 0; at < floor; at += 1) {
    const thing = await things.findOne({ _id: `f${at}` });
    await things.updateOne({ _id: `f${at}`, at: thing?.at ?? inventedNow }, { $set: { at: new Date(0) } });
  }
  const msFloor = Math.round(performance.now() - floorBegan);
  await service.close();
  return { ms, cpuMs: Math.round((user + system) / 1000), done, failed, rssMb, rssAtStartMb, msFloor, sweeps: times };
}

const facts = await measure(order);
process.stdout.write(`\n${JSON.stringify(facts)}\n`, () => process.exit(0));
