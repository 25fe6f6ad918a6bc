// The feasible mentors of one mentee with their scores: the bit index says who, the point tables say what it is worth.
import { PairIndex } from './pairs.ts';
import { PointTables } from './points.ts';
import { mannerOf, whatTheySay } from './said.ts';
import type { MatchInput, MatchMentee } from './types.ts';

/** Building: linear in the mentors. Nothing is kept of a row. */
export class PairFinder {
  readonly #index: PairIndex;
  readonly #tables: PointTables;
  readonly #row: Uint32Array;

  constructor(pool: Omit<MatchInput, 'mentees'>) {
    const said = whatTheySay(pool.mentors);
    this.#index = new PairIndex(pool, said);
    this.#tables = new PointTables(pool, said);
    this.#row = new Uint32Array(pool.mentors.length);
  }

  /** Turns to a mentee's week (see weekBits); those with the same week need it once. */
  turnTo(week: Uint32Array): void {
    this.#index.turnTo(week);
    this.#tables.turnTo(week);
  }

  /** Packed pairs of a mentee with the week turned to, ascending by mentor; valid until the next call. */
  row(mentee: MatchMentee): Uint32Array {
    const [manner, topics] = [mannerOf(mentee), this.#tables.begin(mentee)];
    this.#index.find(mentee, { manner, topics });
    const request = { manner, topics, candidates: this.#index, out: this.#row };
    return this.#row.subarray(0, this.#tables.scoreRow(mentee, request));
  }
}
