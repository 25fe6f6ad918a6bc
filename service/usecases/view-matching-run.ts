import { MentoringError } from '../domain/errors.ts';
import type { MatchRun, Ports } from './ports.ts';

/** A run as its record tells it. @throws MentoringError not_found */
export async function viewMatchingRun(ports: Ports, { key }: Pick<MatchRun, 'key'>): Promise<MatchRun> {
  const run = await ports.runs.find(key);
  if (!run) throw new MentoringError('not_found');
  return run;
}
