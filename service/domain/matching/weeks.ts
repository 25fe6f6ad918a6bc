// People's weeks, numbered: those who can meet at the same times share a number, and what holds for one holds for all.
import { slotsPerDay, slotsPerWeek } from '../availability.ts';
import type { MatchPerson } from './types.ts';
import { bitCount, clearBit, hasBit, hoursFrom, setBit, setStarts, weekWords } from './week.ts';
import type { MeetingTime } from './week.ts';
import type { WeekKinds } from './week-kinds.ts';

/** When two people can meet. bothAnyTime: each of them at any time, and none of it is lost to another clock or an absence. */
export interface TimeTogether extends MeetingTime {
  readonly bothAnyTime: boolean;
}

type Timed = Pick<MatchPerson, 'starts' | 'anyTime'>;

/** The first of the bits that a week leaves over: the person can meet at any time. */
const anyTimeAt = slotsPerWeek;
const halfDay = slotsPerDay / 2;
export const halfDayCount = slotsPerWeek / halfDay;

/** The starts of a person in a week of each kind, kind after kind, and one more bit for "any time". */
export function weekBits({ starts, anyTime }: Timed, kinds: WeekKinds, into: Uint32Array): Uint32Array {
  into.fill(0);
  for (let kind = 0; kind < kinds.of.length; kind++) {
    setStarts(starts[kinds.of[kind] as number] ?? [], into, weekWords * kind);
  }
  if (anyTime) setBit(into, anyTimeAt);
  return into;
}

export function isAnyTime(week: Uint32Array): boolean {
  return hasBit(week, anyTimeAt);
}

/** Bit h: a full hour may start in half-day h of a week of some kind. */
export function halfDaysIn(week: Uint32Array): number {
  let halfDays = 0;
  for (let first = 0; first < 32 * week.length; first += 32 * weekWords) {
    for (let bit = 0, from = first; bit < halfDayCount; bit++, from += halfDay) {
      const low = (week[from >>> 5] as number) >>> (from & 31);
      const beyond = 32 - (from & 31);
      const high = beyond < halfDay ? (week[(from >>> 5) + 1] as number) << beyond : 0;
      if (((low | high) & ((1 << halfDay) - 1)) !== 0) halfDays |= 1 << bit;
    }
  }
  return halfDays;
}

/** Different weeks, numbered as they come: found by their bits in a table with open addressing (Knuth, volume 3, 6.4). */
export class Weeks {
  /** How many there are. */
  count = 0;
  readonly kinds: WeekKinds;
  /** Words that the bits of one take. */
  readonly words: number;
  readonly #bits: Uint32Array;
  readonly #table: Int32Array;
  readonly #week: Uint32Array;
  readonly #common = new Uint32Array(weekWords);

  /** most: so many weeks at most. */
  constructor(most: number, kinds: WeekKinds) {
    this.kinds = kinds;
    this.words = weekWords * kinds.of.length;
    this.#bits = new Uint32Array(this.words * most);
    this.#table = new Int32Array(2 << (32 - Math.clz32(most))).fill(-1);
    this.#week = new Uint32Array(this.words);
  }

  /** The number of a person's week. Linear in the starts. */
  number(person: Timed): number {
    const [bits, table, words] = [this.#bits, this.#table, this.words];
    const week = weekBits(person, this.kinds, this.#week);
    const entry = entryOf(week, { bits, table });
    const known = table[entry] as number;
    if (known >= 0) return known;
    const from = words * this.count;
    for (let w = 0; w < words; w++) bits[from + w] = week[w] as number;
    table[entry] = this.count;
    return this.count++;
  }

  bitsOf(week: number): Uint32Array {
    return this.#bits.subarray(this.words * week, this.words * (week + 1));
  }

  /** All weeks, one after the other. */
  all(): Uint32Array {
    return this.#bits.subarray(0, this.words * this.count);
  }

  /** The half-hours at which a full hour starts in some week, kind after kind. */
  together(): Uint32Array {
    const together = new Uint32Array(this.words);
    const bits = this.all();
    for (let from = 0; from < bits.length; from += this.words) {
      for (let w = 0; w < this.words; w++) together[w] = (together[w] as number) | (bits[from + w] as number);
    }
    clearBit(together, anyTimeAt);
    return together;
  }

  /** When two people can meet, by the numbers of their weeks, the second among `others`, which have the same kinds. */
  timeBetween(week: number, others: Weeks, other: number): TimeTogether {
    const { counts, weeks } = this.kinds;
    const common = this.#common;
    let [starts, hours, own, theirs, bothAnyTime] = [0, 0, 0, 0, false];
    for (let kind = 0; kind < counts.length; kind++) {
      const [from, otherFrom] = [this.words * week + weekWords * kind, this.words * other + weekWords * kind];
      const count = counts[kind] as number;
      for (let w = 0; w < weekWords; w++) {
        const [one, another] = [this.#bits[from + w] as number, others.#bits[otherFrom + w] as number];
        common[w] = one & another;
        own += count * bitCount(one);
        theirs += count * bitCount(another);
      }
      if (kind === 0) bothAnyTime = isAnyTime(common);
      clearBit(common, anyTimeAt);
      const time = hoursFrom(common);
      starts += count * time.starts;
      hours += count * time.hours;
    }
    // The bit for any time was counted with the first kind.
    const whole = starts + (counts[0] as number);
    const isWhole = own === whole && theirs === whole;
    return { starts: starts / weeks, hours: hours / weeks, bothAnyTime: bothAnyTime && starts > 0 && isWhole };
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
  for (let w = 0; w < week.length; w++) hash = Math.imul(hash ^ (week[w] as number), 0x9e3779b1) ^ (hash >>> 15);
  let entry = (hash ^ (hash >>> 15)) & (table.length - 1);
  for (;;) {
    const number = table[entry] as number;
    if (number < 0 || isAt(week, bits, week.length * number)) return entry;
    entry = (entry + 1) & (table.length - 1);
  }
}

function isAt(week: Uint32Array, bits: Uint32Array, from: number): boolean {
  for (let w = 0; w < week.length; w++) if (week[w] !== bits[from + w]) return false;
  return true;
}
