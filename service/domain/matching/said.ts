// What people say in the closed lists of terms, as numbers.
import { formats, labPreferences, languages, modalities } from '../terms.ts';
import type { Language } from '../terms.ts';
import { topics } from '../topic.ts';
import { TermList } from './term-list.ts';

export const topicList = new TermList(topics);
export const languageList = new TermList(languages);
export const formatList = new TermList(formats);
export const modalityList = new TermList(modalities);
export const preferenceList = new TermList(labPreferences);

export const topicCount = topics.length;
/** A subject that is kept for the conversation, as a bit above the topics. */
export const keptTopic = 1 << topicCount;
/** Wishes in one number; further ones need a second. */
export const wishesInOne = Math.floor(32 / topicList.width);

/** A part of a manner: `count` bits from bit `from` on. */
interface Field {
  readonly from: number;
  readonly count: number;
}

export const languageField: Field = { from: 0, count: languages.length };
export const formatField: Field = { from: languages.length, count: formats.length };
export const modalityField: Field = { from: languages.length + formats.length, count: modalities.length };
/** The bits of a manner that are formats and modalities. */
export const termsFrom = formatField.from;
export const termsCount = 1 << (formats.length + modalities.length);

/** How somebody would talk, as three sets of bits in one number: languages, formats, modalities. */
export function mannerOf(languages: number, formats: number, modalities: number): number {
  return languages | (formats << formatField.from) | (modalities << modalityField.from);
}

/** The terms of a field that a manner names, as bits from 0 on. */
export function fieldOf(manner: number, { from, count }: Field): number {
  return (manner >>> from) & ((1 << count) - 1);
}

/** A mentee's formats, the dearest first, and modalities in one number: what part format looks at. */
export function wayOf(formatOrder: number, modalities: number): number {
  return (formatOrder << modalityField.count) | modalities;
}

/** The languages somebody speaks, the first one first: numbered as they come. */
export class Speeches {
  readonly masks: number[] = [];
  readonly orders: number[] = [];
  readonly #numbers = new Map<number, number>();

  number(said: readonly Language[]): number {
    const order = languageList.order(said);
    const known = this.#numbers.get(order);
    if (known !== undefined) return known;
    this.#numbers.set(order, this.orders.length);
    this.masks.push(languageList.maskIn(order));
    return this.orders.push(order) - 1;
  }
}
