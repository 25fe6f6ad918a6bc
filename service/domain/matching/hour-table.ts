// Availability points of one week with any mentor's: mentors with the same week share a number, worked out once.
import { slotsPerWeek } from '../availability.ts';
import type { MatchRules } from './rules.ts';
import { availabilityPoints } from './score.ts';
import { bitCount, setBit, slotsIn, weekWords } from './week.ts';
import type { Weeks } from './weeks.ts';

/** Building: linear in the mentors' weeks. Turning to another week: one byte for each of them. */
export class HourTable {
  static readonly unknown = -1;
  /** So low that no other points make up for it. */
  static readonly impossible = -128;
  /** Per week of a mentor the points with the present one, `unknown` until asked for, or `impossible`. */
  readonly points: Int8Array;
  /** The half-hours at which a meeting with some mentor starts get a bit each; others can never be in common. */
  readonly #bitOf: Int32Array;
  readonly #ways: number;
  /** Words that one way takes. */
  readonly #words: number;
  /** Per word how many weeks its bits stand for: the weeks of one kind. */
  readonly #counts: Int32Array;
  readonly #weeks: Uint32Array;
  /** Points by number of half-hours, of all weeks, at which a common hour can start. */
  readonly #byStarts: Int8Array;
  readonly #own: Uint32Array;

  constructor(weeks: Weeks, rules: MatchRules) {
    this.points = new Int8Array(weeks.count);
    this.#bitOf = new Int32Array(32 * weeks.words).fill(-1);
    this.#ways = weeks.kinds.ways;
    this.#counts = this.#layOut(weeks);
    this.#words = this.#counts.length;
    const size = this.#ways * this.#words;
    this.#weeks = new Uint32Array(weeks.count * size);
    for (let week = 0; week < weeks.count; week++) {
      this.#write(weeks.bitsOf(week), this.#weeks.subarray(week * size, (week + 1) * size));
    }
    this.#own = new Uint32Array(size);
    const inAll = weeks.kinds.weeks;
    this.#byStarts = Int8Array.from({ length: slotsPerWeek * inAll + 1 }, (_, starts) =>
      availabilityPoints(rules, starts / inAll),
    );
    if (rules.conditions.availability) this.#byStarts[0] = HourTable.impossible;
  }

  /**
   * Gives the bits, each kind of week beginning at a word of its own, way after way: in each of them the same half-hour has the
   * same place. Returns the weeks that each word of one way stands for.
   */
  #layOut(weeks: Weeks): Int32Array {
    const { counts } = weeks.kinds;
    const ways = this.#ways;
    const together = weeks.together();
    const columnsOf = counts.map((_, kind) => {
      const anyWay = new Uint32Array(weekWords);
      for (let w = 0; w < ways * weekWords; w++) {
        const at = w % weekWords;
        anyWay[at] = (anyWay[at] as number) | (together[weekWords * ways * kind + w] as number);
      }
      return slotsIn(anyWay);
    });
    const perWord = columnsOf.flatMap((columns, kind) =>
      Array.from({ length: Math.ceil(columns.length / 32) }, () => counts[kind] as number),
    );
    for (let way = 0; way < ways; way++) {
      let from = 32 * perWord.length * way;
      for (const [kind, columns] of columnsOf.entries()) {
        const first = 32 * weekWords * (ways * kind + way);
        for (let at = 0; at < columns.length; at++) this.#bitOf[first + (columns[at] as number)] = from + at;
        from += 32 * Math.ceil(columns.length / 32);
      }
    }
    return Int32Array.from(perWord);
  }

  /** Turns to a mentee's week. */
  begin(week: Uint32Array): void {
    this.#write(week, this.#own.fill(0));
    this.points.fill(HourTable.unknown);
  }

  work(week: number): number {
    const size = this.#ways * this.#words;
    const start = week * size;
    let starts = 0;
    for (let w = 0; w < this.#words; w++) {
      let common = (this.#own[w] as number) & (this.#weeks[start + w] as number);
      for (let at = w + this.#words; at < size; at += this.#words) {
        common |= (this.#own[at] as number) & (this.#weeks[start + at] as number);
      }
      starts += bitCount(common) * (this.#counts[w] as number);
    }
    return (this.points[week] = this.#byStarts[starts] as number);
  }

  /** The starts of a week, by column; the bit for "any time" has none. */
  #write(week: Uint32Array, into: Uint32Array): void {
    for (let w = 0; w < week.length; w++) {
      for (let left = (week[w] as number) | 0; left !== 0; left &= left - 1) {
        const bit = this.#bitOf[(w << 5) | (31 - Math.clz32(left & -left))] ?? -1;
        if (bit >= 0) setBit(into, bit);
      }
    }
  }
}
