// The closed lists of terms as numbers: a bit for each term of a set, a digit for each term of a list whose order counts.
import { formats, labPreferences, languages, modalities } from '../terms.ts';
import type { Language } from '../terms.ts';
import { topics } from '../topic.ts';

/** A list of terms. Digits are 1 for its first term and so on; in an order the dearest stands in the lowest digit. */
export class TermList<T extends string> {
  readonly terms: readonly T[];
  /** Bits of a digit. */
  readonly width: number;
  readonly #digits: ReadonlyMap<T, number>;

  constructor(terms: readonly T[]) {
    this.terms = terms;
    this.width = 32 - Math.clz32(terms.length);
    this.#digits = new Map(terms.map((term, at) => [term, at + 1]));
  }

  /** @throws RangeError for what is no term of the list */
  digit(term: T): number {
    const digit = this.#digits.get(term);
    if (digit === undefined) throw new RangeError('a term that is on no list');
    return digit;
  }

  /** Bit k for the term with digit k + 1. */
  mask(said: readonly T[]): number {
    let mask = 0;
    for (let k = 0; k < said.length; k++) mask |= 1 << (this.digit(said[k] as T) - 1);
    return mask;
  }

  /** Digits of the terms from rank `from` on, as many as fit 32 bits. */
  order(said: readonly T[], from = 0): number {
    let order = 0;
    for (let k = from, shift = 0; k < said.length && shift + this.width <= 32; k++, shift += this.width) {
      order |= this.digit(said[k] as T) << shift;
    }
    return order;
  }

  /** The place in the list of the dearest term of an order; what is left of the order is order >>> width. */
  dearest(order: number): number {
    return (order & ((1 << this.width) - 1)) - 1;
  }

  /** The terms of an order as a mask. */
  maskIn(order: number): number {
    let mask = 0;
    for (let left = order; left !== 0; left >>>= this.width) mask |= 1 << this.dearest(left);
    return mask;
  }

  /** The terms of a mask, in the order of the list. */
  inMask(mask: number): T[] {
    return this.terms.filter((_, at) => ((mask >>> at) & 1) === 1);
  }

  /** The terms of an order. */
  inOrder(order: number): T[] {
    const said: T[] = [];
    for (let left = order; left !== 0; left >>>= this.width) said.push(this.terms[this.dearest(left)] as T);
    return said;
  }
}

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
