// Step 4: the highest total score, everybody in the task placed, no pair below the lowest score.
import { mentorOf, scoreOf } from './points.ts';
import { PriceSearch } from './price-search.ts';
import type { Rows } from './rows.ts';
import { Seats } from './seats.ts';
import type { Task } from './task.ts';

/** Whole numbers. Together at least the score of every pair, exactly that of a tight one; mentors' are never negative. */
export interface Prices {
  readonly mentee: Int32Array;
  readonly mentor: Int32Array;
}

/** A task, the rows it is solved on, and the score below which pairs do not count. */
export interface Setting {
  readonly rows: Rows;
  readonly task: Task;
  readonly least: number;
}

export interface Assignment extends Setting {
  readonly seats: Seats;
  readonly prices: Prices;
}

/**
 * Primal-dual assignment on whole prices (Kuhn 1955; Tomizawa 1971; Edmonds and Karp 1972): everybody starts at the
 * price of their best pair; then, in turn, as many as possible are placed by tight pairs, and prices move just so far
 * that a free place comes within reach of somebody without one.
 * Worst case (mentees) x (pairs + largest price); since scores are whole and at most 100, rounds are few.
 */
export function assignBest({ rows, task, least }: Setting): Assignment {
  const seats = new Seats(rows.mentees, task.places);
  const prices = { mentee: new Int32Array(rows.mentees), mentor: new Int32Array(task.places.length) };
  for (const mentee of task.people) prices.mentee[mentee] = rows.bestOf(mentee);
  const assignment = { rows, task, least, seats, prices };
  const search = new PriceSearch(assignment);
  const round = new TightRound(assignment);
  let without = round.placeAll(task.people);
  while (without.length > 0) {
    search.movePrices(without);
    without = round.placeAll(without);
  }
  return assignment;
}

/** Reads a row down to where pairs can still be tight: mentors' prices are never negative. */
export function tightPart({ rows, prices, least }: Assignment, mentee: number): { row: Uint32Array; stop: number } {
  const stop = Math.max(prices.mentee[mentee] as number, least);
  return { row: rows.downTo(mentee, Math.min(stop, 100)), stop };
}

/** Placing along tight pairs, depth first; what a failed search saw is closed for the round (Hopcroft and Karp 1973). */
class TightRound {
  readonly #assignment: Assignment;
  readonly #via: Int32Array;
  readonly #seen: Uint32Array;
  #round = 0;

  constructor(assignment: Assignment) {
    this.#assignment = assignment;
    this.#via = new Int32Array(assignment.seats.mentors);
    this.#seen = new Uint32Array(assignment.seats.mentors);
  }

  /** Returns those who are still without a place. */
  placeAll(mentees: readonly number[]): number[] {
    this.#round += 1;
    return mentees.filter((mentee) => !this.#place(mentee));
  }

  #place(newcomer: number): boolean {
    const { seats } = this.#assignment;
    const stack = [newcomer];
    for (let mentee = stack.pop(); mentee !== undefined; mentee = stack.pop()) {
      const free = this.#lookFrom(mentee, stack);
      if (free < 0) continue;
      seats.shift(this.#via, free);
      return true;
    }
    return false;
  }

  #lookFrom(mentee: number, stack: number[]): number {
    const { seats, prices } = this.#assignment;
    const { row, stop } = tightPart(this.#assignment, mentee);
    const price = prices.mentee[mentee] as number;
    for (let k = 0; k < row.length; k++) {
      const pair = row[k] as number;
      const score = scoreOf(pair);
      if (score < stop) break;
      const mentor = mentorOf(pair);
      if (this.#seen[mentor] === this.#round || (prices.mentor[mentor] as number) !== score - price) continue;
      this.#seen[mentor] = this.#round;
      this.#via[mentor] = mentee;
      if ((seats.free[mentor] as number) > 0) return mentor;
      const start = seats.start[mentor] as number;
      for (let place = start + (seats.used[mentor] as number) - 1; place >= start; place--) {
        stack.push(seats.holder[place] as number);
      }
    }
    return -1;
  }
}
