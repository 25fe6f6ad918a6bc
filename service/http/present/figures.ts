// Numbers and dates as the report's pages say them; a hidden number is words.
import type { Cell } from '../../domain/report/suppress.ts';
import type { Visit } from '../visit.ts';
import { told } from './words.ts';

const numbers = new Map<string, Intl.NumberFormat>();

export function number(locale: string, count: number): string {
  const language = locale === 'en' ? 'en-GB' : 'fr-FR';
  const format = numbers.get(language) ?? new Intl.NumberFormat(language);
  numbers.set(language, format);
  return format.format(count);
}

export interface ShownCell {
  readonly text: string;
  readonly tooFew: boolean;
}

export function shownCell({ t, locale }: Visit, cell: Cell): ShownCell {
  return cell.shown ? { text: number(locale, cell.count), tooFew: false } : { text: t('report:too_few'), tooFew: true };
}

/** A number of the moment, rounded down. */
export function leastCell(visit: Visit, cell: Cell): ShownCell {
  const { text, tooFew } = shownCell(visit, cell);
  return { text: tooFew ? text : visit.t('report:at_least', { n: text }), tooFew };
}

/** French counts the first of a month as such. */
export function dateOf(visit: Visit, instant: Date): string {
  const date = told(visit, instant, 'date');
  return visit.locale === 'fr' ? date.replace(/^1 /u, '1er ') : date;
}

export function momentOf(visit: Visit, instant: Date): string {
  return visit.t('report:matching.at', { date: dateOf(visit, instant), time: told(visit, instant, 'time') });
}
