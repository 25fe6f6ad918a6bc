// The feasible mentors of one mentee with their scores: the bit index says who, the point tables say what it is worth.
import { PairIndex } from './pairs.ts';
import type { MentorSide } from './pairs.ts';
import type { MenteesSaid } from './people.ts';
import { PointTables } from './points.ts';

/** Building: linear in the mentors. Nothing is kept of a row. */
export class PairFinder {
  readonly #index: PairIndex;
  readonly #tables: PointTables;
  readonly #row: Uint32Array;

  constructor(side: MentorSide) {
    this.#index = new PairIndex(side);
    this.#tables = new PointTables(side);
    this.#row = new Uint32Array(side.mentors.count);
  }

  /** Turns to a mentee's week (see weekBits); those with the same week need it once. */
  turnTo(week: Uint32Array): void {
    this.#index.turnTo(week);
    this.#tables.turnTo(week);
  }

  /** Packed pairs of a mentee with the week turned to, ascending by mentor; valid until the next call. */
  row(mentees: MenteesSaid, mentee: number): Uint32Array {
    this.#index.find(mentees, mentee);
    return this.#row.subarray(0, this.#tables.scoreRow(mentees, mentee, { candidates: this.#index, out: this.#row }));
  }
}
