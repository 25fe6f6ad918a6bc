import type { MatchResult } from '../domain/matching/index.ts';
import { loadMatchInput, type MatchLoad } from './load-match-input.ts';
import type { MatchRun, Ports } from './ports.ts';
import { proposePair } from './propose-pair.ts';

export interface RunOptions {
  /** Computes and tells, writes nothing. */
  readonly dryRun?: boolean;
  /** Unsigned 32-bit integer; without one, the second of the run. */
  readonly seed?: number;
  /** Unique for a regular run: it happens once, however many copies of the service there are. */
  readonly key?: string;
  readonly onProgress?: (proposed: number, of: number) => void;
  /** Stops before the next proposal; what was proposed stays. */
  readonly signal?: AbortSignal;
}

export interface RunReport extends MatchRun {
  readonly dryRun: boolean;
  /** Lowest and total score of the matching; undefined when nobody was served. */
  readonly lowest?: number;
  readonly total?: number;
}

/** Matches the open requests with the free places and proposes each pair; what changed meanwhile is skipped and counted. */
export async function runMatching(ports: Ports, options: RunOptions = {}): Promise<RunReport> {
  const load = await loadMatchInput(ports);
  const startedAt = ports.clock.now();
  const seed = options.seed ?? Math.floor(startedAt.getTime() / 1000) >>> 0;
  const result = await ports.matcher(load.input, { seed });
  const key = options.key ?? `demand ${ports.newId()}`;
  const run = runOf(key, startedAt, result);
  const figures = { lowest: result.figures.lowest, total: result.figures.total };
  if (options.dryRun) return { ...run, ...figures, dryRun: true };
  if (!(await ports.runs.claim(run)) && !(await isAbandoned(ports, key))) return { ...run, ...figures, dryRun: false };
  const counts = await proposeAll(ports, { load, result, key, options });
  await ports.runs.finish(key, { finishedAt: ports.clock.now(), ...counts });
  return { ...run, ...figures, ...counts, dryRun: false };
}

const abandonedAfterMs = 10 * 60_000;

/** A run whose copy of the service died is taken up again: every proposal it made is known by its id. */
async function isAbandoned(ports: Ports, key: string): Promise<boolean> {
  const run = await ports.runs.find(key);
  return (
    run !== undefined && !run.finishedAt && ports.clock.now().getTime() - run.startedAt.getTime() > abandonedAfterMs
  );
}

function runOf(key: string, startedAt: Date, { seed, rulesVersion, inputHash, figures }: MatchResult): MatchRun {
  const { mentees: requests, places, served } = figures;
  return { key, startedAt, seed, rulesVersion, inputHash, requests, places, served, proposed: 0, skipped: 0 };
}

interface Batch {
  readonly load: MatchLoad;
  readonly result: MatchResult;
  readonly key: string;
  readonly options: RunOptions;
}

async function proposeAll(
  ports: Ports,
  { load, result, key, options }: Batch,
): Promise<{ proposed: number; skipped: number }> {
  const counts = { proposed: 0, skipped: 0 };
  for (const match of result.pairs) {
    if (options.signal?.aborted) break;
    const request = load.requests.get(match.requestId);
    const mentee = request && load.mentees.get(request.memberId);
    const mentor = load.mentors.get(match.mentorId);
    const done =
      request && mentee && mentor && (await proposePair(ports, { request, mentee, mentor, match, runKey: key }));
    counts[done ? 'proposed' : 'skipped'] += 1;
    options.onProgress?.(counts.proposed + counts.skipped, result.pairs.length);
  }
  return counts;
}
