// The feasible pairs of one mentee at a time, made from the bit index and the point tables; nothing is kept.
import { PairIndex } from './pairs.ts';
import { PointTables } from './points.ts';
import type { MatchInput, MatchMentee } from './types.ts';

/** Making one row: linear in the mentee's candidates. */
export class RowSource {
  readonly mentees: readonly MatchMentee[];
  readonly floor: number;
  readonly #index: PairIndex;
  readonly #tables: PointTables;
  readonly #candidates: Uint32Array;
  readonly #row: Uint32Array;

  constructor({ mentees, mentors, proposedBefore, rules }: MatchInput) {
    this.mentees = mentees;
    this.floor = rules.floor;
    this.#index = new PairIndex(mentors, rules.conditions, proposedBefore);
    this.#tables = new PointTables(mentors, rules);
    this.#candidates = new Uint32Array(this.#index.words);
    this.#row = new Uint32Array(mentors.length);
  }

  /** Packed pairs, ascending by mentor; valid until the next call. */
  row(mentee: number): Uint32Array {
    const person = this.mentees[mentee] as MatchMentee;
    this.#index.candidates(person, this.#candidates);
    const request = { candidates: this.#candidates, least: this.floor, out: this.#row };
    return this.#row.subarray(0, this.#tables.scoreRow(person, request));
  }
}
