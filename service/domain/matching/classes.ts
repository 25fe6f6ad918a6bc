// Mentors who say the same in one matter, numbered: what holds for one of a class holds for all of it.
import { hourStarts } from '../availability.ts';
import type { MatchMentor, MatchPerson } from './types.ts';

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

/** The half-hours at which some mentor has a full hour, each with its bit; others can never be in common. */
export interface SlotColumns {
  readonly bitOf: ReadonlyMap<number, number>;
  readonly words: number;
}

export function slotColumns(mentors: readonly MatchMentor[]): SlotColumns {
  const starts = new Set(mentors.flatMap(({ slots }) => hourStarts(slots)));
  const bitOf = new Map([...starts].sort((a, b) => a - b).map((slot, bit) => [slot, bit]));
  return { bitOf, words: Math.ceil(bitOf.size / 32) };
}

/** Per person `words` words: the starts of their full hours as bits. */
export function slotWordsOf(people: readonly Pick<MatchPerson, 'slots'>[], { bitOf, words }: SlotColumns): Uint32Array {
  const bits = new Uint32Array(people.length * words);
  people.forEach(({ slots }, at) => {
    for (const slot of hourStarts(slots)) {
      const bit = bitOf.get(slot);
      if (bit === undefined) continue;
      const word = at * words + (bit >>> 5);
      bits[word] = (bits[word] ?? 0) | (1 << (bit & 31));
    }
  });
  return bits;
}
