// The feasible pairs of one mentee of an input at a time; nothing is kept.
import { byKey } from './counting-sort.ts';
import { PairFinder } from './pair-finder.ts';
import type { MentorSide } from './pairs.ts';
import type { MenteesSaid, Said } from './people.ts';
import { whatTheySay } from './reader.ts';
import type { MatchInput } from './types.ts';

/** Everybody of a run. */
export interface BothSides extends MentorSide {
  readonly mentees: MenteesSaid;
}

/** The sides of an input in the order of its lists. */
export function sidesOf(input: MatchInput): BothSides & Said {
  return { ...whatTheySay(input), rules: input.rules };
}

/** Making one row: linear in the mentee's candidates; turning to another week costs a little more. */
export class RowSource {
  readonly mentees: MenteesSaid;
  readonly floor: number;
  /** The mentees in the order in which their rows are made fastest: those of one week side by side. */
  readonly order: Uint32Array;
  readonly #finder: PairFinder;
  #week = -1;

  constructor(sides: BothSides) {
    this.mentees = sides.mentees;
    this.floor = sides.rules.floor;
    this.#finder = new PairFinder(sides);
    this.order = byKey(this.mentees.week, this.mentees.weeks.count);
  }

  /** Room for a row; after `fill` the first so many numbers are one. */
  get pairs(): Uint32Array {
    return this.#finder.pairs;
  }

  /** Writes the packed pairs of a mentee, ascending by mentor; returns how many. */
  fill(mentee: number): number {
    const week = this.mentees.week[mentee] as number;
    if (week !== this.#week) this.#finder.turnTo(this.mentees.weeks.bitsOf(week));
    this.#week = week;
    return this.#finder.fill(this.mentees, mentee);
  }

  /** Packed pairs, ascending by mentor; valid until the next call. */
  row(mentee: number): Uint32Array {
    return this.pairs.subarray(0, this.fill(mentee));
  }
}
