import { lastRegularRun } from '../domain/calendar.ts';
import type { CarryOutOptions } from './carry-out-run.ts';
import type { Ports } from './ports.ts';
import { runMatching, type RunReport } from './run-matching.ts';

/** A run that nobody has worked at for so long, and nobody took up, is over. */
const lostMs = 60 * 60_000;

/** Does the last regular run (Tuesday and Friday 06:00) if it has not been done: nothing is lost while a service sleeps. */
export async function runRegularMatching(ports: Ports, options: CarryOutOptions = {}): Promise<RunReport | undefined> {
  const now = ports.clock.now();
  const key = `regular ${lastRegularRun(ports.rules.zone, now).toISOString()}`;
  const known = await ports.runs.find(key);
  const report = known?.finishedAt ? undefined : await runMatching(ports, { ...options, key });
  await ports.runs.finishSilent(new Date(now.getTime() - lostMs), now);
  return report;
}
