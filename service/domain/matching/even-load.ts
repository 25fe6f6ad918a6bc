// Step 5: among the results with the highest total, the one that loads mentors most evenly.
import type { Assignment } from './assignment.ts';
import { mentorOf, scoreOf } from './points.ts';

/**
 * Optimal semi-matching (Harvey, Ladner, Lovasz, Tamir 2006): the sum of squares is least exactly if no chain of moves
 * along tight pairs leads from a mentor to one with at least two places less in use. Mentors with a price must stay
 * full in every best total (complementary slackness), so chains begin only where the price is 0.
 * The most loaded go first; where no chain is found, all that was seen is closed for good.
 * Returns per mentor the largest load from which a chain leads there: the certificate that no chain is left.
 */
export function evenLoad(assignment: Assignment, usedBefore: Int32Array): Uint32Array {
  const { seats, prices, task } = assignment;
  const chains = new Chains(assignment, usedBefore);
  const byLoad: number[][] = [];
  const enter = (mentor: number): void => {
    if (mentor >= task.benches || prices.mentor[mentor] !== 0 || seats.used[mentor] === 0) return;
    const load = chains.load(mentor);
    while (byLoad.length <= load) byLoad.push([]);
    (byLoad[load] as number[]).push(mentor);
  };
  for (let mentor = 0; mentor < task.benches; mentor++) enter(mentor);
  for (let load = byLoad.length - 1; load > 0; load--) {
    const mentors = byLoad[load] as number[];
    for (let mentor = mentors.pop(); mentor !== undefined; mentor = mentors.pop()) {
      if (chains.load(mentor) !== load || chains.closedAt[mentor] !== 0) continue;
      const relieved = chains.relieve(mentor);
      if (relieved < 0) continue;
      enter(mentor);
      enter(relieved);
    }
  }
  return chains.closedAt;
}

class Chains {
  /** Per mentor the load at which it was closed, 0 while open. */
  readonly closedAt: Uint32Array;
  readonly #assignment: Assignment;
  readonly #usedBefore: Int32Array;
  readonly #via: Int32Array;
  readonly #seen: Uint32Array;
  #search = 0;

  constructor(assignment: Assignment, usedBefore: Int32Array) {
    this.#assignment = assignment;
    this.#usedBefore = usedBefore;
    this.closedAt = new Uint32Array(assignment.seats.mentors);
    this.#via = new Int32Array(assignment.seats.mentors);
    this.#seen = new Uint32Array(assignment.seats.mentors);
  }

  load(mentor: number): number {
    return (this.#usedBefore[mentor] ?? 0) + (this.#assignment.seats.used[mentor] as number);
  }

  /** Moves one place in use from a mentor to one with at least two less; returns that mentor, or -1 and closes. */
  relieve(origin: number): number {
    this.#search += 1;
    this.#seen[origin] = this.#search;
    const light = this.load(origin) - 2;
    const queue = [origin];
    for (let k = 0; k < queue.length; k++) {
      const mentor = queue[k] as number;
      for (const mentee of this.#assignment.seats.holdersOf(mentor)) {
        const target = this.#lookFrom(mentee, light, queue);
        if (target < 0) continue;
        this.#assignment.seats.shift(this.#via, target, origin);
        return target;
      }
    }
    for (const mentor of queue) this.closedAt[mentor] = light + 2;
    return -1;
  }

  #lookFrom(mentee: number, light: number, queue: number[]): number {
    const { rows, prices, seats, task, least } = this.#assignment;
    const price = prices.mentee[mentee] as number;
    // Mentors' prices are never negative: below their own price nothing is tight.
    const stop = Math.max(price, least);
    const block = rows.downTo(mentee, Math.min(stop, 100));
    const { from, to } = rows;
    for (let k = from; k < to; k++) {
      const pair = block[k] as number;
      const score = scoreOf(pair);
      if (score < stop) break;
      const mentor = mentorOf(pair);
      if (this.#seen[mentor] === this.#search || this.closedAt[mentor] !== 0) continue;
      if ((prices.mentor[mentor] as number) !== score - price) continue;
      this.#seen[mentor] = this.#search;
      this.#via[mentor] = mentee;
      if (mentor < task.benches && (seats.free[mentor] as number) > 0 && this.load(mentor) <= light) return mentor;
      queue.push(mentor);
    }
    return -1;
  }
}
