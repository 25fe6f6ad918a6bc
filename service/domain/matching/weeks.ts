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

/** The starts of a person in a week of each kind, way after way and kind after kind, and one more bit for "any time". */
export function weekBits({ starts, anyTime }: Timed, { of, ways }: WeekKinds, into: Uint32Array): Uint32Array {
  into.fill(0);
  for (let kind = 0; kind < of.length; kind++) {
    setStarts(starts[of[kind] as number] ?? [], into, { from: weekWords * ways * kind, ways });
  }
  if (anyTime) setBit(into, anyTimeAt);
  return into;
}

export function isAnyTime(week: Uint32Array): boolean {
  return hasBit(week, anyTimeAt);
}

/** Bit h: a meeting may start in half-day h of a week of some kind, in some way. */
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
  readonly #one = new Uint32Array(weekWords);
  readonly #other = new Uint32Array(weekWords);

  /** most: so many weeks at most. */
  constructor(most: number, kinds: WeekKinds) {
    this.kinds = kinds;
    this.words = weekWords * kinds.ways * kinds.of.length;
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

  /** The half-hours at which a meeting starts in some week, way after way and kind after kind. */
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
    const [ones, theirs] = [this.bitsOf(week), others.bitsOf(other)];
    let [starts, hours, own, otherOwn] = [0, 0, 0, 0];
    for (let kind = 0; kind < counts.length; kind++) {
      const count = counts[kind] as number;
      this.#join(ones, theirs, kind);
      const time = hoursFrom(this.#common);
      starts += count * time.starts;
      hours += count * time.hours;
      own += count * countOf(this.#one);
      otherOwn += count * countOf(this.#other);
    }
    const bothAnyTime = isAnyTime(ones) && isAnyTime(theirs) && starts > 0 && own === starts && otherOwn === starts;
    return { starts: starts / weeks, hours: hours / weeks, bothAnyTime };
  }

  /** Where each of two, and both, can begin to meet in a week of a kind, in the ways in which both do at all that week. */
  #join(ones: Uint32Array, theirs: Uint32Array, kind: number): void {
    const [common, own, other] = [this.#common.fill(0), this.#one.fill(0), this.#other.fill(0)];
    const first = this.kinds.ways * kind;
    for (let way = first; way < first + this.kinds.ways; way++) {
      const from = weekWords * way;
      if (!hasStart(ones, from, way) || !hasStart(theirs, from, way)) continue;
      for (let w = 0; w < weekWords; w++) {
        const [one, another] = [ones[from + w] as number, theirs[from + w] as number];
        common[w] = (common[w] as number) | (one & another);
        own[w] = (own[w] as number) | one;
        other[w] = (other[w] as number) | another;
      }
    }
    for (const bits of [common, own, other]) clearBit(bits, anyTimeAt);
  }
}

/** The bit for any time, in the first way, is none. */
function hasStart(bits: Uint32Array, from: number, way: number): boolean {
  const last = weekWords - 1;
  for (let w = 0; w < last; w++) if (bits[from + w] !== 0) return true;
  const spare = way === 0 ? 1 << (anyTimeAt & 31) : 0;
  return ((bits[from + last] as number) & ~spare) !== 0;
}

function countOf(bits: Uint32Array): number {
  let count = 0;
  for (let w = 0; w < bits.length; w++) count += bitCount(bits[w] as number);
  return count;
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
