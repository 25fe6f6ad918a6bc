// The matching beside the exact solvers of the registry: time per step, memory, and how many times faster, in one run.
// --only 2000, --only sites or --only suggest,500 runs a part of it; the whole takes ten minutes, nearly all of it peers.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { youngGenerationMb } from '../../service/matcher/thread.ts';
import type { Shape } from '../domain/matching/programmes.ts';
import type { Order } from './matching-child.ts';
import type { PeerName } from './matching-peers.ts';

type Line = Record<string, string | number>;
type Report = (line: Line & { bench: string }) => void;

interface Variant {
  readonly name: string;
  readonly shape: Shape;
  readonly runs: number;
  /** Peers to run beside, how often, and how long each may take. */
  readonly peers: readonly PeerName[];
  readonly peerRuns: number;
  readonly limitSeconds: number;
  /** What is to be reached: milliseconds and megabytes at most, times the fastest peer at least. */
  readonly goalMs?: number;
  readonly goalMb?: number;
  readonly goalRatio?: number;
}

const seed = 7;
const everyPeer: readonly PeerName[] = ['munkres-algorithm', 'linear-sum-assignment', 'highs', 'or-tools-wasm'];
/** At 10,000 the others run out of memory or time; the dense sets are given the one that ends, and what ends where. */
const flow: readonly PeerName[] = ['or-tools-wasm'];
const small = { peers: everyPeer, limitSeconds: 60 };
const large = { peers: flow, peerRuns: 1, limitSeconds: 120 };
const none = { peers: [], peerRuns: 0, limitSeconds: 0 };

const tenThousand = { runs: 4, ...large, goalMs: 1500, goalMb: 300, goalRatio: 40 };

const variants: readonly Variant[] = [
  { name: 'dense', shape: { n: 500, seed }, runs: 100, ...small, peerRuns: 12, goalMs: 20, goalRatio: 10 },
  { name: 'dense', shape: { n: 2000, seed }, runs: 24, ...small, peerRuns: 4, goalMs: 100, goalMb: 120, goalRatio: 20 },
  { name: 'dense', shape: { n: 5000, seed }, runs: 4, ...none },
  { name: 'dense', shape: { n: 10_000, seed }, ...tenThousand },
  { name: 'short', shape: { n: 10_000, seed, places: 0.8 }, ...tenThousand },
  { name: 'even', shape: { n: 10_000, seed, places: 1 }, ...tenThousand },
  { name: 'sites', shape: { n: 10_000, seed, sites: 17 }, ...tenThousand, runs: 48, peerRuns: 3 },
  { name: 'weeks differ', shape: { n: 10_000, seed, differ: true }, runs: 4, ...none, goalMs: 1500, goalMb: 300 },
  { name: 'ways differ', shape: { n: 10_000, seed, ways: true }, runs: 4, ...none, goalMs: 1500, goalMb: 300 },
  { name: 'dense', shape: { n: 20_000, seed }, runs: 2, ...none },
  { name: 'sites', shape: { n: 50_000, seed, sites: 50 }, runs: 2, ...none, goalMs: 5000 },
  { name: 'dense', shape: { n: 50_000, seed }, runs: 1, ...none, goalMs: 30_000, goalMb: 500 },
];

const child = fileURLToPath(new URL('./matching-child.ts', import.meta.url));

/** Runs one order in a process of its own; undefined if it fails or takes too long. */
function runChild(order: Order, limitSeconds: number): Promise<Line | undefined> {
  return new Promise((resolve) => {
    const isOwn = order.task === 'match' || order.task === 'suggest';
    // Ourselves with the small young generation that the service gives its threads; the peers with all the room they want.
    const memory = isOwn ? [`--max-semi-space-size=${youngGenerationMb / 3}`] : ['--max-old-space-size=6000'];
    const args = [...memory, '--import', 'tsx', child, JSON.stringify(order)];
    const running = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: limitSeconds * 1000,
      killSignal: 'SIGKILL',
    });
    let output = '';
    running.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    running.on('close', (code) => {
      const last = output.trim().split('\n').at(-1) ?? '';
      resolve(code === 0 && last.startsWith('{') ? (JSON.parse(last) as Line) : undefined);
    });
  });
}

