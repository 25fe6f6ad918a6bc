import type { MatchRun, Ports } from './ports.ts';

/** Asks a run to end before its next batch; what it has proposed stays. Harmless when it is over: false then. */
export async function stopMatchingRun(ports: Ports, { key }: Pick<MatchRun, 'key'>): Promise<boolean> {
  return ports.runs.askToStop(key);
}
