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
  readonly #source: RowSource;
  readonly #stored: Uint32Array[] = [];
  /** Per mentee the score down to which the stored row is complete; 0 for a whole row. */
  readonly #depth: Uint8Array;
  readonly #benchOf = new Map<number, number>();
  #block = new Uint32Array(0);
  #blockLength: number = firstBlock;
  #taken = 0;
  readonly #next = new Uint32Array(best + 1);

  constructor(sides: BothSides, { mostStored, shortRow }: RowStorage = usualStorage) {
    const length = sides.mentees.count;
    this.#source = new RowSource(sides);
    this.#depth = new Uint8Array(length);
    let pairs = 0;
    for (let made = 1; made <= length; made++) {
      const mentee = this.#source.order[made - 1] as number;
      const row = this.#source.row(mentee);
      pairs += row.length;
      const fits = (pairs / made) * length <= mostStored;
      this.#store(mentee, row, { keep: fits ? row.length : shortRow, least: best });
    }
    this.pairs = pairs;
  }

  get mentees(): number {
    return this.#depth.length;
  }

  /** The row of a mentee, complete at least down to a score; it may go on below it. */
  downTo(mentee: number, score: number): Uint32Array {
    if ((this.#depth[mentee] as number) > score) {
      const keep = growth * (this.#stored[mentee]?.length ?? 0);
      this.#store(mentee, this.#source.row(mentee), { keep, least: score });
    }
    return this.#stored[mentee] as Uint32Array;
  }

  /** The score down to which the stored row is complete; 0 if it is whole. */
  depthOf(mentee: number): number {
    return this.#depth[mentee] as number;
  }

  /** The best score of a row; 0 if it is empty. */
  bestOf(mentee: number): number {
    return (this.#stored[mentee]?.[0] ?? 0) >>> 24;
  }

  /** Puts a stand-in mentor, worth full points, before the row (see task). */
  addBench(mentee: number, bench: number): void {
    this.#benchOf.set(mentee, bench);
    this.#stored[mentee] = Uint32Array.of(packPair(best, bench), ...(this.#stored[mentee] ?? []));
  }

  /** Room for a row. Few large blocks instead of many small arrays: the collector looks after each array by itself. */
  #take(length: number): Uint32Array {
    if (this.#taken + length > this.#block.length) {
      this.#block = new Uint32Array(Math.max(length, this.#blockLength));
      this.#blockLength = Math.min(2 * this.#blockLength, longestBlock);
      this.#taken = 0;
    }
    this.#taken += length;
    return this.#block.subarray(this.#taken - length, this.#taken);
  }

  /** Sorts a row and keeps at least `keep` pairs and all that reach `least`, whole scores at a time. */
  #store(mentee: number, unsorted: Uint32Array, { keep, least }: { keep: number; least: number }): void {
    const next = this.#next.fill(0);
    for (let k = 0; k < unsorted.length; k++) (next[(unsorted[k] as number) >>> 24] as number)++;
    const bench = this.#benchOf.get(mentee);
    const front = bench === undefined ? 0 : 1;
    let kept = front;
    let score = best;
    for (; score >= this.#source.floor && (kept < keep || score >= least); score--) {
      const here = next[score] as number;
      next[score] = kept;
      kept += here;
    }
    const depth = kept - front === unsorted.length ? 0 : score + 1;
    const row = this.#take(kept);
    if (bench !== undefined) row[0] = packPair(best, bench);
    for (let k = 0; k < unsorted.length; k++) {
      const pair = unsorted[k] as number;
      if (pair >>> 24 >= depth) row[(next[pair >>> 24] as number)++] = pair;
    }
    this.#depth[mentee] = depth;
    this.#stored[mentee] = row;
  }
}
