// One more mentee is given a place at the least loss of points, and prices move as far as that needs.
import type { Assignment } from './assignment.ts';
import { mentorOf, scoreOf } from './points.ts';

const far = 0x7fffffff;

/**
 * Shortest path from a mentee without a place to a free one, over what pairs lack to be tight (Tomizawa 1971; Edmonds
 * and Karp 1972), with one bucket per distance (Dijkstra 1959; Dial 1969). Rows are sorted, so each is read only as deep
 * as the present distance needs and waits in the bucket where it goes on (Jonker and Volgenant 1987 read whole rows).
 * One search: linear in the pairs read and the distance; nothing is touched that it does not reach.
 */
export class PriceSearch {
  readonly #assignment: Assignment;
  /** Per mentor the distance found so far, and the mentee by whom; per mentee reached, distance plus price. */
  readonly #distance: Int32Array;
  readonly #via: Int32Array;
  readonly #level: Int32Array;
  /** Per mentee reached, where the row goes on. */
  readonly #cursor: Uint32Array;
  readonly #reached: Uint32Array;
  readonly #passed: Uint32Array;
  readonly #touched: Uint32Array;
  #reachedCount = 0;
  #passedCount = 0;
  #touchedCount = 0;
  readonly #buckets = new Buckets();
  #nearest = -1;
  #nearestAt = far;

  constructor(assignment: Assignment) {
    this.#assignment = assignment;
    this.#distance = new Int32Array(assignment.seats.mentors).fill(far);
    this.#via = new Int32Array(assignment.seats.mentors);
    this.#level = new Int32Array(assignment.rows.mentees);
    this.#cursor = new Uint32Array(assignment.rows.mentees);
    this.#reached = new Uint32Array(assignment.rows.mentees);
    this.#passed = new Uint32Array(assignment.seats.mentors);
    this.#touched = new Uint32Array(assignment.seats.mentors);
  }

  /** Gives a mentee without a place one, moving others. All prices stay sound. @throws Error if there is no way */
  place(mentee: number): void {
    this.#reach(mentee, 0);
    for (let now = 0; now < this.#nearestAt; now++) {
      if (now > this.#buckets.last) throw new Error('a task that cannot be solved');
      this.#empty(now);
    }
    this.#movePrices();
    this.#assignment.seats.shift(this.#via, this.#nearest);
    this.#forget();
  }

  #movePrices(): void {
    const { prices } = this.#assignment;
    const moved = this.#nearestAt;
    for (let k = 0; k < this.#reachedCount; k++) {
      const mentee = this.#reached[k] as number;
      prices.mentee[mentee] = (this.#level[mentee] as number) - moved;
    }
    for (let k = 0; k < this.#passedCount; k++) {
      const mentor = this.#passed[k] as number;
      prices.mentor[mentor] = (prices.mentor[mentor] as number) + moved - (this.#distance[mentor] as number);
    }
  }

  #forget(): void {
    for (let k = 0; k < this.#touchedCount; k++) this.#distance[this.#touched[k] as number] = far;
    this.#buckets.clear();
    this.#reachedCount = 0;
    this.#passedCount = 0;
    this.#touchedCount = 0;
    this.#nearestAt = far;
  }

  /** The bucket may grow while it is emptied: pairs may lack nothing. */
  #empty(now: number): void {
    const { seats } = this.#assignment;
    while (now < this.#nearestAt && this.#buckets.has(now)) {
      const item = this.#buckets.take(now);
      if (item < 0) {
        this.#readOn(~item, now);
      } else if (this.#distance[item] === now) {
        this.#passed[this.#passedCount++] = item;
        const start = seats.start[item] as number;
        const end = start + (seats.used[item] as number);
        for (let place = start; place < end; place++) this.#reach(seats.holder[place] as number, now);
      }
    }
  }

  #reach(mentee: number, now: number): void {
    this.#reached[this.#reachedCount++] = mentee;
    this.#level[mentee] = now + (this.#assignment.prices.mentee[mentee] as number);
    this.#cursor[mentee] = 0;
    this.#readOn(mentee, now);
  }

  #readOn(mentee: number, now: number): void {
    const { rows, seats, prices, least } = this.#assignment;
    const level = this.#level[mentee] as number;
    const block = rows.downTo(mentee, Math.max(Math.min(level - now, 100), least));
    const { from, to } = rows;
    for (let k = from + (this.#cursor[mentee] as number); k < to; k++) {
      const pair = block[k] as number;
      const score = scoreOf(pair);
      if (score < least) return;
      if (level - score > now) {
        this.#wait(mentee, level - score, k - from);
        return;
      }
      const mentor = mentorOf(pair);
      const distance = level - score + (prices.mentor[mentor] as number);
      const before = this.#distance[mentor] as number;
      if (distance >= before || distance >= this.#nearestAt) continue;
      if (before === far) this.#touched[this.#touchedCount++] = mentor;
      this.#distance[mentor] = distance;
      this.#via[mentor] = mentee;
      if ((seats.free[mentor] as number) > 0) {
        this.#nearest = mentor;
        this.#nearestAt = distance;
      } else {
        this.#buckets.put(distance, mentor);
      }
    }
    const next = rows.depthOf(mentee) - 1;
    if (next >= least) this.#wait(mentee, level - next, to - from);
  }

  #wait(mentee: number, distance: number, cursor: number): void {
    if (distance >= this.#nearestAt) return;
    this.#cursor[mentee] = cursor;
    this.#buckets.put(distance, ~mentee);
  }
}

/** Numbers by small keys: chains in two arrays that are kept from search to search. */
class Buckets {
  /** The highest key in use. */
  last = -1;
  readonly #heads: number[] = [];
  readonly #items: number[] = [];
  readonly #nexts: number[] = [];
  #count = 0;

  has(key: number): boolean {
    return (this.#heads[key] as number) >= 0;
  }

  put(key: number, item: number): void {
    while (this.#heads.length <= key) this.#heads.push(-1);
    this.#items[this.#count] = item;
    this.#nexts[this.#count] = this.#heads[key] as number;
    this.#heads[key] = this.#count++;
    if (key > this.last) this.last = key;
  }

  /** The item put last under a key that has some. */
  take(key: number): number {
    const head = this.#heads[key] as number;
    this.#heads[key] = this.#nexts[head] as number;
    return this.#items[head] as number;
  }

  clear(): void {
    this.#heads.fill(-1, 0, this.last + 1);
    this.last = -1;
    this.#count = 0;
  }
}
