// What a course editor may place as a link of its own (LTI deep linking): the pages that a launch may open directly.
import type { View } from '../../lti/index.ts';
import type { Sentences } from '../../views/index.ts';
import { localeFor } from './serve.ts';

const offered = [
  { id: 'home', path: '/' },
  { id: 'mentor', path: '/mentor' },
  { id: 'referral', path: '/referral' },
  { id: 'report', path: '/report' },
] as const;

/** The views on offer, in the language of the launch. Whoever opens a link needs the same rights as without it. */
export function entryViews(sentences: Sentences): (locale: string) => View[] {
  return (locale) =>
    offered.map(({ id, path }) => ({ id, path, title: sentences.in(localeFor(locale))(`${id}:title`) }));
}
