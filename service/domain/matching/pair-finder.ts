// The feasible mentors of one mentee with their scores: the bit index says who, the point tables say what it is worth.
import { PairIndex } from './pairs.ts';
import type { MentorSide } from './pairs.ts';
import type { MenteesSaid } from './people.ts';
import { PointTables } from './points.ts';

/** Building: linear in the mentors. Nothing is kept of a row. */
export class PairFinder {
  readonly #index: PairIndex;
  readonly #tables: PointTables;
  /** Room for a row; after `fill` the first so many numbers are one. */
  readonly pairs: Uint32Array;

  constructor(side: MentorSide) {
    this.#index = new PairIndex(side);
    this.#tables = new PointTables(side);
    this.pairs = new Uint32Array(side.mentors.count);
  }

  /** Turns to a mentee's week (see weekBits); those with the same week need it once. */
  turnTo(week: Uint32Array): void {
    this.#index.turnTo(week);
    this.#tables.turnTo(week);
  }

  /** Writes the packed pairs of a mentee with the week turned to, ascending by mentor; returns how many. */
  fill(mentees: MenteesSaid, mentee: number): number {
    this.#index.find(mentees, mentee);
    return this.#tables.scoreRow(mentees, mentee, { candidates: this.#index, out: this.pairs });
  }
}
