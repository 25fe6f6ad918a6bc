// Mentors who say the same in one matter, numbered: what holds for one of a class holds for all of it.
import { slotsPerWeek } from '../availability.ts';
import type { MatchMentor, MatchPerson } from './types.ts';
import { hourStartBits, setBit, slotsIn } from './week.ts';

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

export const languageClass = ({ languages }: MatchPerson): string => languages.join();
export const termsClass = ({ formats, modalities }: MatchPerson): string => `${formats.join()}|${modalities.join()}`;

/** The half-hours at which some mentor has a full hour get a bit each; others can never be in common. */
export class SlotColumns {
  readonly words: number;
  readonly #bitOf = new Int32Array(slotsPerWeek).fill(-1);

  constructor(mentors: readonly MatchMentor[]) {
    let bits = 0;
    for (const { slots } of mentors) {
      for (const slot of slotsIn(hourStartBits(slots))) {
        if (this.#bitOf[slot] === -1) this.#bitOf[slot] = bits++;
      }
    }
    this.words = Math.ceil(bits / 32);
  }

  /** The starts of a person's full hours, `words` words. */
  of({ slots }: Pick<MatchPerson, 'slots'>): Uint32Array {
    const bits = new Uint32Array(this.words);
    for (const slot of slotsIn(hourStartBits(slots))) {
      const bit = this.#bitOf[slot] as number;
      if (bit >= 0) setBit(bits, bit);
    }
    return bits;
  }
}
