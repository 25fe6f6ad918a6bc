// Step 4: the highest total score, everybody in the task placed, no pair below the lowest score.
import { Auction } from './auction.ts';
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
 * Primal-dual assignment on whole prices (Kuhn 1955): an auction seats most, then one after the other is
 * placed by a shortest path, as Jonker and Volgenant (1987) do it for one place each.
 * Worst case (mentees without a place after the auction) x (pairs + largest price).
 */
export function assignBest({ rows, task, least }: Setting): Assignment {
  const seats = new Seats(rows.mentees, task.places);
  const prices = { mentee: new Int32Array(rows.mentees), mentor: new Int32Array(task.places.length) };
  const assignment = { rows, task, least, seats, prices };
  const search = new PriceSearch(assignment);
  for (const mentee of new Auction(assignment).run()) search.place(mentee);
  return assignment;
}
