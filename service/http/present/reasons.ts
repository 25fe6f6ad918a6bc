// Why these two, as sentences for one side. What would place the other person (their lab) or repeat a private wish of the
// other side is left out: a teller that says nothing is a fact that stays untold.
import type { Fact, FactCode } from '../../domain/matching/index.ts';
import type { MatchReason, ProposalSide } from '../../domain/proposal.ts';
import type { Visit } from '../visit.ts';
import { term, terms } from './words.ts';

type Viewer = Pick<Visit, 't' | 'locale'> & { readonly side: ProposalSide };
type Tellers = { readonly [C in FactCode]: (viewer: Viewer, fact: Extract<Fact, { code: C }>) => string };

const manyHours = 10;
const untold = (): string => '';

const tellers: Tellers = {
  shared_topics: (viewer, { topics }) =>
    viewer.t('reasons:shared_topics', { count: topics.length, topics: terms(viewer, 'topic', topics) }),
  first_wish_met: (viewer, { topic }) =>
    viewer.side === 'mentee' ? viewer.t('reasons:first_wish_met', { topic: term(viewer, 'topic', topic) }) : '',
  kept_for_conversation: ({ t }) => t('reasons:kept_for_conversation'),
  // No finer: how many of somebody's hours are missing would tell of another clock, or of an absence.
  common_hours: ({ t }, { hours }) =>
    hours > manyHours
      ? t('reasons:many_hours', { count: manyHours })
      : t('reasons:common_hours', { count: Math.floor(hours) }),
  both_any_time: ({ t }) => t('reasons:both_any_time'),
  common_languages: (viewer, { languages }) =>
    viewer.t('reasons:common_languages', { count: languages.length, languages: terms(viewer, 'language', languages) }),
  first_language_of: (viewer, { side }) => {
    if (side === 'both') return viewer.t('reasons:first_language.both');
    return side === viewer.side ? viewer.t('reasons:first_language.yours') : '';
  },
  same_lab: untold,
  other_lab: untold,
  lab_preference: ({ t, side }, { preference, met }) =>
    side === 'mentee' && met && preference !== 'any' ? t('reasons:lab_preference') : '',
  common_format: (viewer, { format }) => viewer.t('reasons:common_format', { format: term(viewer, 'format', format) }),
  common_modalities: (viewer, { modalities }) =>
    viewer.t('reasons:common_modalities', {
      count: modalities.length,
      modalities: terms(viewer, 'modality', modalities),
    }),
  shared_families: untold,
};

function tell(viewer: Viewer, fact: Fact): string {
  // The table's type pairs each code with its own fact; the compiler cannot follow that through a union.
  return (tellers[fact.code] as (viewer: Viewer, fact: Fact) => string)(viewer, fact);
}

/** Sentences in the order of the score's parts, each once. */
export function presentReasons(viewer: Viewer, reasons: readonly MatchReason[]): string[] {
  const sentences = reasons.flatMap(({ facts }) => facts.map((fact) => tell(viewer, fact)));
  return [...new Set(sentences)].filter((sentence) => sentence !== '');
}
