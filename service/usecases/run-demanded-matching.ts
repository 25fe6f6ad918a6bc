import { carryOutRun, type CarryOutOptions } from './carry-out-run.ts';
import { rulesForRun } from './match-rules.ts';
import type { MatchRun, Ports } from './ports.ts';
import { takeUpBy } from './run-matching.ts';
import type { SweepCount } from './sweep.ts';

/**
 * Does the runs that were asked for, the longest waiting first, and goes on with those whose copy of the service ended or
 * died. One that fails is over, and says so in its record: whoever asked may ask again.
 */
export async function runDemandedMatching(ports: Ports, options: CarryOutOptions = {}): Promise<SweepCount> {
  const count = { done: 0, failed: 0 };
  while (!options.signal?.aborted) {
    const at = takeUpBy(ports);
    const run = await ports.runs.takeUpDemanded(at);
    if (!run) break;
    const isDone = await attempt(ports, { run, holder: at.holder, ...options });
    count[isDone ? 'done' : 'failed'] += 1;
  }
  return count;
}

interface Attempt extends CarryOutOptions {
  readonly run: MatchRun;
  readonly holder: string;
}

async function attempt(ports: Ports, { run, holder, ...options }: Attempt): Promise<boolean> {
  try {
    const rules = await rulesForRun(ports, run.dryRun ?? false);
    await carryOutRun(ports, { run, holder, rules, ...options });
    return true;
  } catch (error) {
    ports.noteFailure('match-demanded', error);
    await ports.runs.finish({ key: run.key, holder }, { finishedAt: ports.clock.now(), stopped: true, failed: true });
    return false;
  }
}
