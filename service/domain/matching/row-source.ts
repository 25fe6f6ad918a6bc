// The feasible pairs of one mentee of an input at a time; nothing is kept.
import { PairFinder } from './pair-finder.ts';
import type { MatchInput, MatchMentee } from './types.ts';
import { Weeks } from './weeks.ts';

/** Making one row: linear in the mentee's candidates; turning to another week costs a little more. */
export class RowSource {
  readonly mentees: readonly MatchMentee[];
  readonly floor: number;
  /** The mentees in the order in which their rows are made fastest: those of one week side by side. */
  readonly order: Uint32Array;
  readonly #finder: PairFinder;
  readonly #weeks: Weeks;
  #week = -1;

  constructor({ mentees, ...pool }: MatchInput) {
    this.mentees = mentees;
    this.floor = pool.rules.floor;
    this.#finder = new PairFinder(pool);
    this.#weeks = new Weeks(mentees);
    this.order = this.#weeks.sideBySide();
  }

  /** Packed pairs, ascending by mentor; valid until the next call. */
  row(mentee: number): Uint32Array {
    const week = this.#weeks.of[mentee] as number;
    if (week !== this.#week) this.#finder.turnTo(this.#weeks.bitsOf(week));
    this.#week = week;
    return this.#finder.row(this.mentees[mentee] as MatchMentee);
  }
}
