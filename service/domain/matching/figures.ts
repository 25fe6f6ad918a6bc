// The figures of a result, worked out from who has whom alone.
import type { MentorsSaid } from './people.ts';
import type { MatchFigures, ScoredPair } from './types.ts';

/** Per mentor the places that can be given; more than there are people are never of use. */
export function usablePlaces({ places }: MentorsSaid, people: number): Int32Array {
  return places.map((count) => Math.min(count, people));
}

export function figuresOf({ mentees, places, usedBefore, used, pairs, feasible }: Outcome): MatchFigures {
  let [load, total, allPlaces] = [0, 0, 0];
  let lowest = pairs[0]?.score ?? 0;
  for (let mentor = 0; mentor < places.length; mentor++) {
    const inUse = (usedBefore[mentor] as number) + (used[mentor] as number);
    load += inUse * inUse;
    allPlaces += places[mentor] as number;
  }
  for (const { score } of pairs) {
    total += score;
    lowest = Math.min(lowest, score);
  }
  const [mentors, served] = [places.length, pairs.length];
  return { mentees, mentors, places: allPlaces, pairs: feasible, served, lowest, total, load };
}

interface Outcome {
  /** Number of mentees. */
  readonly mentees: number;
  /** Per mentor, in any one order: usable places, places in use before, and places used by the pairs. */
  readonly places: Int32Array;
  readonly usedBefore: Int32Array;
  readonly used: ArrayLike<number>;
  readonly pairs: readonly ScoredPair[];
  /** Number of feasible pairs. */
  readonly feasible: number;
}
