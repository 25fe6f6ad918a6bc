// A score in its named parts, each with its points and the facts behind them; the sentences live with the locales.
import { modalities } from '../terms.ts';
import type { DialogueFormat, Modality } from '../terms.ts';
import type { Topic } from '../topic.ts';
import type { MatchRules } from './rules.ts';
import {
  availabilityPoints,
  firstLanguageOf,
  formatPoints,
  labPoints,
  labWishMet,
  languagePoints,
  sharedTopics,
  subjectMeeting,
  subjectPoints,
} from './score.ts';
import type { SubjectMeeting } from './score.ts';
import type { Fact, MatchMentee, MatchMentor, MatchPerson, ScoredPair, ScorePart } from './types.ts';
import { meetingTime, startsInWaysOf } from './week.ts';
import type { TimeTogether } from './weeks.ts';

/** The score of a pair that is feasible under the rules, explained. Adds up to the score the run works with. */
export function explainPair(rules: MatchRules, mentee: MatchMentee, mentor: MatchMentor): ScoredPair {
  const shared = sharedTopics(mentee, mentor);
  const meeting = subjectMeeting(rules, mentee, { mentor, shared });
  const { topics, breadth } = subjectPoints(rules, meeting);
  return pairOf(mentee, mentor, [
    topicsPart(rules, { shared, first: mentee.topics[0], kept: meeting.kept, points: topics }),
    availabilityPart(rules, timeTogether(mentee, mentor)),
    languagesPart(rules, mentee, mentor),
    labPart(rules, mentee, mentor),
    formatPart(rules, waysTogether(mentee, mentor)),
    breadthPart(rules, meeting, breadth),
  ]);
}

/** The pair with the sum of its parts. */
export function pairOf(mentee: MatchMentee, mentor: MatchMentor, parts: readonly ScorePart[]): ScoredPair {
  let score = 0;
  for (const { points } of parts) score += points;
  return { requestId: mentee.id, mentorId: mentor.personId, score, parts };
}

/** What part topics tells. shared: in the order of the wishes. first: the dearest wish. */
interface TopicsTogether {
  readonly shared: readonly Topic[];
  readonly first: Topic | undefined;
  readonly kept: boolean;
  readonly points: number;
}

export function topicsPart(rules: MatchRules, together: TopicsTogether): ScorePart {
  return { part: 'topics', points: together.points, max: rules.weights.topics, facts: topicFacts(together) };
}

export function breadthPart(rules: MatchRules, meeting: SubjectMeeting, breadth: number): ScorePart {
  const families: Fact = { code: 'shared_families', count: meeting.sharedFamilies, wanted: meeting.wantedFamilies };
  const facts = meeting.kept ? [families, kept] : [families];
  return { part: 'breadth', points: breadth, max: rules.weights.breadth, facts };
}

const kept: Fact = { code: 'kept_for_conversation' };
const onlyKept = [kept];

function topicFacts({ shared, first, kept: isKept }: TopicsTogether): readonly Fact[] {
  const [dearest] = shared;
  if (dearest === undefined) return isKept ? onlyKept : [];
  const topics: Fact = { code: 'shared_topics', topics: shared };
  if (dearest !== first) return isKept ? [topics, kept] : [topics];
  const met: Fact = { code: 'first_wish_met', topic: first };
  return isKept ? [topics, met, kept] : [topics, met];
}

function timeTogether(mentee: MatchMentee, mentor: MatchMentor): TimeTogether {
  const { starts, hours } = meetingTime(mentee.starts, mentor.starts);
  // Not where their clocks differ or one is away: it would not be true, and say so.
  const isWhole = (one: MatchPerson, other: MatchPerson): boolean => {
    if (!one.anyTime) return false;
    const own = startsInWaysOf(one.starts, other.starts);
    return starts === meetingTime(own, own).starts;
  };
  return { starts, hours, bothAnyTime: starts > 0 && isWhole(mentee, mentor) && isWhole(mentor, mentee) };
}

export function availabilityPart(rules: MatchRules, { starts, hours, bothAnyTime }: TimeTogether): ScorePart {
  const facts: Fact[] = bothAnyTime ? [{ code: 'both_any_time' }] : [];
  if (hours > 0) facts.push({ code: 'common_hours', hours });
  const points = availabilityPoints(rules, starts);
  return { part: 'availability', points, max: rules.weights.availability, facts };
}

export function languagesPart(rules: MatchRules, mentee: MatchMentee, mentor: MatchMentor): ScorePart {
  const side = firstLanguageOf(mentee, mentor);
  const facts: Fact[] = [];
  if (side !== undefined) {
    const common = mentee.languages.filter((language) => mentor.languages.includes(language));
    facts.push({ code: 'common_languages', languages: common }, { code: 'first_language_of', side });
  }
  return { part: 'languages', points: languagePoints(rules, mentee, mentor), max: rules.weights.languages, facts };
}

export function labPart(rules: MatchRules, mentee: MatchMentee, mentor: MatchMentor): ScorePart {
  const same = mentee.labId === mentor.labId;
  const facts: Fact[] = [{ code: same ? 'same_lab' : 'other_lab' }];
  const preference = mentee.labPreference;
  if (preference !== 'any') facts.push({ code: 'lab_preference', preference, met: labWishMet(preference, same) });
  return { part: 'lab', points: labPoints(rules, mentee, mentor), max: rules.weights.lab, facts };
}

/** What part format tells: the dearest common format and whether it is the first wish, and the common modalities. */
interface WaysTogether {
  readonly format: DialogueFormat | undefined;
  readonly isFirst: boolean;
  readonly common: readonly Modality[];
}

function waysTogether(mentee: MatchMentee, mentor: MatchMentor): WaysTogether {
  const format = mentee.formats.find((wish) => mentor.formats.includes(wish));
  const common = modalities.filter((way) => mentee.modalities.includes(way) && mentor.modalities.includes(way));
  return { format, isFirst: format !== undefined && format === mentee.formats[0], common };
}

export function formatPart(rules: MatchRules, { format, isFirst, common }: WaysTogether): ScorePart {
  const facts: Fact[] = [];
  if (format !== undefined) facts.push({ code: 'common_format', format });
  if (common.length > 0) facts.push({ code: 'common_modalities', modalities: common });
  const points = formatPoints(rules, { isFirst, isCommon: format !== undefined, ways: common.length });
  return { part: 'format', points, max: rules.weights.format, facts };
}
