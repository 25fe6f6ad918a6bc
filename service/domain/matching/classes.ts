// Mentors who say the same in one matter, numbered: what holds for one of a class holds for all of it.
import type { MatchMentor } from './types.ts';

export interface Classes {
  /** Per mentor the number of the class. */
  readonly of: Uint32Array;
  /** Per class one mentor of it. */
  readonly first: readonly MatchMentor[];
}

/** Linear in the mentors. key: the same for those of one class. */
export function classesOf(
  mentors: readonly MatchMentor[],
  key: (mentor: MatchMentor, at: number) => string | number,
): Classes {
  const numbers = new Map<string | number, number>();
  const first: MatchMentor[] = [];
  const of = new Uint32Array(mentors.length);
  for (let at = 0; at < mentors.length; at++) {
    const mentor = mentors[at] as MatchMentor;
    const own = key(mentor, at);
    let number = numbers.get(own);
    if (number === undefined) {
      number = first.push(mentor) - 1;
      numbers.set(own, number);
    }
    of[at] = number;
  }
  return { of, first };
}
