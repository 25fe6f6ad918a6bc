// How far prices must move until a free place comes within reach, measured from everybody without a place at once.
import type { Assignment } from './assignment.ts';
import { mentorOf, scoreOf } from './points.ts';

const far = 0x7fffffff;

/**
 * Shortest paths over what pairs lack to be tight, with one bucket per distance (Dijkstra 1959; Dial 1969). Rows are
 * sorted, so each is read only as deep as the present distance needs and waits in the bucket where it goes on
 * (Jonker and Volgenant 1987 read whole rows). One search: linear in the pairs read and the distance.
 */
export class PriceSearch {
  readonly #assignment: Assignment;
  /** Per mentor the distance found so far; per mentee reached, distance plus price, and where their row goes on. */
  readonly #distance: Int32Array;
  readonly #level: Int32Array;
  readonly #cursor: Uint32Array;
  #reached: number[] = [];
  #passed: number[] = [];
  /** Bucket d: mentors found at distance d and, as ~mentee, rows to be read on from there. */
  #buckets: number[][] = [];
  #nearestFree = far;

  constructor(assignment: Assignment) {
    this.#assignment = assignment;
    this.#distance = new Int32Array(assignment.seats.mentors);
    this.#level = new Int32Array(assignment.rows.mentees);
    this.#cursor = new Uint32Array(assignment.rows.mentees);
  }

  /** Afterwards at least one of those without a place reaches a free one by tight pairs. All prices stay feasible. */
  movePrices(without: readonly number[]): void {
    const { prices } = this.#assignment;
    this.#distance.fill(far);
    this.#reached = [];
    this.#passed = [];
    this.#buckets = [[]];
    this.#nearestFree = far;
    for (const mentee of without) this.#reach(mentee, 0);
    for (let now = 0; now < this.#nearestFree; now++) {
      if (now >= this.#buckets.length) throw new Error('a task that cannot be solved');
      this.#empty(this.#buckets[now] as number[], now);
    }
    const moved = this.#nearestFree;
    for (const mentee of this.#reached) prices.mentee[mentee] = (this.#level[mentee] as number) - moved;
    for (const mentor of this.#passed) {
      prices.mentor[mentor] = (prices.mentor[mentor] as number) + moved - (this.#distance[mentor] as number);
    }
  }

  #empty(bucket: number[], now: number): void {
    const { seats } = this.#assignment;
    // The bucket grows while it is emptied: pairs may lack nothing.
    for (let k = 0; k < bucket.length && now < this.#nearestFree; k++) {
      const item = bucket[k] as number;
      if (item < 0) {
        this.#readOn(~item, now);
      } else if (this.#distance[item] === now) {
        this.#passed.push(item);
        const start = seats.start[item] as number;
        const end = start + (seats.used[item] as number);
        for (let place = start; place < end; place++) this.#reach(seats.holder[place] as number, now);
      }
    }
  }

  #reach(mentee: number, now: number): void {
    this.#reached.push(mentee);
    this.#level[mentee] = now + (this.#assignment.prices.mentee[mentee] as number);
    this.#cursor[mentee] = 0;
    this.#readOn(mentee, now);
  }

  #readOn(mentee: number, now: number): void {
    const { rows, seats, prices, least } = this.#assignment;
    const level = this.#level[mentee] as number;
    const row = this.#rowFrom(mentee, level - now);
    for (let k = this.#cursor[mentee] as number; k < row.length; k++) {
      const pair = row[k] as number;
      const score = scoreOf(pair);
      if (score < least) return;
      if (level - score > now) {
        this.#wait(mentee, level - score, k);
        return;
      }
      const mentor = mentorOf(pair);
      const distance = level - score + (prices.mentor[mentor] as number);
      if (distance >= (this.#distance[mentor] as number)) continue;
      this.#distance[mentor] = distance;
      if (distance < this.#nearestFree && (seats.free[mentor] as number) > 0) this.#nearestFree = distance;
      this.#put(distance, mentor);
    }
    const next = rows.depthOf(mentee) - 1;
    if (next >= least) this.#wait(mentee, level - next, row.length);
  }

  /** The row, made complete for the scores that lack no more than the present distance. */
  #rowFrom(mentee: number, score: number): Uint32Array {
    return this.#assignment.rows.downTo(mentee, Math.max(Math.min(score, 100), this.#assignment.least));
  }

  #wait(mentee: number, distance: number, cursor: number): void {
    this.#cursor[mentee] = cursor;
    this.#put(distance, ~mentee);
  }

  #put(distance: number, item: number): void {
    if (distance >= this.#nearestFree && item < 0) return;
    while (this.#buckets.length <= distance) this.#buckets.push([]);
    (this.#buckets[distance] as number[]).push(item);
  }
}
