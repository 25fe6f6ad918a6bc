// The mentors of each group, a lab or a team, as bits; kept only between the first and the last of them.
import type { Range } from './bit-rows.ts';

/** bits[0] is the word `from` of the set. */
export interface GroupRow extends Readonly<Range> {
  readonly bits: Uint32Array;
}

const noMentor: GroupRow = { from: 0, to: 0, bits: new Uint32Array(0) };

/** Memory: one bit per mentor where the mentors of a group lie side by side. */
export class GroupRows {
  readonly #rows: readonly GroupRow[];

  /** groupOf: per bit the number of the mentor's group, below `count`; -1 for none. */
  constructor(groupOf: Int32Array, count: number) {
    const firstAt = new Int32Array(count).fill(-1);
    const lastAt = new Int32Array(count).fill(-1);
    for (let at = 0; at < groupOf.length; at++) {
      const group = groupOf[at] as number;
      if (group < 0) continue;
      lastAt[group] = at;
      if (firstAt[group] === -1) firstAt[group] = at;
    }
    this.#rows = Array.from(firstAt, (first, group) => {
      if (first < 0) return noMentor;
      const [from, to] = [first >>> 5, ((lastAt[group] as number) >>> 5) + 1];
      return { from, to, bits: new Uint32Array(to - from) };
    });
    for (let at = 0; at < groupOf.length; at++) {
      const row = this.#rows[groupOf[at] as number];
      if (!row) continue;
      const word = (at >>> 5) - row.from;
      row.bits[word] = (row.bits[word] as number) | (1 << (at & 31));
    }
  }

  /** Empty where no mentor is of this group. */
  of(group: number): GroupRow {
    return this.#rows[group] ?? noMentor;
  }
}
