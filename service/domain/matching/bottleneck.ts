// Step 3: the best possible lowest score.
import { Reach } from './reach.ts';
import type { Rows } from './rows.ts';
import { Seats } from './seats.ts';
import type { Task } from './task.ts';

export interface Bottleneck {
  /** Everybody can have a pair of this score at least, and not everybody a better one. */
  readonly lowest: number;
  /** Mentees who are too many for the places they could have above `lowest`; empty at 100. */
  readonly crowd: readonly number[];
}

/**
 * Bottleneck assignment by bisection over the scores (threshold method: Garfinkel 1971; Burkard, Dell'Amico, Martello
 * 2009, 6.2): at most seven searches for a place for everybody. The best score of the person worst off bounds it above.
 */
export function raiseLowest(rows: Rows, task: Task, floor: number): Bottleneck {
  let [bound, worstOff] = [101, -1];
  for (const mentee of task.people) {
    const best = rows.bestOf(mentee);
    if (best < bound) [bound, worstOff] = [best, mentee];
  }
  if (worstOff < 0) return { lowest: floor, crowd: [] };
  let lowest = floor;
  let crowd = bound < 100 ? [worstOff] : [];
  let above = bound + 1;
  for (let tried = bound; lowest < above - 1; tried = (lowest + above) >>> 1) {
    const tooMany = crowdAt(rows, task, tried);
    if (tooMany) {
      crowd = tooMany;
      above = tried;
    } else {
      lowest = tried;
    }
  }
  return { lowest, crowd };
}

/** The mentees of the first search that finds no place among pairs of a least score; undefined if all are placed. */
function crowdAt(rows: Rows, task: Task, least: number): number[] | undefined {
  const reach = new Reach(rows, new Seats(rows.mentees, task.places), least);
  for (const mentee of task.people) {
    if (!reach.place(mentee, 1)) return reach.crowdOf(mentee);
  }
  return undefined;
}
