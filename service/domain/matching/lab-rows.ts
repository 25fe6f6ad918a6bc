// The mentors of each lab as bits, kept only between the first and the last of them.
import type { Range } from './bit-rows.ts';

/** bits[0] is the word `from` of the set. */
export interface LabRow extends Readonly<Range> {
  readonly bits: Uint32Array;
}

const noMentor: LabRow = { from: 0, to: 0, bits: new Uint32Array(0) };

/** Memory: one bit per mentor where the mentors of a lab lie side by side. */
export class LabRows {
  readonly #rows: readonly LabRow[];

  /** labOf: per bit the number of the mentor's lab, below `count`. */
  constructor(labOf: Int32Array, count: number) {
    const firstAt = new Int32Array(count).fill(-1);
    const lastAt = new Int32Array(count).fill(-1);
    for (let at = 0; at < labOf.length; at++) {
      const lab = labOf[at] as number;
      lastAt[lab] = at;
      if (firstAt[lab] === -1) firstAt[lab] = at;
    }
    this.#rows = Array.from(firstAt, (first, lab) => {
      if (first < 0) return noMentor;
      const [from, to] = [first >>> 5, ((lastAt[lab] as number) >>> 5) + 1];
      return { from, to, bits: new Uint32Array(to - from) };
    });
    for (let at = 0; at < labOf.length; at++) {
      const { from, bits } = this.#rows[labOf[at] as number] as LabRow;
      const word = (at >>> 5) - from;
      bits[word] = (bits[word] as number) | (1 << (at & 31));
    }
  }

  /** Empty where no mentor is of this lab. */
  of(lab: number): LabRow {
    return this.#rows[lab] ?? noMentor;
  }
}
