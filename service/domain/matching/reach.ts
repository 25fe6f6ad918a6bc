// The search behind steps 1 to 3: can one more mentee be given a place if others move, looking only at pairs of a least score?
import type { Rows } from './rows.ts';
import { scoreOf, mentorOf } from './points.ts';
import type { Seats } from './seats.ts';

/**
 * Breadth-first alternating search (Hopcroft and Karp 1973 for the layers, Kuhn 1955 for the moves). A search that
 * fails has closed its part of the programme: nobody there can ever be given more, so it is never entered again, and
 * all failures together cost one pass over the pairs.
 */
export class Reach {
  readonly seats: Seats;
  /** Per mentor the search that closed it (a number the caller gave, above 0), 0 if open. */
  readonly closedBy: Uint32Array;
  /** Mentees and mentors of the last search, in the order found. */
  readonly mentees: number[] = [];
  readonly mentors: number[] = [];
  /** Closed mentors the last search ran into. */
  readonly touched = new Set<number>();
  readonly #rows: Rows;
  readonly #least: number;
  readonly #via: Int32Array;
  readonly #seen: Uint32Array;
  #search = 0;

  constructor(rows: Rows, seats: Seats, least: number) {
    this.#rows = rows;
    this.seats = seats;
    this.#least = least;
    this.closedBy = new Uint32Array(seats.mentors);
    this.#via = new Int32Array(seats.mentors);
    this.#seen = new Uint32Array(seats.mentors);
  }

  /** Gives the mentee a place, moving others, or closes what can be reached under a mark and returns false. */
  place(mentee: number, mark: number): boolean {
    this.#search += 1;
    this.mentees.length = 0;
    this.mentors.length = 0;
    this.touched.clear();
    this.mentees.push(mentee);
    // First what rows have in store; only then the parts that must be made anew.
    for (const least of [100, this.#least]) {
      for (let k = 0; k < this.mentees.length; k++) {
        const free = this.#lookFrom(this.mentees[k] as number, least);
        if (free >= 0) {
          this.seats.shift(this.#via, free);
          return true;
        }
      }
      if (this.mentees.every((one) => this.#rows.depthOf(one) <= this.#least)) break;
    }
    for (const mentor of this.mentors) this.closedBy[mentor] = mark;
    return false;
  }

  /** Marks the mentors of a row as seen and queues those who sit there; returns one with a free place, or -1. */
  #lookFrom(mentee: number, least: number): number {
    const { seats, mentors, mentees } = this;
    const [via, seen, closedBy, search] = [this.#via, this.#seen, this.closedBy, this.#search];
    const row = this.#rows.downTo(mentee, least);
    for (let k = 0; k < row.length; k++) {
      const pair = row[k] as number;
      if (scoreOf(pair) < this.#least) break;
      const mentor = mentorOf(pair);
      if (seen[mentor] === search) continue;
      if (closedBy[mentor] !== 0) {
        this.touched.add(closedBy[mentor] as number);
        continue;
      }
      seen[mentor] = search;
      via[mentor] = mentee;
      if (seats.hasFree(mentor)) return mentor;
      mentors.push(mentor);
      const start = seats.start[mentor] as number;
      for (let place = start; place < start + (seats.used[mentor] as number); place++) {
        mentees.push(seats.holder[place] as number);
      }
    }
    return -1;
  }
}
