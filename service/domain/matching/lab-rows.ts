// The mentors of each lab as bits, kept only between the first and the last of them.
import type { Range } from './bit-rows.ts';
import { classesOf } from './classes.ts';
import type { MatchMentor } from './types.ts';

/** bits[0] is the word `from` of the set. */
export interface LabRow extends Readonly<Range> {
  readonly bits: Uint32Array;
}

const noMentor: LabRow = { from: 0, to: 0, bits: new Uint32Array(0) };

/** Memory: one bit per mentor where the mentors of a lab lie side by side. */
export class LabRows {
  readonly #rows: ReadonlyMap<string, LabRow>;

  constructor(mentors: readonly MatchMentor[]) {
    const { of, first } = classesOf(mentors, ({ labId }) => labId);
    const firstAt = new Uint32Array(first.length).fill(mentors.length);
    const lastAt = new Uint32Array(first.length);
    for (let at = 0; at < of.length; at++) {
      const lab = of[at] as number;
      lastAt[lab] = at;
      if (at < (firstAt[lab] as number)) firstAt[lab] = at;
    }
    const rows = first.map((_, lab): LabRow => {
      const [from, to] = [(firstAt[lab] as number) >>> 5, ((lastAt[lab] as number) >>> 5) + 1];
      return { from, to, bits: new Uint32Array(to - from) };
    });
    for (let at = 0; at < of.length; at++) {
      const { from, bits } = rows[of[at] as number] as LabRow;
      const word = (at >>> 5) - from;
      bits[word] = (bits[word] as number) | (1 << (at & 31));
    }
    this.#rows = new Map(rows.map((row, lab) => [(first[lab] as MatchMentor).labId, row]));
  }

  /** Empty where no mentor is of this lab. */
  of(labId: string): LabRow {
    return this.#rows.get(labId) ?? noMentor;
  }
}
