// The search behind steps 1 to 3: can one more mentee be given a place if others move, by pairs of a least score?
import { mentorOf } from './points.ts';
import type { Rows } from './rows.ts';
import type { Seats } from './seats.ts';

/** Later than any search. */
const closedForGood = 0xffffffff;

/**
 * Breadth-first alternating search with a look ahead for free places (Kuhn 1955; Hopcroft and Karp 1973). A search that
 * fails has closed its part of the programme: nobody there can ever be given more, so it is never entered again, and
 * all failures together cost one pass over the pairs.
 */
export class Reach {
  readonly seats: Seats;
  /** Per mentor the mark of the search that closed it, 0 while open. */
  readonly closedBy: Uint32Array;
  /** Marks of closed parts the last failed search ran into. */
  readonly touched = new Set<number>();
  readonly #rows: Rows;
  readonly #least: number;
  readonly #via: Int32Array;
  /** Per mentor the last search that saw it. */
  readonly #seen: Uint32Array;
  /** Mentors of the present search in the order found. */
  readonly #queue: Int32Array;
  #queued = 0;
  #from = 0;
  #end = 0;
  #search = 0;

  constructor(rows: Rows, seats: Seats, least: number) {
    this.#rows = rows;
    this.seats = seats;
    this.#least = least;
    this.closedBy = new Uint32Array(seats.mentors);
    this.#via = new Int32Array(seats.mentors);
    this.#seen = new Uint32Array(seats.mentors);
    this.#queue = new Int32Array(seats.mentors);
  }

  /** Gives the mentee a place, moving others, or closes all that was reached under a mark (above 0) and returns false. */
  place(mentee: number, mark: number): boolean {
    this.#search += 1;
    this.#queued = 0;
    if (this.touched.size > 0) this.touched.clear();
    // First what rows have in store; only then the parts of them that must be made anew.
    if (this.#spread(mentee, 100)) return true;
    if (this.#isCut(mentee) && this.#spread(mentee, this.#least)) return true;
    this.#close(mentee, mark);
    return false;
  }

  /** The mentees of the last search if it failed: `mentee` and all who hold places it reached. */
  crowdOf(mentee: number): number[] {
    const crowd = [mentee];
    for (const mentor of this.#queue.subarray(0, this.#queued)) crowd.push(...this.seats.holdersOf(mentor));
    return crowd;
  }

  #isCut(mentee: number): boolean {
    return this.crowdOf(mentee).some((one) => this.#rows.depthOf(one) > this.#least);
  }

  /** Looks into the rows of the mentee and of everybody who would have to move, each down to a score at least. */
  #spread(mentee: number, depth: number): boolean {
    const { start, used, holder } = this.seats;
    if (this.#lookFrom(mentee, depth)) return true;
    for (let k = 0; k < this.#queued; k++) {
      const mentor = this.#queue[k] as number;
      const first = start[mentor] as number;
      const end = first + (used[mentor] as number);
      for (let place = first; place < end; place++) {
        if (this.#lookFrom(holder[place] as number, depth)) return true;
      }
    }
    return false;
  }

  /** Takes a free place if the row has one; otherwise queues the row's mentors who are new to this search. */
  #lookFrom(mentee: number, depth: number): boolean {
    const block = this.#open(mentee, depth);
    const free = this.#freeIn(block);
    if (free < 0) {
      this.#queueNew(mentee, block);
      return false;
    }
    this.#via[free] = mentee;
    this.seats.shift(this.#via, free);
    return true;
  }

  // From here one loop per function, with nothing after it: code behind a loop that was compiled while it had never
  // run makes the engine fall back each time it is reached (seen in V8 11).
  #freeIn(block: Uint32Array): number {
    const { free } = this.seats;
    const end = this.#end;
    for (let k = this.#from; k < end; k++) {
      if ((free[mentorOf(block[k] as number)] as number) > 0) return mentorOf(block[k] as number);
    }
    return -1;
  }

  #queueNew(mentee: number, block: Uint32Array): void {
    const [seen, via, queue, search] = [this.#seen, this.#via, this.#queue, this.#search];
    const end = this.#end;
    let queued = this.#queued;
    for (let k = this.#from; k < end; k++) {
      const mentor = mentorOf(block[k] as number);
      if ((seen[mentor] as number) >= search) continue;
      seen[mentor] = search;
      via[mentor] = mentee;
      queue[queued++] = mentor;
    }
    this.#queued = queued;
  }

  #close(mentee: number, mark: number): void {
    this.#touchFromAll(this.crowdOf(mentee));
    this.#shut(mark);
  }

  #touchFromAll(crowd: readonly number[]): void {
    for (const mentee of crowd) this.#touchFrom(this.#open(mentee, this.#least));
  }

  #shut(mark: number): void {
    for (let k = 0; k < this.#queued; k++) {
      const mentor = this.#queue[k] as number;
      this.closedBy[mentor] = mark;
      this.#seen[mentor] = closedForGood;
    }
  }

  #touchFrom(block: Uint32Array): void {
    const { closedBy, touched } = this;
    const end = this.#end;
    for (let k = this.#from; k < end; k++) {
      const closed = closedBy[mentorOf(block[k] as number)] as number;
      if (closed !== 0) touched.add(closed);
    }
  }

  /** Turns to what of a row has the least score, [#from, #end) of the block that it returns; the row down to `depth`. */
  #open(mentee: number, depth: number): Uint32Array {
    const block = this.#rows.downTo(mentee, depth);
    this.#from = this.#rows.from;
    this.#end = this.#endIn(block, this.#rows.to);
    return block;
  }

  #endIn(block: Uint32Array, to: number): number {
    const least = this.#least;
    let [from, end] = [this.#from, to];
    if (end === from || (block[end - 1] as number) >>> 24 >= least) return end;
    while (from < end) {
      const middle = (from + end) >>> 1;
      if ((block[middle] as number) >>> 24 >= least) from = middle + 1;
      else end = middle;
    }
    return end;
  }
}
