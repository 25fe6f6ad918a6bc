// People's weeks, numbered: those who can meet at the same times share a number, and what holds for one holds for all.
import { slotsPerDay, slotsPerWeek } from '../availability.ts';
import type { MatchPerson } from './types.ts';
import { clearBit, hasBit, hourStartBits, hoursFrom, setBit, weekWords } from './week.ts';
import type { MeetingTime } from './week.ts';

/** When two people can meet. */
export interface TimeTogether extends MeetingTime {
  readonly bothAnyTime: boolean;
}

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

/** Different weeks, numbered as they come: found by their bits in a table with open addressing (Knuth, volume 3, 6.4). */
export class Weeks {
  /** How many there are. */
  count = 0;
  readonly #bits: Uint32Array;
  readonly #table: Int32Array;
  readonly #week = new Uint32Array(weekWords);

  /** most: so many weeks at most. */
  constructor(most: number) {
    this.#bits = new Uint32Array(weekWords * most);
    this.#table = new Int32Array(2 << (32 - Math.clz32(most))).fill(-1);
  }

  /** The number of a person's week. Linear in the slots. */
  number(person: Timed): number {
    const [week, bits, table] = [weekBits(person, this.#week), this.#bits, this.#table];
    const entry = entryOf(week, { bits, table });
    const known = table[entry] as number;
    if (known >= 0) return known;
    const from = weekWords * this.count;
    for (let w = 0; w < weekWords; w++) bits[from + w] = week[w] as number;
    table[entry] = this.count;
    return this.count++;
  }

  bitsOf(week: number): Uint32Array {
    return this.#bits.subarray(weekWords * week, weekWords * (week + 1));
  }

  /** All weeks, one after the other. */
  all(): Uint32Array {
    return this.#bits.subarray(0, weekWords * this.count);
  }

  /** The half-hours at which a full hour starts in some week. */
  together(): Uint32Array {
    const together = new Uint32Array(weekWords);
    const bits = this.all();
    for (let at = 0; at < bits.length; at++) {
      together[at % weekWords] = (together[at % weekWords] as number) | (bits[at] as number);
    }
    clearBit(together, anyTimeAt);
    return together;
  }

  /** When two people can meet, by the numbers of their weeks, the second among `others`. */
  timeBetween(week: number, others: Weeks, other: number): TimeTogether {
    const [from, otherFrom] = [weekWords * week, weekWords * other];
    for (let w = 0; w < weekWords; w++) {
      common[w] = (this.#bits[from + w] as number) & (others.#bits[otherFrom + w] as number);
    }
    const bothAnyTime = isAnyTime(common);
    if (bothAnyTime) clearBit(common, anyTimeAt);
    const { starts, hours } = hoursFrom(common);
    return { starts, hours, bothAnyTime };
  }
}

const common = new Uint32Array(weekWords);

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
