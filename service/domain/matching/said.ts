// What people say in the closed matters, as bits in the order of the lists of terms.
import { formats, labPreferences, languages, modalities } from '../terms.ts';
import type { DialogueFormat, LabPreference, Language, Modality } from '../terms.ts';
import { topics } from '../topic.ts';
import type { Topic } from '../topic.ts';
import type { MatchMentor, MatchPerson } from './types.ts';
import { Weeks } from './weeks.ts';

export type Term = Topic | Language | DialogueFormat | Modality | LabPreference;
const numbers = new Map<Term, number>(
  [...topics, ...languages, ...formats, ...modalities, ...labPreferences].map((term, at) => [term, at + 1]),
);

/** A whole number for each term: below 32 for those of the lists, 0 for what is none. */
export const termNumber = (term: Term): number => numbers.get(term) ?? 0;

/** So many terms of a list are counted by an order. */
const mostOrdered = 3;

/** Gives lists of terms a number that tells their order too; -1 for those longer than three. */
function orderBy<T extends string>(terms: readonly T[]): (said: readonly T[]) => number {
  const digits = new Map<T, number>(terms.map((term, at) => [term, at + 1]));
  return (said) => {
    if (said.length > mostOrdered) return -1;
    let order = 0;
    for (let k = 0; k < said.length; k++) order = order * (terms.length + 1) + (digits.get(said[k] as T) ?? 0);
    return order;
  };
}

export const languageOrder = orderBy(languages);
export const formatOrder = orderBy(formats);
export const modalityOrder = orderBy(modalities);

/** Gives lists of terms one bit for each. */
function maskBy<T extends string>(terms: readonly T[]): (said: readonly T[], most?: number) => number {
  const bits = new Map<T, number>(terms.map((term, at) => [term, 1 << at]));
  return (said, most = said.length) => {
    let mask = 0;
    for (let k = 0; k < said.length && k < most; k++) mask |= bits.get(said[k] as T) ?? 0;
    return mask;
  };
}

export const topicCount = topics.length;
/** Per topic the number of its bit. */
export const topicNumber: ReadonlyMap<Topic, number> = new Map(topics.map((topic, at) => [topic, at]));
export const topicMask = maskBy(topics);
export const languageMask = maskBy(languages);
export const formatMask = maskBy(formats);
export const modalityMask = maskBy(modalities);

/** A part of a manner: `count` bits from bit `from` on. */
interface Field {
  readonly from: number;
  readonly count: number;
}

const after = ({ from, count }: Field, next: number): Field => ({ from: from + count, count: next });
export const languageField: Field = { from: 0, count: languages.length };
export const formatField = after(languageField, formats.length);
export const modalityField = after(formatField, modalities.length);
const firstLanguageField = after(modalityField, languages.length);
const firstFormatField = after(firstLanguageField, formats.length);

const bitsOf = ({ from, count }: Field): number => ((1 << count) - 1) << from;
export const speechBits = bitsOf(languageField) | bitsOf(firstLanguageField);
export const sharedBits = bitsOf(languageField) | bitsOf(formatField) | bitsOf(modalityField);
const firstFormatBits = bitsOf(firstFormatField);

/** How somebody would talk, in one number: languages, formats and modalities, and the first of the first two. */
export function mannerOf({ languages, formats, modalities }: Manner): number {
  return (
    languageMask(languages) |
    (formatMask(formats) << formatField.from) |
    (modalityMask(modalities) << modalityField.from) |
    (languageMask(languages, 1) << firstLanguageField.from) |
    (formatMask(formats, 1) << firstFormatField.from)
  );
}

/** The same for a mentor, whose formats have no order. */
export function mentorMannerOf(mentor: Manner): number {
  return mannerOf(mentor) & ~firstFormatBits;
}

type Manner = Pick<MatchPerson, 'languages' | 'formats' | 'modalities'>;

/** The terms of a field that a manner names, as bits from 0 on. */
export function fieldOf(manner: number, { from, count }: Field): number {
  return (manner >>> from) & ((1 << count) - 1);
}

/** What the mentors of a run say, worked out once for the bits and for the points. */
export interface MentorsSaid {
  readonly weeks: Weeks;
  /** Per mentor, as mentorMannerOf gives it. */
  readonly manners: Int32Array;
}

/** Linear in the mentors. */
export function whatTheySay(mentors: readonly MatchMentor[]): MentorsSaid {
  const manners = new Int32Array(mentors.length);
  for (let at = 0; at < mentors.length; at++) manners[at] = mentorMannerOf(mentors[at] as MatchMentor);
  return { weeks: new Weeks(mentors), manners };
}
