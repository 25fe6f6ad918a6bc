// A quick start for step 4: people bid for mentors until most have one, at prices that stay sound.
import type { Assignment } from './assignment.ts';
import { mentorOf, scoreOf } from './points.ts';

const far = 0x3fffffff;
/** So many bids per person at most; whoever then has no place is placed by the search that follows. */
const bidsEach = 4;

/**
 * Ascending auction for whole prices and mentors with several places (Demange, Gale, Sotomayor 1986; the row reduction
 * of Jonker and Volgenant 1987 is the case of one place). Whoever bids goes to the best mentor at present prices and says
 * up to which price no other mentor is better. Where one more bids than there are places, whoever would go first leaves,
 * and that is the new price. So prices only grow, everybody seated has nothing better, and only full mentors have a price.
 * Rows are sorted and prices never negative, so a bid reads a row no deeper than to its second best mentor.
 */
export class Auction {
  readonly #assignment: Assignment;
  /** Per mentee seated: up to which price no other mentor is better, and the score there. */
  readonly #level: Int32Array;
  readonly #score: Uint8Array;
  /** What the last look into a row found: the best mentor with its score, what it leaves, and what the second leaves. */
  #mentor = -1;
  #points = 0;
  #best = 0;
  #second = 0;

  constructor(assignment: Assignment) {
    this.#assignment = assignment;
    this.#level = new Int32Array(assignment.rows.mentees);
    this.#score = new Uint8Array(assignment.rows.mentees);
  }

  /** Seats as many as it can, sets everybody's price, and returns those without a place. */
  run(): number[] {
    const { task, prices, seats } = this.#assignment;
    const waiting = [...task.people];
    let bids = bidsEach * waiting.length;
    for (let k = 0; k < waiting.length && bids > 0; k++, bids--) {
      const next = this.#bid(waiting[k] as number);
      if (next >= 0) waiting.push(next);
    }
    for (const mentee of task.people) {
      const mentor = seats.mentorOf(mentee);
      if (mentor < 0) this.#look(mentee);
      prices.mentee[mentee] =
        mentor < 0 ? this.#best : (this.#score[mentee] as number) - (prices.mentor[mentor] as number);
    }
    return task.people.filter((mentee) => (seats.seat[mentee] as number) < 0);
  }

  /** Returns who is to bid next because of it, or -1. */
  #bid(mentee: number): number {
    const { seats, prices } = this.#assignment;
    this.#look(mentee);
    const mentor = this.#mentor;
    const price = prices.mentor[mentor] as number;
    const level = Math.min(far, price + this.#best - this.#second);
    this.#score[mentee] = this.#points;
    this.#level[mentee] = level;
    if ((seats.free[mentor] as number) > 0) {
      seats.take(mentee, mentor);
      return -1;
    }
    const first = this.#firstToGo(mentor);
    const least = this.#level[first] as number;
    if (level > least) {
      prices.mentor[mentor] = least;
      seats.replace(first, mentee);
      return first;
    }
    prices.mentor[mentor] = level;
    return level > price ? mentee : -1;
  }

  #firstToGo(mentor: number): number {
    const { start, used, holder } = this.#assignment.seats;
    const from = start[mentor] as number;
    const end = from + (used[mentor] as number);
    let first = holder[from] as number;
    for (let place = from + 1; place < end; place++) {
      const other = holder[place] as number;
      if ((this.#level[other] as number) < (this.#level[first] as number)) first = other;
    }
    return first;
  }

  /** Finds the best mentor for a mentee, one with a free place if several are best, and what the second best leaves. */
  #look(mentee: number): void {
    const { rows, prices, least, seats } = this.#assignment;
    let block = rows.downTo(mentee, 100);
    this.#mentor = -1;
    this.#best = -far;
    this.#second = -far;
    for (let k = rows.from; ; k++) {
      if (k === rows.to) {
        const next = rows.depthOf(mentee) - 1;
        if (next < least || next <= this.#second) return;
        const read = k - rows.from;
        block = rows.downTo(mentee, Math.max(least, this.#second + 1));
        k = rows.from + read;
        if (k === rows.to) return;
      }
      const pair = block[k] as number;
      const score = scoreOf(pair);
      if (score <= this.#second || score < least) return;
      const mentor = mentorOf(pair);
      const left = score - (prices.mentor[mentor] as number);
      const isBetter =
        left > this.#best ||
        (left === this.#best && (seats.free[mentor] as number) > (seats.free[this.#mentor] as number));
      if (isBetter) {
        this.#second = this.#best;
        this.#best = left;
        this.#mentor = mentor;
        this.#points = score;
      } else if (left > this.#second) {
        this.#second = left;
      }
    }
  }
}
