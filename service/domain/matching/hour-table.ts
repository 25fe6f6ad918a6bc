// Availability points of one mentee with any mentor: mentors with the same week share a class, worked out once a row.
import { slotsPerWeek } from '../availability.ts';
import { classesOf } from './classes.ts';
import type { MatchRules } from './rules.ts';
import { availabilityPoints } from './score.ts';
import type { MatchMentee, MatchMentor, MatchPerson } from './types.ts';
import { bitCount, hourStartBits, setBit, slotsIn } from './week.ts';

export class HourTable {
  static readonly unknown = -1;
  static readonly impossible = -2;
  /** Per mentor the class of their week. */
  readonly of: Uint32Array;
  /** Per class the points with the present mentee, `unknown` until asked for, or `impossible`. */
  readonly points: Int8Array;
  /** The half-hours at which some mentor has a full hour get a bit each; others can never be in common. */
  readonly #bitOf = new Int32Array(slotsPerWeek).fill(-1);
  readonly #words: number;
  readonly #weeks: Uint32Array;
  readonly #anyTime: Uint8Array;
  /** Points by number of half-hours at which a common hour can start. */
  readonly #byStarts: Int8Array;
  readonly #bothAnyTime: number;
  #own = new Uint32Array(0);
  #ownAnyTime = false;

  constructor(mentors: readonly MatchMentor[], rules: MatchRules) {
    const classes = classesOf(mentors, ({ anyTime, slots }) => `${anyTime ? '*' : ''}${slots.join()}`);
    this.of = classes.of;
    this.points = new Int8Array(classes.first.length);
    let columns = 0;
    for (const { slots } of classes.first) {
      for (const slot of slotsIn(hourStartBits(slots))) {
        if (this.#bitOf[slot] === -1) this.#bitOf[slot] = columns++;
      }
    }
    this.#words = Math.ceil(columns / 32);
    this.#weeks = new Uint32Array(classes.first.length * this.#words);
    for (const [at, mentor] of classes.first.entries()) this.#weeks.set(this.#weekOf(mentor), at * this.#words);
    this.#anyTime = Uint8Array.from(classes.first, ({ anyTime }) => Number(anyTime));
    this.#byStarts = Int8Array.from({ length: slotsPerWeek }, (_, starts) => availabilityPoints(rules, starts, false));
    if (rules.conditions.availability) this.#byStarts[0] = HourTable.impossible;
    this.#bothAnyTime = availabilityPoints(rules, 0, true);
  }

  /** Turns to a mentee. */
  begin(mentee: MatchMentee): void {
    this.points.fill(HourTable.unknown);
    this.#own = this.#weekOf(mentee);
    this.#ownAnyTime = mentee.anyTime;
  }

  work(week: number): number {
    if (this.#ownAnyTime && this.#anyTime[week] === 1) return (this.points[week] = this.#bothAnyTime);
    const start = week * this.#words;
    let starts = 0;
    for (let w = 0; w < this.#words; w++) {
      starts += bitCount((this.#own[w] as number) & (this.#weeks[start + w] as number));
    }
    return (this.points[week] = this.#byStarts[starts] as number);
  }

  /** The starts of a person's full hours, by column. */
  #weekOf({ slots }: Pick<MatchPerson, 'slots'>): Uint32Array<ArrayBuffer> {
    const bits = new Uint32Array(this.#words);
    for (const slot of slotsIn(hourStartBits(slots))) {
      const bit = this.#bitOf[slot] as number;
      if (bit >= 0) setBit(bits, bit);
    }
    return bits;
  }
}
