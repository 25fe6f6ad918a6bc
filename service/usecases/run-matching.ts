import type { MatchResult, MatchRules, Verdict } from '../domain/matching/index.ts';
import { loadMatchInput, type MatchLoad } from './load-match-input.ts';
import { rulesForRun } from './match-rules.ts';
import type { MatchRun, Ports, RunFigures } from './ports.ts';
import { proposePairs, type PairToPropose } from './propose-pairs.ts';

export interface RunOptions {
  /** Computes and tells, writes nothing. */
  readonly dryRun?: boolean;
  /** Unsigned 32-bit integer; without one, the second of the run. */
  readonly seed?: number;
  /** Unique for a regular run: it happens once, however many copies of the service there are. */
  readonly key?: string;
  readonly onProgress?: (done: number, of: number) => void;
  /** Stops before the next batch; what was proposed stays. From elsewhere: `askToStop` of ports.runs. */
  readonly signal?: AbortSignal;
}

export interface RunReport extends MatchRun {
  readonly dryRun: boolean;
  /** Milliseconds of real time that the three parts took. */
  readonly ms?: { readonly load: number; readonly match: number; readonly write: number };
}

/** Pairs proposed by one round of commands. */
const batchSize = 250;
/** A run that says nothing for so long has died with its copy of the service. */
const silentMs = 10 * 60_000;
/** Up to so many requests every result is verified before it is acted upon, above every tenth. */
const verifyAllUpTo = 20_000;

/**
 * Matches the open requests with the free places and proposes the pairs in batches. Its record says how far it is; what
 * changed meanwhile is skipped and counted. A key that is claimed already is answered with the run that has it.
 * @throws Error when the result does not verify: then nothing is proposed
 */
export async function runMatching(ports: Ports, options: RunOptions = {}): Promise<RunReport> {
  const run = await newRun(ports, options);
  if (!options.dryRun && !(await claim(ports, run))) {
    return { ...((await ports.runs.find(run.key)) ?? run.record), dryRun: false };
  }
  const watch = stopwatch();
  const load = await loadMatchInput(ports, run.rules);
  const loadMs = watch();
  const { verdict, ...result } = await ports.matcher(load.input, {
    seed: run.seed,
    verify: load.input.mentees.length <= verifyAllUpTo || run.seed % 10 === 0,
  });
  const matchMs = watch();
  const found = figuresOf(result, verdict);
  if (options.dryRun) return { ...run.record, ...found, dryRun: true, ms: { load: loadMs, match: matchMs, write: 0 } };
  await keep(ports, run.key, { result, found });
  const end = await proposeAll(ports, { load, result, key: run.key, options });
  const finished = { finishedAt: ports.clock.now(), ...end };
  await ports.runs.finish(run.key, finished);
  const ms = { load: loadMs, match: matchMs, write: watch() };
  return { ...run.record, ...found, ...finished, dryRun: false, ms };
}

interface NewRun extends Pick<MatchRun, 'key' | 'seed'> {
  readonly rules: MatchRules;
  readonly record: MatchRun;
}

async function newRun(ports: Ports, options: RunOptions): Promise<NewRun> {
  const startedAt = ports.clock.now();
  const rules = await rulesForRun(ports, options.dryRun ?? false);
  const key = options.key ?? `demand ${ports.newId()}`;
  const seed = options.seed ?? Math.floor(startedAt.getTime() / 1000) >>> 0;
  const none = { inputHash: '', requests: 0, places: 0, served: 0, proposed: 0, skipped: 0 };
  return { key, seed, rules, record: { key, startedAt, seed, rulesVersion: rules.version, ...none } };
}

/** A run whose copy of the service died is taken up again: every proposal it made is known by its id. */
async function claim(ports: Ports, { key, record }: NewRun): Promise<boolean> {
  const now = ports.clock.now();
  if (await ports.runs.claim({ ...record, progressAt: now })) return true;
  return ports.runs.takeUp(key, { silentBefore: new Date(now.getTime() - silentMs), now });
}

function figuresOf({ inputHash, figures }: MatchResult, verdict: Verdict | undefined): RunFigures {
  const { mentees: requests, places, served, pairs, lowest, total, load } = figures;
  const told = verdict && { verdict: verdict.ok ? 'ok' : verdict.reason };
  return { inputHash, requests, places, served, pairs, lowest, total, load, ...told };
}

/** The figures and the proof are kept before the first proposal. */
async function keep(
  ports: Ports,
  key: string,
  { result, found }: { result: MatchResult; found: RunFigures },
): Promise<void> {
  await ports.runs.keepCertificate(key, result.certificate);
  if (found.verdict === undefined || found.verdict === 'ok') {
    await ports.runs.progress(key, ports.clock.now(), found);
    return;
  }
  await ports.runs.finish(key, { ...found, finishedAt: ports.clock.now(), stopped: true });
  throw new Error(`the matching's result did not verify: ${found.verdict}`);
}

interface Proposing {
  readonly load: MatchLoad;
  readonly result: MatchResult;
  readonly key: string;
  readonly options: RunOptions;
}

type Counts = Pick<MatchRun, 'proposed' | 'skipped'> & { readonly stopped?: true };

/** Two batches at a time: while the database writes one, the next is made. A batch that fails ends both lanes. */
async function proposeAll(ports: Ports, { load, result, key, options }: Proposing): Promise<Counts> {
  const counts = { proposed: 0, skipped: 0 };
  const stop = new AbortController();
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < result.pairs.length && !stop.signal.aborted) {
      const matches = result.pairs.slice(next, next + batchSize);
      next += matches.length;
      const mayGoOn = await ports.runs.progress(key, ports.clock.now(), counts);
      if (!mayGoOn || options.signal?.aborted) {
        stop.abort();
        return;
      }
      const proposed = await proposePairs(ports, pairsOf(load, matches, key));
      counts.proposed += proposed;
      counts.skipped += matches.length - proposed;
      options.onProgress?.(counts.proposed + counts.skipped, result.pairs.length);
    }
  };
  const stopping = async (work: Promise<void>): Promise<void> => {
    await work.catch((error: unknown) => {
      stop.abort();
      throw error;
    });
  };
  const lanes = await Promise.allSettled([stopping(lane()), stopping(lane())]);
  const failed = lanes.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return stop.signal.aborted ? { ...counts, stopped: true } : counts;
}

function pairsOf(load: MatchLoad, matches: MatchResult['pairs'], runKey: string): PairToPropose[] {
  return matches.flatMap((match) => {
    const request = load.requests.get(match.requestId);
    const mentee = request && load.mentees.get(request.memberId);
    const mentor = load.mentors.get(match.mentorId);
    return request && mentee && mentor ? [{ request, mentee, mentor, match, runKey }] : [];
  });
}

/** Milliseconds of real time since it was asked before. */
function stopwatch(): () => number {
  let since = performance.now();
  return () => {
    const before = since;
    since = performance.now();
    return Math.round(since - before);
  };
}
