// Figures of a matching run are live, not frozen: read twice a day, exact ones would tell what one person did in between.
import { capacityBounds } from '../mentor-offer.ts';
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

/** Scores are told from so many served requests on, as medians are. */
const fewestScored = 10;
const highestScore = 100;

/**
 * What a run found about pairs. pairs: how many are possible, by its first digit only: one person more or less may change
 * it by as many as there are persons on the other side. lowest, total: scores (0 to 100), rounded down so that no single
 * pair's can be told from a difference.
 */
export function livePairs(run: {
  readonly requests: number;
  readonly places: number;
  readonly served: number;
  readonly pairs?: number;
  readonly lowest?: number;
  readonly total?: number;
}): { readonly pairs: Cell; readonly lowest: Cell; readonly total: Cell } {
  const { requests, places, served, pairs = 0, lowest = 0, total = 0 } = run;
  const isCrowd = liveCell(requests).shown && livePlaces(places).shown && pairs >= smallestShown;
  const digits = 10 ** Math.floor(Math.log10(Math.max(pairs, 1)));
  const scored = (count: number, step: number): Cell =>
    served < fewestScored ? hidden : { shown: true, count: count - (count % step) };
  return {
    pairs: isCrowd ? { shown: true, count: pairs - (pairs % digits) } : hidden,
    lowest: scored(lowest, liveStep),
    total: scored(total, liveStep * highestScore),
  };
}
