// Points for languages, and for formats and ways to meet: both sides have few of each, so whole rows are shared.
import type { MatchRules } from './rules.ts';
import { formatField, formatList, languageList, modalityField, termsCount } from './said.ts';
import type { Speeches } from './said.ts';
import { formatPoints, languagePoints } from './score.ts';
import { bitCount } from './week.ts';

const formatMasks = (1 << formatField.count) - 1;
const modalityMasks = (1 << modalityField.count) - 1;

/** Rows by the languages of a mentee: one byte per speech of the mentors, made when first asked for. */
export class SpeechTable {
  readonly #rules: MatchRules;
  readonly #speeches: Speeches;
  readonly #length: number;
  readonly #rows: (Int8Array | undefined)[] = [];

  constructor(speeches: Speeches, rules: MatchRules) {
    this.#rules = rules;
    this.#speeches = speeches;
    this.#length = speeches.orders.length;
  }

  row(speech: number): Int8Array {
    return (this.#rows[speech] ??= this.#made(speech));
  }

  #made(speech: number): Int8Array {
    const { orders } = this.#speeches;
    const speaker = { languages: languageList.inOrder(orders[speech] as number) };
    return Int8Array.from({ length: this.#length }, (_, other) =>
      languagePoints(this.#rules, speaker, { languages: languageList.inOrder(orders[other] as number) }),
    );
  }
}

/** Rows by the way of a mentee (see wayOf): one byte for any formats and modalities of a mentor, as bits. */
export class WayTable {
  readonly #rules: MatchRules;
  readonly #rows: (Int8Array | undefined)[] = [];

  constructor(rules: MatchRules) {
    this.#rules = rules;
  }

  row(way: number): Int8Array {
    return (this.#rows[way] ??= this.#made(way));
  }

  #made(way: number): Int8Array {
    const order = way >>> modalityField.count;
    const formats = formatList.mask(formatList.inOrder(order));
    const first = order === 0 ? 0 : 1 << formatList.dearest(order);
    const row = new Int8Array(termsCount);
    for (let terms = 0; terms < termsCount; terms++) {
      const offered = terms & formatMasks;
      const ways = bitCount(way & modalityMasks & (terms >>> formatField.count));
      row[terms] = formatPoints(this.#rules, {
        isFirst: (first & offered) !== 0,
        isCommon: (formats & offered) !== 0,
        ways,
      });
    }
    return row;
  }
}
