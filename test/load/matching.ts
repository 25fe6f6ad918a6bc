// The matching beside the exact solvers of the registry: time per step, memory, and how many times faster, in one run.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Shape } from '../domain/matching/programmes.ts';
import type { Order } from './matching-child.ts';
import type { PeerName } from './matching-peers.ts';

type Line = Record<string, string | number>;
type Report = (line: Line & { bench: string }) => void;

interface Variant {
  readonly name: string;
  readonly shape: Shape;
  readonly runs: number;
  /** Peers to run beside, and how long each may take. */
  readonly peers: readonly PeerName[];
  readonly limitSeconds: number;
}

const seed = 7;
const everyPeer: readonly PeerName[] = ['munkres-algorithm', 'linear-sum-assignment', 'highs', 'or-tools-wasm'];
/** At 10,000 the others run out of memory or time; the dense sets are given the one that ends, and what ends where. */
const flow: readonly PeerName[] = ['or-tools-wasm'];
const large = { peers: flow, limitSeconds: 120 };
const none = { peers: [], limitSeconds: 0 };

const variants: readonly Variant[] = [
  { name: 'dense', shape: { n: 500, seed }, runs: 40, peers: everyPeer, limitSeconds: 60 },
  { name: 'dense', shape: { n: 2000, seed }, runs: 12, peers: everyPeer, limitSeconds: 60 },
  { name: 'dense', shape: { n: 5000, seed }, runs: 4, ...none },
  { name: 'dense', shape: { n: 10_000, seed }, runs: 4, ...large },
  { name: 'short', shape: { n: 10_000, seed, places: 0.8 }, runs: 4, ...large },
  { name: 'even', shape: { n: 10_000, seed, places: 1 }, runs: 4, ...large },
  { name: 'sites', shape: { n: 10_000, seed, sites: 17 }, runs: 4, ...large },
  { name: 'dense', shape: { n: 20_000, seed }, runs: 2, ...none },
  { name: 'sites', shape: { n: 50_000, seed, sites: 50 }, runs: 2, ...none },
  { name: 'dense', shape: { n: 50_000, seed }, runs: 1, ...none },
];

const child = fileURLToPath(new URL('./matching-child.ts', import.meta.url));

/** Runs one order in a process of its own; undefined if it fails or takes too long. */
function runChild(order: Order, limitSeconds: number): Promise<Line | undefined> {
  return new Promise((resolve) => {
    const memory = order.task === 'match' || order.task === 'suggest' ? [] : ['--max-old-space-size=6000'];
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

async function measureVariant({ name, shape, runs, peers, limitSeconds }: Variant, report: Report): Promise<void> {
  const { n } = shape;
  const own = await runChild({ task: 'match', shape, runs }, 600);
  if (own?.['exact'] !== 'verified') throw new Error(`the matching of ${n} (${name}) is not exact`);
  report({ bench: 'matching', variant: name, n, ...own });
  const agreeing: Line[] = [];
  for (const peer of peers) {
    const answer = await runChild({ task: peer, shape, runs: n > 500 ? 1 : 4 }, limitSeconds);
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
  if (fastest) report({ bench: 'matching', variant: 'ratio', of: name, n, ...ratios(own, fastest) });
}

/**
 * How many times faster than the fastest peer, which is given the pairs and explains nothing. ratio: pairs, all steps
 * and reasons together. ratioSteps: steps 1 to 5 alone. Both also by processor time, which other work hardly changes.
 */
function ratios(own: Line, peer: Line): Line {
  const times = (clock: 'ms' | 'cpuMs', less: number): number => Math.round((10 * Number(peer[clock])) / less) / 10;
  const steps = ['msServed', 'msLowest', 'msTotal', 'msLoad'].reduce((sum, step) => sum + Number(own[step]), 0);
  return {
    peer: peer['peer'] ?? '',
    ratio: times('ms', Number(own['ms'])),
    ratioSteps: times('ms', steps),
    ratioCpu: times('cpuMs', Number(own['cpuMs'])),
    ratioCpuSteps: times('cpuMs', Number(own['cpuMsSteps'])),
  };
}

export async function run(report: Report): Promise<void> {
  for (const variant of variants) await measureVariant(variant, report);
  const suggest = await runChild({ task: 'suggest', shape: { n: 100_000, seed }, runs: 1 }, 300);
  if (suggest) report({ bench: 'matching', variant: 'suggest, best 10 of 50,000', n: 100_000, ...suggest });
}
