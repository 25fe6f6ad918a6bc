// Mentors who say the same in one matter, numbered: what holds for one of a class holds for all of it.
import type { MatchMentor } from './types.ts';

export interface Classes {
  /** Per mentor the number of the class. */
  readonly of: Uint32Array;
  /** Per class one mentor of it. */
  readonly first: readonly MatchMentor[];
}

/** Linear in the mentors. */
export function classesOf(mentors: readonly MatchMentor[], textOf: (mentor: MatchMentor) => string): Classes {
  const numbers = new Map<string, number>();
  const first: MatchMentor[] = [];
  const of = Uint32Array.from(mentors, (mentor) => {
    const text = textOf(mentor);
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, first.length);
    return first.push(mentor) - 1;
  });
  return { of, first };
}
