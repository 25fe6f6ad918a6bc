// Other exact solvers on the same pairs, each asked for the number served first and the total after it.
import { createRequire } from 'node:module';
import highsModule from 'highs';
import { linearSumAssignment } from 'linear-sum-assignment';
import { SimpleMinCostFlow } from 'or-tools-wasm/network-flow';

export interface Edges {
  readonly n: number;
  readonly places: readonly number[];
  readonly mentee: Uint32Array;
  readonly mentor: Uint32Array;
  readonly score: Uint8Array;
}

export interface Answer {
  readonly served: number;
  readonly total: number;
}

/** The time counts from here: edges in, answer out. */
type Peer = (edges: Edges) => Answer | Promise<Answer>;

/** More than all scores together: number before total. */
const worthOne = (n: number): number => 100 * (n + 1);
const split = (value: number, n: number): Answer => ({
  served: Math.floor(value / worthOne(n)),
  total: Math.round(value) % worthOne(n),
});

/** One row per mentee, one column per place; `none` where there is no pair. */
function matrixOf({ n, places, mentee, mentor, score }: Edges, none: number): number[][] {
  const starts = places.map((_, at) => places.slice(0, at).reduce((sum, count) => sum + count, 0));
  const width = places.reduce((sum, count) => sum + count, 0);
  const rows = Array.from({ length: n }, () => new Array<number>(width).fill(none));
  for (let k = 0; k < mentee.length; k++) {
    const start = starts[mentor[k] as number] as number;
    const count = places[mentor[k] as number] as number;
    const row = rows[mentee[k] as number] as number[];
    for (let place = start; place < start + count; place++) row[place] = worthOne(n) + (score[k] as number);
  }
  return rows;
}

interface Munkres {
  readonly maxWeightAssign: (weights: number[][]) => { assignmentsWeight: number };
}

// The package's module face has no file ending, which node refuses; its CommonJS face works.
const munkres: Peer = (edges) => {
  const { maxWeightAssign } = createRequire(import.meta.url)('munkres-algorithm') as Munkres;
  return split(maxWeightAssign(matrixOf(edges, -Infinity)).assignmentsWeight, edges.n);
};

const jonkerVolgenant: Peer = (edges) =>
  split(linearSumAssignment(matrixOf(edges, 0), { maximaze: true }).gain, edges.n);

const highs: Peer = async ({ n, places, mentee, mentor, score }) => {
  const loadHighs = highsModule as unknown as typeof highsModule.default;
  const solver = await loadHighs();
  const numCols = mentee.length;
  const numRows = n + places.length;
  const indices = new Int32Array(2 * numCols);
  for (let k = 0; k < numCols; k++) {
    indices[2 * k] = mentee[k] as number;
    indices[2 * k + 1] = n + (mentor[k] as number);
  }
  const starts = Int32Array.from({ length: numCols + 1 }, (_, k) => 2 * k);
  const model = solver.createModel({
    numCols,
    numRows,
    sense: solver.constants.objectiveSense.maximize,
    colCost: Float64Array.from(score, (points) => worthOne(n) + points),
    colLower: new Float64Array(numCols),
    colUpper: new Float64Array(numCols).fill(1),
    rowLower: new Float64Array(numRows).fill(-solver.infinity),
    rowUpper: Float64Array.from({ length: numRows }, (_, row) => (row < n ? 1 : (places[row - n] ?? 0))),
    matrix: { format: 'csc', numRows, numCols, starts, indices, values: new Float64Array(2 * numCols).fill(1) },
  });
  model.options.set({ output_flag: false });
  model.run();
  const value = model.getObjectiveValue();
  model.dispose();
  return split(value, n);
};

const optimal: number = SimpleMinCostFlow.OPTIMAL;

const orTools: Peer = async ({ n, places, mentee, mentor, score }) => {
  const flow = new SimpleMinCostFlow();
  const [source, sink] = [n + places.length, n + places.length + 1];
  const all = (length: number, value: (k: number) => number): number[] => Array.from({ length }, (_, k) => value(k));
  const pairs = mentee.length;
  const tails = [...all(n, () => source), ...mentee, ...all(places.length, (k) => n + k)];
  const heads = [...all(n, (k) => k), ...Array.from(mentor, (at) => n + at), ...all(places.length, () => sink)];
  const capacities = [...all(n + pairs, () => 1), ...places];
  const costs = [...all(n, () => 0), ...Array.from(score, (points) => 100 - points), ...all(places.length, () => 0)];
  flow.addArcsWithCapacityAndUnitCost(tails, heads, capacities, costs);
  flow.setNodeSupply(source, n);
  flow.setNodeSupply(sink, -n);
  const status = await flow.solveMaxFlowWithMinCost();
  if (status !== optimal) throw new Error(`or-tools ended with status ${status}`);
  const served = flow.maximumFlow();
  return { served, total: 100 * served - flow.optimalCost() };
};

export const peers = {
  'munkres-algorithm': munkres,
  'linear-sum-assignment': jonkerVolgenant,
  highs,
  'or-tools-wasm': orTools,
} as const satisfies Record<string, Peer>;
export type PeerName = keyof typeof peers;
