// People's weeks, numbered: those who can meet at the same times share a number, and what holds for one holds for all.
import { slotsPerDay, slotsPerWeek } from '../availability.ts';
import type { MatchPerson } from './types.ts';
import { clearBit, hasBit, hourStartBits, setBit, weekWords } from './week.ts';

type Timed = Pick<MatchPerson, 'slots' | 'anyTime'>;

/** The first of the bits that a week leaves over: the person can meet at any time. */
const anyTimeAt = slotsPerWeek;
const halfDay = slotsPerDay / 2;
export const halfDayCount = slotsPerWeek / halfDay;

/** The half-hours at which a full hour of the person starts, and one more bit for "any time". */
export function weekBits({ slots, anyTime }: Timed, into: Uint32Array = new Uint32Array(weekWords)): Uint32Array {
  const bits = hourStartBits(slots, into);
  if (anyTime) setBit(bits, anyTimeAt);
  return bits;
}

export function isAnyTime(week: Uint32Array): boolean {
  return hasBit(week, anyTimeAt);
}

/** Bit h: a full hour may start in half-day h, Monday morning being 0. */
export function halfDaysIn(week: Uint32Array): number {
  let halfDays = 0;
  for (let bit = 0, from = 0; from < slotsPerWeek; bit++, from += halfDay) {
    const low = (week[from >>> 5] as number) >>> (from & 31);
    const beyond = 32 - (from & 31);
    const high = beyond < halfDay ? (week[(from >>> 5) + 1] as number) << beyond : 0;
    if (((low | high) & ((1 << halfDay) - 1)) !== 0) halfDays |= 1 << bit;
  }
  return halfDays;
}

/** Linear in the slots: weeks are found by their bits in a table with open addressing (Knuth, volume 3, 6.4). */
export class Weeks {
  /** Per person the number of the week. */
  readonly of: Uint32Array;
  readonly #bits: Uint32Array;

  constructor(people: readonly Timed[]) {
    this.of = new Uint32Array(people.length);
    const bits = new Uint32Array(weekWords * people.length);
    const table = new Int32Array(2 << (32 - Math.clz32(people.length))).fill(-1);
    const week = new Uint32Array(weekWords);
    let count = 0;
    for (let at = 0; at < people.length; at++) {
      weekBits(people[at] as Timed, week);
      const known = entryOf(week, { bits, table });
      const number = table[known] as number;
      this.of[at] = number < 0 ? count : number;
      if (number >= 0) continue;
      bits.set(week, weekWords * count);
      table[known] = count++;
    }
    this.#bits = bits.slice(0, weekWords * count);
  }

  /** How many different weeks there are. */
  get count(): number {
    return this.#bits.length / weekWords;
  }

  bitsOf(week: number): Uint32Array {
    return this.#bits.subarray(weekWords * week, weekWords * (week + 1));
  }

  /** The half-hours at which a full hour starts in some week. */
  together(): Uint32Array {
    const all = new Uint32Array(weekWords);
    const bits = this.#bits;
    for (let at = 0; at < bits.length; at++)
      all[at % weekWords] = (all[at % weekWords] as number) | (bits[at] as number);
    clearBit(all, anyTimeAt);
    return all;
  }

  /** The people in an order that has those of one week side by side. */
  sideBySide(): Uint32Array {
    const next = new Uint32Array(this.count + 1);
    for (const week of this.of) (next[week + 1] as number)++;
    for (let week = 0; week < this.count; week++) next[week + 1] = (next[week + 1] as number) + (next[week] as number);
    const order = new Uint32Array(this.of.length);
    for (let at = 0; at < order.length; at++) order[(next[this.of[at] as number] as number)++] = at;
    return order;
  }
}

interface Known {
  readonly bits: Uint32Array;
  /** Numbers of weeks, -1 where empty; at least half of it is. */
  readonly table: Int32Array;
}

/** Where in the table the week is, or could be put. */
function entryOf(week: Uint32Array, { bits, table }: Known): number {
  let hash = 0;
  for (let w = 0; w < weekWords; w++) hash = Math.imul(hash ^ (week[w] as number), 0x9e3779b1) ^ (hash >>> 15);
  let entry = (hash ^ (hash >>> 15)) & (table.length - 1);
  for (;;) {
    const number = table[entry] as number;
    if (number < 0 || isAt(week, bits, weekWords * number)) return entry;
    entry = (entry + 1) & (table.length - 1);
  }
}

function isAt(week: Uint32Array, bits: Uint32Array, from: number): boolean {
  for (let w = 0; w < weekWords; w++) if (week[w] !== bits[from + w]) return false;
  return true;
}
