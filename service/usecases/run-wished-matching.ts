import type { CarryOutOptions } from './carry-out-run.ts';
import type { Ports } from './ports.ts';
import { runMatching, type RunReport } from './run-matching.ts';
import { afterGathering } from './wish-matching.ts';

/** Does the run that was wished for when its time has come; the wish goes only when a run has seen all of it. */
export async function runWishedMatching(ports: Ports, options: CarryOutOptions = {}): Promise<RunReport | undefined> {
  const wish = await ports.wishes.find();
  if (!wish || wish.dueAt > ports.clock.now()) return undefined;
  const report = await runMatching(ports, { ...options, key: `wish ${wish.dueAt.toISOString()}` });
  if (report.finishedAt) await ports.wishes.fulfil(wish, afterGathering(ports));
  return report;
}
