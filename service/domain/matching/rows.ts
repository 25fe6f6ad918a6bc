// Per mentee the feasible mentors, best first. Where storing all pairs would take too much, a row keeps its best part
// and is completed when somebody asks for lower scores.
import { packPair } from './points.ts';
import { RowSource } from './row-source.ts';
import type { BothSides } from './row-source.ts';

/** How much of the pairs is kept. Smaller values cost time, never exactness. */
export interface RowStorage {
  /** Pairs kept in all before rows are cut short; 4 bytes each. */
  readonly mostStored: number;
  /** What a cut row keeps at least. */
  readonly shortRow: number;
}

const usualStorage: RowStorage = { mostStored: 24_000_000, shortRow: 96 };
/** By how much a cut row grows when it was not enough. */
const growth = 8;
const best = 100;
/** Lengths of the first and of the longest block. */
const [firstBlock, longestBlock] = [2 ** 13, 2 ** 18] as const;

/**
 * Rows of packed pairs, descending by score, then ascending by mentor; sorted by counting (Seward 1954). Building is
 * linear in the candidates. Cutting rows by their order: capacity-constrained assignment, U et al. 2008, 2010.
 */
export class Rows {
  /** Feasible pairs in all, stored or not. */
  readonly pairs: number;
  /** After `downTo`: the row lies at [from, to) of the block that it returned. */
  from = 0;
  to = 0;
  readonly #source: RowSource;
  /** Where rows are kept: few large blocks, since the engine looks after each array by itself. */
  readonly #blocks: Uint32Array[] = [];
  #taken = 0;
  /** Per mentee the block, the place in it, and the score down to which the row is complete; 0 for a whole row. */
  readonly #blockOf: Uint32Array;
  readonly #from: Uint32Array;
  readonly #to: Uint32Array;
  readonly #depth: Uint8Array;
  readonly #benchOf = new Map<number, number>();
  readonly #next = new Uint32Array(best + 1);

  constructor(sides: BothSides, { mostStored, shortRow }: RowStorage = usualStorage) {
    const length = sides.mentees.count;
    this.#source = new RowSource(sides);
    this.#blockOf = new Uint32Array(length);
    this.#from = new Uint32Array(length);
    this.#to = new Uint32Array(length);
    this.#depth = new Uint8Array(length);
    let pairs = 0;
    for (let made = 1; made <= length; made++) {
      const mentee = this.#source.order[made - 1] as number;
      const found = this.#source.fill(mentee);
      pairs += found;
      const fits = (pairs / made) * length <= mostStored;
      this.#store(mentee, found, { keep: fits ? found : shortRow, least: best });
    }
    this.pairs = pairs;
  }

  get mentees(): number {
    return this.#depth.length;
  }

  /** Turns to the row of a mentee, complete at least down to a score, and returns its block; it may go on below. */
  downTo(mentee: number, score: number): Uint32Array {
    if ((this.#depth[mentee] as number) > score) {
      const keep = growth * ((this.#to[mentee] as number) - (this.#from[mentee] as number));
      this.#store(mentee, this.#source.fill(mentee), { keep, least: score });
    }
    this.from = this.#from[mentee] as number;
    this.to = this.#to[mentee] as number;
    return this.#blocks[this.#blockOf[mentee] as number] as Uint32Array;
  }

  /** The score down to which the stored row is complete; 0 if it is whole. */
  depthOf(mentee: number): number {
    return this.#depth[mentee] as number;
  }

  /** The best score of a row; 0 if it is empty. */
  bestOf(mentee: number): number {
    const block = this.downTo(mentee, best);
    return this.from === this.to ? 0 : (block[this.from] as number) >>> 24;
  }

  /** Puts a stand-in mentor, worth full points, before the row (see task). */
  addBench(mentee: number, bench: number): void {
    this.#benchOf.set(mentee, bench);
    const row = this.downTo(mentee, best).subarray(this.from, this.to);
    const block = this.#take(mentee, row.length + 1);
    const from = this.#from[mentee] as number;
    block[from] = packPair(best, bench);
    block.set(row, from + 1);
  }

  /** Gives the mentee room for a row, and returns its block. */
  #take(mentee: number, length: number): Uint32Array {
    let block = this.#blocks.at(-1);
    if (!block || this.#taken + length > block.length) {
      const twice = Math.min(Math.max(2 * (block?.length ?? 0), firstBlock), longestBlock);
      block = new Uint32Array(Math.max(length, twice));
      this.#blocks.push(block);
      this.#taken = 0;
    }
    this.#blockOf[mentee] = this.#blocks.length - 1;
    this.#from[mentee] = this.#taken;
    this.#taken += length;
    this.#to[mentee] = this.#taken;
    return block;
  }

  /** Sorts the pairs found and keeps at least `keep` and all that reach `least`, whole scores at a time. */
  #store(mentee: number, found: number, { keep, least }: { keep: number; least: number }): void {
    const unsorted = this.#source.pairs;
    const next = this.#next.fill(0);
    for (let k = 0; k < found; k++) (next[(unsorted[k] as number) >>> 24] as number)++;
    const bench = this.#benchOf.get(mentee);
    const front = bench === undefined ? 0 : 1;
    let kept = front;
    let score = best;
    for (; score >= this.#source.floor && (kept < keep || score >= least); score--) {
      const here = next[score] as number;
      next[score] = kept;
      kept += here;
    }
    const depth = kept - front === found ? 0 : score + 1;
    const block = this.#take(mentee, kept);
    const from = this.#from[mentee] as number;
    if (bench !== undefined) block[from] = packPair(best, bench);
    for (let k = 0; k < found; k++) {
      const pair = unsorted[k] as number;
      if (pair >>> 24 >= depth) block[from + (next[pair >>> 24] as number)++] = pair;
    }
    this.#depth[mentee] = depth;
  }
}
