import { lastRegularRun } from '../domain/calendar.ts';
import type { Ports } from './ports.ts';
import { runMatching, type RunReport } from './run-matching.ts';

/** Does the last regular run (Tuesday and Friday 06:00) if it has not been done: nothing is lost while a service sleeps. */
export async function runRegularMatching(ports: Ports): Promise<RunReport | undefined> {
  const slot = lastRegularRun(ports.rules.zone, ports.clock.now());
  const key = `regular ${slot.toISOString()}`;
  const known = await ports.runs.find(key);
  if (known?.finishedAt) return undefined;
  return runMatching(ports, { key });
}
