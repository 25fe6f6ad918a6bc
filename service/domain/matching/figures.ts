// The figures of a result, worked out from the input and the pairs alone.
import type { MatchFigures, MatchInput, MatchMentor, ScoredPair } from './types.ts';

/** More places than people are never of use. */
export function usablePlaces(mentor: MatchMentor, people: number): number {
  return mentor.paused === true ? 0 : Math.max(0, Math.min(mentor.places, people));
}

/** The figures of a result, from the input and the pairs alone. */
export function figuresOf(input: MatchInput, { pairs, feasible }: Outcome): MatchFigures {
  const used = new Map(input.mentors.map(({ personId, usedPlaces }) => [personId, usedPlaces]));
  for (const { mentorId } of pairs) used.set(mentorId, (used.get(mentorId) ?? 0) + 1);
  let load = 0;
  for (const count of used.values()) load += count * count;
  const scores = pairs.map(({ score }) => score);
  return {
    mentees: input.mentees.length,
    mentors: input.mentors.length,
    places: input.mentors.reduce((sum, mentor) => sum + usablePlaces(mentor, input.mentees.length), 0),
    pairs: feasible,
    served: pairs.length,
    lowest: scores.reduce((least, score) => Math.min(least, score), scores[0] ?? 0),
    total: scores.reduce((sum, score) => sum + score, 0),
    load,
  };
}

interface Outcome {
  readonly pairs: readonly ScoredPair[];
  /** Number of feasible pairs. */
  readonly feasible: number;
}
