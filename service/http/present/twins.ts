// Two registrations with an address in common: how this one's person sees them, and what they can say. Nothing of the other one.
import type { TwinsAnswer, TwinsView } from '../../domain/twins.ts';
import type { MemberVisit } from '../visit.ts';
import { fieldsOf, type Filled } from './fields.ts';

/** What can be said, the likeliest first. */
const answers: Readonly<Record<TwinsView, readonly TwinsAnswer[]>> = {
  asked: ['end', 'apart'],
  may_end: ['stay', 'apart'],
  may_go_on: ['go_on', 'apart'],
  joining: [],
  joined: [],
  apart: [],
  over: [],
  gone: [],
};

export function presentTwins({ t }: MemberVisit, { view, link }: { view: TwinsView; link: string }): object {
  const [first, ...others] = answers[view].map((answer) => ({ answer, link, label: t(`twins:answer.${answer}`) }));
  return {
    state: t(`twins:state.${view}`),
    lead: first ? t('twins:lead') : '',
    first,
    others,
    heading: t(`twins:one.heading.${view === 'may_end' ? 'said' : 'open'}`),
    isAsked: view === 'asked',
    goesOn: view === 'may_go_on',
    ends: view === 'asked' || view === 'may_go_on',
  };
}

/** Before the link is known. */
export function presentTwinsCode({ t }: MemberVisit, filled: Filled): object {
  const fields = fieldsOf(t, filled);
  return { toPaste: true, summary: fields.summary(), link: fields.text('link') };
}