async function measureVariant(variant: Variant, report: Report): Promise<void> {
  const { name, shape, runs, peers, peerRuns, limitSeconds, goalMs, goalMb } = variant;
  const { n } = shape;
  const own = await runChild({ task: 'match', shape, runs }, 600);
  if (own?.['exact'] !== 'verified') throw new Error(`the matching of ${n} (${name}) is not exact`);
  const goals = { ...(goalMs && { goalMs }), ...(goalMb && { goalMb }) };
  report({ bench: 'matching', variant: name, n, ...own, ...goals });
  const agreeing: Line[] = [];
  for (const peer of peers) {
    const answer = await runChild({ task: peer, shape, runs: peerRuns }, limitSeconds);
    if (!answer) {
      report({ bench: 'matching', variant: `${name}, peer`, n, peer, ended: `not within ${limitSeconds} s` });
      continue;
    }
    // Fairness and the lowest score come before the total here, so a peer's total may be higher, never its number.
    const sameNumber = answer['served'] === own['served'] && Number(answer['total']) >= Number(own['total']);
    const exact = sameNumber ? 'agrees' : 'differs';
    report({ bench: 'matching', variant: `${name}, peer`, n, peer, ...answer, exact });
    if (sameNumber) agreeing.push({ ...answer, peer });
  }
  const [fastest] = agreeing.sort((a, b) => Number(a['cpuMs']) - Number(b['cpuMs']));
  if (!fastest) return;
  const goal = variant.goalRatio ? { goalRatio: variant.goalRatio } : {};
  report({ bench: 'matching', variant: 'ratio', of: name, n, ...ratios(own, fastest), ...goal });
}

/**
 * How many times faster than the fastest peer, which is given the edges and does number, then total only. ratioAllIn: ours
 * with everything: pairs from what people say, all steps, reasons, fingerprint, certificate. ratioSteps: steps 1 to 5,
 * given the edges as the peer is. Both also by processor time, which other work on the machine changes less.
 */
function ratios(own: Line, peer: Line): Line {
  const times = (clock: 'ms' | 'cpuMs', less: number): number => Math.round((10 * Number(peer[clock])) / less) / 10;
  const steps = ['msServed', 'msLowest', 'msTotal', 'msLoad'].reduce((sum, step) => sum + Number(own[step]), 0);
  return {
    peer: peer['peer'] ?? '',
    peerMs: peer['ms'] ?? '',
    ratioAllIn: times('ms', Number(own['ms'])),
    ratioSteps: times('ms', steps),
    ratioAllInCpu: times('cpuMs', Number(own['cpuMs'])),
    ratioStepsCpu: times('cpuMs', Number(own['cpuMsSteps'])),
  };
}

/** The words after --only, one of which must be the number, the name, or both ("short 10000") of what is to run. */
function chosen(args: readonly string[]): (name: string, n: number) => boolean {
  const at = args.findIndex((arg) => arg.startsWith('--only'));
  if (at < 0) return () => true;
  const words = (args[at]?.split('=')[1] ?? args[at + 1] ?? '').split(',').map((word) => word.trim());
  return (name, n) => [String(n), name, `${name} ${n}`].some((label) => words.includes(label));
}

export async function run(report: Report): Promise<void> {
  const isChosen = chosen(process.argv.slice(2));
  const some = variants.filter(({ name, shape }) => isChosen(name, shape.n));
  const isSuggestChosen = isChosen('suggest', 50_000);
  if (some.length === 0 && !isSuggestChosen) throw new Error('--only names nothing that is measured here');
  for (const variant of some) await measureVariant(variant, report);
  if (!isSuggestChosen) return;
  const suggest = await runChild({ task: 'suggest', shape: { n: 100_000, seed }, runs: 1 }, 300);
  if (!suggest) throw new Error('the suggestions were not measured');
  report({ bench: 'matching', variant: 'suggest, best 10 of 50,000', n: 50_000, ...suggest, goalMsP99: 2 });
}
