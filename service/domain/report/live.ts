// Figures of a matching run are live, not frozen: read twice a day, exact ones would tell what one person did in between.
import { capacityBounds } from '../member.ts';
import { hidden, smallestShown, type Cell } from './suppress.ts';

/** Live counts are given as "at least", in steps of this size. */
export const liveStep = 5;

/**
 * A live count as it may be shown: hidden if it could stand for fewer persons than the threshold, else rounded down to
 * the step, so that no difference of two counts (served less proposed) is an exact one.
 * mostPerPerson: how many of what is counted one person can stand for.
 */
export function liveCell(count: number, mostPerPerson = 1): Cell {
  const fewestPersons = Math.ceil(count / mostPerPerson);
  return fewestPersons < smallestShown ? hidden : { shown: true, count: count - (count % liveStep) };
}

/** Places: one mentor may offer as many as the largest capacity. */
export function livePlaces(count: number): Cell {
  return liveCell(count, capacityBounds.most);
}
