// How a search may turn out, in words.
import type { OutlookOf, WishKind } from '../../domain/outlook.ts';
import { toldDay } from './words.ts';
import type { Visit } from '../visit.ts';

/** page: to the person themselves, or to whoever handles their case. */
export function outlookWords(
  { t, locale }: Pick<Visit, 't' | 'locale'>,
  { outlook, on, isSmall }: OutlookOf,
  page: 'outlook:' | 'case:outlook.' = 'outlook:',
): string {
  return t(`${page}${isSmall ? 'small' : outlook}`, { date: toldDay({ locale }, on) });
}

/** Where that very thing is changed. */
const places: Readonly<Record<WishKind, string>> = {
  topic: '/request/change',
  format: '/request/change',
  lab: '/request/change',
  language: '/profile',
  modality: '/profile',
  availability: '/availability',
};

export interface Limit {
  readonly text: string;
  readonly href: string;
  readonly link: string;
}

/** What limits the search: wishes of one's own. */
export function presentLimits({ t }: Pick<Visit, 't'>, { limits }: Pick<OutlookOf, 'limits'>): Limit[] {
  return limits.map((kind) => ({
    text: t(`outlook:limit.${kind}`),
    href: places[kind],
    link: t(`outlook:change.${kind}`),
  }));
}
