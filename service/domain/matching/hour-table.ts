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
  /** The half-hours at which some mentor has a full hour get a bit each; others can never be in common. */
  readonly #bitOf: Int32Array;
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
    this.#counts = this.#layOut(weeks);
    this.#words = this.#counts.length;
    this.#weeks = new Uint32Array(weeks.count * this.#words);
    for (let week = 0; week < weeks.count; week++) {
      const bits = weeks.bitsOf(week);
      this.#write(bits, this.#weeks.subarray(week * this.#words, (week + 1) * this.#words));
    }
    this.#own = new Uint32Array(this.#words);
    const inAll = weeks.kinds.weeks;
    this.#byStarts = Int8Array.from({ length: slotsPerWeek * inAll + 1 }, (_, starts) =>
      availabilityPoints(rules, starts / inAll),
    );
    if (rules.conditions.availability) this.#byStarts[0] = HourTable.impossible;
  }

  /** Gives the bits, each kind of week beginning at a word of its own. Returns the weeks that each word stands for. */
  #layOut(weeks: Weeks): Int32Array {
    const counts: number[] = [];
    const together = weeks.together();
    for (const [kind, count] of weeks.kinds.counts.entries()) {
      const first = 32 * weekWords * kind;
      const columns = slotsIn(together.subarray(weekWords * kind, weekWords * (kind + 1)));
      const from = 32 * counts.length;
      for (let column = 0; column < columns.length; column++) {
        this.#bitOf[first + (columns[column] as number)] = from + column;
      }
      for (let bits = 0; bits < columns.length; bits += 32) counts.push(count);
    }
    return Int32Array.from(counts);
  }

  /** Turns to a mentee's week. */
  begin(week: Uint32Array): void {
    this.#write(week, this.#own.fill(0));
    this.points.fill(HourTable.unknown);
  }

  work(week: number): number {
    const start = week * this.#words;
    let starts = 0;
    for (let w = 0; w < this.#words; w++) {
      const common = (this.#own[w] as number) & (this.#weeks[start + w] as number);
      starts += bitCount(common) * (this.#counts[w] as number);
    }
    return (this.points[week] = this.#byStarts[starts] as number);
  }

  /** The starts of a week's full hours, by column; the bit for "any time" has none. */
  #write(week: Uint32Array, into: Uint32Array): void {
    for (let w = 0; w < week.length; w++) {
      for (let left = (week[w] as number) | 0; left !== 0; left &= left - 1) {
        const bit = this.#bitOf[(w << 5) | (31 - Math.clz32(left & -left))] ?? -1;
        if (bit >= 0) setBit(into, bit);
      }
    }
  }
}
