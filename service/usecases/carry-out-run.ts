import type { MatchResult, MatchRules, Verdict } from '../domain/matching/index.ts';
import { loadMatchInput, type MatchLoad } from './load-match-input.ts';
import type { HeldRun, MatchRun, Ports, RunFigures } from './ports.ts';
import { proposePairs, type PairToPropose } from './propose-pairs.ts';

export interface CarryOutOptions {
  readonly onProgress?: (done: number, of: number) => void;
  /** The process is about to end: the run is given back at once, for another copy or the next start to go on with. */
  readonly signal?: AbortSignal;
}

/** A run, who holds it, and the rules that are in force now. */
export interface RunInHand extends CarryOutOptions {
  readonly run: MatchRun;
  readonly holder: string;
  readonly rules: MatchRules;
}

export interface RunReport extends MatchRun {
  readonly dryRun: boolean;
  /** Milliseconds of real time that the three parts took. */
  readonly ms?: { readonly load: number; readonly match: number; readonly write: number };
}

/** Pairs proposed by one round of commands. */
const batchSize = 250;

/**
 * Carries out a run that its caller holds: loads, matches, and proposes the pairs in batches, unless it is a dry run. Its
 * record says how far it is; what changed meanwhile is skipped and counted. A caller that lost the run on the way gets it
 * as its new holder has left it.
 * @throws Error when the result does not verify: then nothing is proposed
 */
export async function carryOutRun(ports: Ports, { run, holder, rules, ...options }: RunInHand): Promise<RunReport> {
  const held = { key: run.key, holder };
  const stopListening = releaseAtEnd(ports, held, options.signal);
  try {
    const rulesVersion = rules.version;
    const mayBegin = await ports.runs.progress(held, ports.clock.now(), { rulesVersion });
    if (!mayBegin) return await end(ports, { held, run, found: {}, counts: { stopped: true } });
    const { load, result, found: left, ms } = await computeRun(ports, { rules, seed: run.seed });
    const found = withEarlier(left, run.proposed);
    const mayGoOn = await keep(ports, held, { result, found, dryRun: run.dryRun === true });
    const watch = stopwatch();
    const counts = !mayGoOn
      ? stopped
      : run.dryRun
        ? {}
        : await proposeAll(ports, { load, result, held, earlier: run.proposed, options });
    const report = await end(ports, { held, run: { ...run, rulesVersion }, found, counts });
    return { ...report, ms: { ...ms, write: watch() } };
  } finally {
    stopListening();
  }
}

const stopped = { stopped: true } as const;

/** What a run finds, without a record of it. */
export async function computeRun(ports: Ports, { rules, seed }: { readonly rules: MatchRules; readonly seed: number }) {
  const watch = stopwatch();
  const load = await loadMatchInput(ports, rules);
  const loadMs = watch();
  const { upTo, thenOneIn } = ports.rules.verify;
  const { verdict, ...result } = await ports.matcher(load.input, {
    seed,
    verify: load.input.mentees.length <= upTo || seed % thenOneIn === 0,
  });
  const found = figuresOf(result, verdict);
  return { load, result, found, ms: { load: loadMs, match: watch(), write: 0 } };
}

function figuresOf({ inputHash, figures }: MatchResult, verdict: Verdict | undefined): RunFigures {
  const { mentees: requests, places, served, pairs, lowest, total, load } = figures;
  const told = verdict && { verdict: verdict.ok ? 'ok' : verdict.reason };
  return { inputHash, requests, places, served, pairs, lowest, total, load, ...told };
}

/** Of a run that was taken up, what it had proposed before counts too. */
function withEarlier(found: RunFigures, proposed: number): RunFigures {
  const { requests, places, served } = found;
  return { ...found, requests: requests + proposed, places: places + proposed, served: served + proposed };
}

/** Another copy may take the run up as soon as it is given back: ours, without it, stops before its next batch. */
function releaseAtEnd(ports: Ports, held: HeldRun, signal?: AbortSignal): () => void {
  const release = (): void => {
    // A database that is away at this moment leaves the run to its silence.
    void ports.runs.release(held).catch(() => undefined);
  };
  if (signal?.aborted) release();
  signal?.addEventListener('abort', release, { once: true });
  return () => signal?.removeEventListener('abort', release);
}

/** The figures and the proof are kept before the first proposal. false when the run is to stop, or lost. */
async function keep(
  ports: Ports,
  held: HeldRun,
  { result, found, dryRun }: { result: MatchResult; found: RunFigures; dryRun: boolean },
): Promise<boolean> {
  if (!dryRun) await ports.runs.keepCertificate(held, result.certificate);
  if (found.verdict === undefined || found.verdict === 'ok') {
    return ports.runs.progress(held, ports.clock.now(), found);
  }
  await ports.runs.finish(held, { ...found, finishedAt: ports.clock.now(), stopped: true });
  throw new Error(`the matching's result did not verify: ${found.verdict}`);
}

type Counts = Partial<Pick<MatchRun, 'proposed' | 'skipped'>> & { readonly stopped?: true };

interface Ending {
  readonly held: HeldRun;
  readonly run: MatchRun;
  readonly found: Partial<RunFigures>;
  readonly counts: Counts;
}

async function end(ports: Ports, { held, run, found, counts }: Ending): Promise<RunReport> {
  const finished = { ...found, ...counts, finishedAt: ports.clock.now() };
  const dryRun = run.dryRun === true;
  if (await ports.runs.finish(held, finished)) return { ...run, ...finished, dryRun };
  return { ...((await ports.runs.find(held.key)) ?? run), dryRun };
}

interface Proposing {
  readonly load: MatchLoad;
  readonly result: MatchResult;
  readonly held: HeldRun;
  /** Proposals that the run made before it was taken up. */
  readonly earlier: number;
  readonly options: CarryOutOptions;
}

/** Two batches at a time: while the database writes one, the next is made. A batch that fails ends both lanes. */
async function proposeAll(ports: Ports, { load, result, held, earlier, options }: Proposing): Promise<Counts> {
  const counts = { proposed: earlier, skipped: 0 };
  const stop = new AbortController();
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < result.pairs.length && !stop.signal.aborted) {
      const matches = result.pairs.slice(next, next + batchSize);
      next += matches.length;
      if (!(await ports.runs.progress(held, ports.clock.now(), counts))) {
        stop.abort();
        return;
      }
      const proposed = await proposePairs(ports, pairsOf(load, matches, held.key), load.span);
      counts.proposed += proposed;
      counts.skipped += matches.length - proposed;
      options.onProgress?.(counts.proposed + counts.skipped, earlier + result.pairs.length);
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
  if (failed) {
    // Whoever takes the run up goes on counting from here.
    await ports.runs.progress(held, ports.clock.now(), counts).catch(() => false);
    throw failed.reason;
  }
  return stop.signal.aborted ? { ...counts, ...stopped } : counts;
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
