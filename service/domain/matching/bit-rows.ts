// One row of bits per term: the mentors who say it. Sets of mentors are made 32 at a time (bitmap index: O'Neil, Quass 1997).
import { setBit } from './week.ts';

/** Words [from, to) of a set of mentors; outside of it nobody is meant. */
export interface Range {
  from: number;
  to: number;
}

/** Terms are known by number. Memory: terms x words x 4 bytes. */
export class BitRows {
  readonly #rows: readonly Uint32Array[];
  readonly #chosen: Uint32Array[] = [];

  constructor(terms: number, words: number) {
    this.#rows = Array.from({ length: terms }, () => new Uint32Array(words));
  }

  /** The mentor says the terms of a mask. */
  add(mentor: number, mask: number): void {
    for (let left = mask; left !== 0; left &= left - 1) setBit(this.#rowOf(left), mentor);
  }

  /** Adds the mentors who say one of the terms of a mask. */
  join(into: Uint32Array, mask: number, { from, to }: Readonly<Range>): void {
    for (let left = mask; left !== 0; left &= left - 1) {
      const row = this.#rowOf(left);
      for (let w = from; w < to; w++) into[w] = (into[w] as number) | (row[w] as number);
    }
  }

  /** Keeps of a set those who say one of the terms of a mask, and those who are in `also`: in one pass. */
  keepSome(set: Uint32Array, mask: number, { also, from, to }: Readonly<Range> & { also: Uint32Array }): void {
    let count = 0;
    for (let left = mask; left !== 0; left &= left - 1) this.#chosen[count++] = this.#rowOf(left);
    for (let w = from; w < to; w++) {
      let some = also[w] as number;
      for (let k = 0; k < count; k++) some |= (this.#chosen[k] as Uint32Array)[w] as number;
      set[w] = (set[w] as number) & some;
    }
  }

  /** The row of the lowest term of a mask. */
  #rowOf(mask: number): Uint32Array {
    return this.#rows[31 - Math.clz32(mask & -mask)] as Uint32Array;
  }
}

/** Keeps of a set only those who are in the other one too. */
export function keepBoth(set: Uint32Array, other: Uint32Array, { from, to }: Readonly<Range>): void {
  for (let w = from; w < to; w++) set[w] = (set[w] as number) & (other[w] as number);
}
