// One measurement in a process of its own, so that time and memory are its alone: prints one line of JSON and ends.
import { match, matchSteps, openPool, verify } from '../../service/domain/matching/index.ts';
import type { MatchInput, MatchStep } from '../../service/domain/matching/index.ts';
import { mentorOf, scoreOf } from '../../service/domain/matching/points.ts';
import { RowSource, sidesOf } from '../../service/domain/matching/row-source.ts';
import { programme } from '../domain/matching/programmes.ts';
import type { Shape } from '../domain/matching/programmes.ts';
import type { Edges, PeerName } from './matching-peers.ts';

/** task: ourselves, suggestions, or the name of a peer. runs: how often; the last half counts, by its median. */
export interface Order {
  readonly task: 'match' | 'suggest' | PeerName;
  readonly shape: Shape;
  readonly runs: number;
}

type Figures = Record<string, number | string>;

const round = (value: number): number => Math.round(value * 100) / 100;
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
const lastHalf = <T>(values: readonly T[]): T[] => values.slice(values.length >> 1);
const megabytes = (bytes: number): number => Math.round(bytes / 1e6);

/** The most memory this process has had, the engine and the loader of TypeScript included. Bytes. */
const peakMemory = (): number => process.resourceUsage().maxRSS * 1024;

/** Processor time of this process: what other work on the machine hardly changes. */
const processorMs = (): number => process.cpuUsage().user / 1000;
type Whole = 'all' | 'cpuAll' | 'cpuSteps';

function measureMatch(input: MatchInput, runs: number): Figures {
  const before = process.memoryUsage().rss;
  let firstPeak = 0;
  const times: Record<MatchStep | Whole, number>[] = [];
  let result = match({ ...input, mentees: input.mentees.slice(0, 50) }, { seed: 1 });
  for (let run = 0; run < runs; run++) {
    const time = {} as Record<MatchStep | Whole, number>;
    const start = performance.now();
    const busy = processorMs();
    let pairsDone = busy;
    let last = start;
    const onStep = (step: MatchStep): void => {
      time[step] = performance.now() - last;
      last = performance.now();
      if (step === 'pairs') pairsDone = processorMs();
      if (step === 'load') time.cpuSteps = processorMs() - pairsDone;
    };
    result = match(input, { seed: 1, onStep });
    time.all = performance.now() - start;
    time.cpuAll = processorMs() - busy;
    times.push(time);
    if (run === 0) firstPeak = peakMemory();
  }
  const of = (step: MatchStep | Whole): number => round(median(lastHalf(times).map((time) => time[step])));
  const allRunsPeak = peakMemory();
  const start = performance.now();
  const exact = verify(input, result).ok ? 'verified' : 'refused';
  const msVerify = round(performance.now() - start);
  const steps = matchSteps.map((step) => [`ms${step[0]?.toUpperCase() ?? ''}${step.slice(1)}`, of(step)] as const);
  const { pairs, served, lowest, total, load } = result.figures;
  // One run is what counts: the service gives each run a thread of its own, which ends with it.
  const oneRun = { rssMb: megabytes(firstPeak), addedMb: megabytes(firstPeak - before) };
  const memory = { ...oneRun, rssMbAllRuns: megabytes(allRunsPeak) };
  const nsPerPair = pairs > 0 ? round((1e6 * of('all')) / pairs) : 0;
  const cpu = { cpuMs: of('cpuAll'), cpuMsSteps: of('cpuSteps') };
  const all = { ms: of('all'), ...cpu, ...Object.fromEntries(steps), msVerify, nsPerPair };
  return { pairs, ...all, ...memory, served, lowest, total, load, exact };
}

function measureSuggest(input: MatchInput): Figures {
  const start = performance.now();
  const pool = openPool(input);
  const msOpen = round(performance.now() - start);
  const times: number[] = [];
  for (const mentee of [...input.mentees.slice(0, 500), ...input.mentees.slice(0, 2000)]) {
    const asked = performance.now();
    pool.suggest(mentee, 10);
    times.push(performance.now() - asked);
  }
  const sorted = times.slice(500).sort((a, b) => a - b);
  const at = (share: number): number => round(sorted[Math.floor(share * sorted.length)] ?? 0);
  return { mentors: input.mentors.length, msOpen, msP50: at(0.5), msP99: at(0.99) };
}

function edgesOf(input: MatchInput): Edges {
  const source = new RowSource(sidesOf(input));
  const rows = input.mentees.map((_, mentee) => source.row(mentee).slice());
  const pairs = rows.reduce((sum, row) => sum + row.length, 0);
  const edges = { mentee: new Uint32Array(pairs), mentor: new Uint32Array(pairs), score: new Uint8Array(pairs) };
  let at = 0;
  rows.forEach((row, mentee) => {
    for (const pair of row) {
      edges.mentee[at] = mentee;
      edges.mentor[at] = mentorOf(pair);
      edges.score[at++] = scoreOf(pair);
    }
  });
  return { ...edges, n: rows.length, places: input.mentors.map(({ places }) => places) };
}

async function measurePeer(name: PeerName, input: MatchInput, runs: number): Promise<Figures> {
  const { peers } = await import('./matching-peers.ts');
  const edges = edgesOf(input);
  const times: number[] = [];
  const busy: number[] = [];
  let answer = { served: 0, total: 0 };
  for (let run = 0; run < runs; run++) {
    const [start, busySince] = [performance.now(), processorMs()];
    answer = await peers[name](edges);
    times.push(performance.now() - start);
    busy.push(processorMs() - busySince);
  }
  const rssMb = megabytes(peakMemory());
  return {
    pairs: edges.score.length,
    ms: round(median(lastHalf(times))),
    cpuMs: round(median(lastHalf(busy))),
    rssMb,
    ...answer,
  };
}

async function measure({ task, shape, runs }: Order): Promise<Figures> {
  // As the thread of the service is given it: cloned, so that the records of one kind have one form in the engine.
  const input = structuredClone(programme(shape));
  if (task === 'match') return measureMatch(input, runs);
  if (task === 'suggest') return measureSuggest(input);
  return measurePeer(task, input, runs);
}

const order = JSON.parse(process.argv[2] ?? '') as Order;
const figures = await measure(order);
process.stdout.write(`\n${JSON.stringify(figures)}\n`, () => process.exit(0));
