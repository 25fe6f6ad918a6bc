import { carryOutRun, computeRun, type CarryOutOptions, type RunReport } from './carry-out-run.ts';
import { rulesForRun } from './match-rules.ts';
import type { MatchRun, Ports, TakeUp } from './ports.ts';

export type { RunReport } from './carry-out-run.ts';

export interface RunOptions extends CarryOutOptions {
  /** Computes and tells, writes nothing, not even a record of itself. */
  readonly dryRun?: boolean;
  /** Unsigned 32-bit integer; without one, the second of the run. */
  readonly seed?: number;
  /** Unique for a regular run: it happens once, however many copies of the service there are. */
  readonly key?: string;
}

/** A run that says nothing for so long has died with its copy of the service. */
const silentMs = 10 * 60_000;

/**
 * Matches the open requests with the free places and proposes the pairs in batches. A key that is claimed already is
 * answered with the run that has it, unless its copy of the service died: then it is taken up.
 * @throws Error when the result does not verify: then nothing is proposed
 */
export async function runMatching(ports: Ports, options: RunOptions = {}): Promise<RunReport> {
  const { dryRun = false, seed, key = `demand ${ports.newId()}` } = options;
  const rules = await rulesForRun(ports, dryRun);
  const fresh = newRun(ports, { key, rulesVersion: rules.version, ...(seed !== undefined && { seed }) });
  if (dryRun) {
    const { found, ms } = await computeRun(ports, { rules, seed: fresh.seed });
    return { ...fresh, ...found, dryRun, ms };
  }
  const at = takeUpBy(ports);
  const run = await takeInHand(ports, fresh, at);
  if (run) return carryOutRun(ports, { ...options, run, rules, holder: at.holder });
  return { ...((await ports.runs.find(key)) ?? fresh), dryRun };
}

/** A run of which nothing is known yet. */
export function newRun(
  ports: Ports,
  { key, rulesVersion, seed }: Pick<MatchRun, 'key' | 'rulesVersion'> & { readonly seed?: number },
): MatchRun {
  const startedAt = ports.clock.now();
  const none = { inputHash: '', requests: 0, places: 0, served: 0, proposed: 0, skipped: 0 };
  return { key, startedAt, seed: seed ?? Math.floor(startedAt.getTime() / 1000) >>> 0, rulesVersion, ...none };
}

/** Somebody new to take up what is silent now. */
export function takeUpBy(ports: Ports): TakeUp {
  const now = ports.clock.now();
  return { holder: ports.newId(), now, silentBefore: new Date(now.getTime() - silentMs) };
}

/** A run whose copy of the service died keeps its key and seed: every proposal it made is known by its id. */
async function takeInHand(ports: Ports, fresh: MatchRun, at: TakeUp): Promise<MatchRun | undefined> {
  const run = { ...fresh, begunAt: at.now };
  if (await ports.runs.claim({ ...run, progressAt: at.now }, at.holder)) return run;
  return ports.runs.takeUp(fresh.key, at);
}
