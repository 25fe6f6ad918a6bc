// A score in its named parts, each with its points and the facts behind them; the sentences live with the locales.
import { modalities } from '../terms.ts';
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
import type { SubjectMeeting, SubjectPoints } from './score.ts';
import type { Fact, MatchMentee, MatchMentor, ScoredPair, ScorePart } from './types.ts';
import { meetingTime } from './week.ts';
import type { TimeTogether } from './weeks.ts';

/** The score of a pair that is feasible under the rules, explained. Adds up to the score the run works with. */
export function explainPair(rules: MatchRules, mentee: MatchMentee, mentor: MatchMentor): ScoredPair {
  const subjects = subjectsOf(rules, mentee, mentor);
  return pairOf(mentee, mentor, [
    topicsPart(rules, mentee, subjects),
    availabilityPart(rules, timeTogether(mentee, mentor)),
    languagesPart(rules, mentee, mentor),
    labPart(rules, mentee, mentor),
    formatPart(rules, mentee, mentor),
    breadthPart(rules, subjects.meeting, subjects.breadth),
  ]);
}

/** The pair with the sum of its parts. */
export function pairOf(mentee: MatchMentee, mentor: MatchMentor, parts: readonly ScorePart[]): ScoredPair {
  let score = 0;
  for (const { points } of parts) score += points;
  return { requestId: mentee.id, mentorId: mentor.personId, score, parts };
}

/** What the two parts on the subjects are made of. */
export interface Subjects extends SubjectPoints {
  readonly shared: readonly Topic[];
  readonly meeting: SubjectMeeting;
}

export function subjectsOf(rules: MatchRules, mentee: MatchMentee, mentor: MatchMentor): Subjects {
  const shared = sharedTopics(mentee, mentor);
  const meeting = subjectMeeting(rules, mentee, { mentor, shared });
  const { topics, breadth } = subjectPoints(rules, meeting);
  return { shared, meeting, topics, breadth };
}

export function topicsPart(rules: MatchRules, mentee: MatchMentee, { shared, meeting, topics }: Subjects): ScorePart {
  const facts = topicFacts(mentee, shared, meeting.kept);
  return { part: 'topics', points: topics, max: rules.weights.topics, facts };
}

export function breadthPart(rules: MatchRules, meeting: SubjectMeeting, breadth: number): ScorePart {
  const families: Fact = { code: 'shared_families', count: meeting.sharedFamilies, wanted: meeting.wantedFamilies };
  const facts = meeting.kept ? [families, kept] : [families];
  return { part: 'breadth', points: breadth, max: rules.weights.breadth, facts };
}

const kept: Fact = { code: 'kept_for_conversation' };
const onlyKept = [kept];

function topicFacts({ topics: [first] }: MatchMentee, shared: readonly Topic[], isKept: boolean): readonly Fact[] {
  const [dearest] = shared;
  if (dearest === undefined) return isKept ? onlyKept : [];
  const topics: Fact = { code: 'shared_topics', topics: shared };
  if (dearest !== first) return isKept ? [topics, kept] : [topics];
  const met: Fact = { code: 'first_wish_met', topic: first };
  return isKept ? [topics, met, kept] : [topics, met];
}

export function timeTogether(mentee: MatchMentee, mentor: MatchMentor): TimeTogether {
  const { starts, hours } = meetingTime(mentee.slots, mentor.slots);
  return { starts, hours, bothAnyTime: mentee.anyTime && mentor.anyTime };
}

export function availabilityPart(rules: MatchRules, { starts, hours, bothAnyTime }: TimeTogether): ScorePart {
  const facts: Fact[] = bothAnyTime ? [{ code: 'both_any_time' }] : [];
  if (hours > 0) facts.push({ code: 'common_hours', hours });
  const points = availabilityPoints(rules, starts, bothAnyTime);
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

export function formatPart(rules: MatchRules, mentee: MatchMentee, mentor: MatchMentor): ScorePart {
  const format = mentee.formats.find((wish) => mentor.formats.includes(wish));
  const common = modalities.filter((way) => mentee.modalities.includes(way) && mentor.modalities.includes(way));
  const facts: Fact[] = [];
  if (format !== undefined) facts.push({ code: 'common_format', format });
  if (common.length > 0) facts.push({ code: 'common_modalities', modalities: common });
  const isCommon = format !== undefined;
  const meeting = { isFirst: isCommon && format === mentee.formats[0], isCommon, ways: common.length };
  return { part: 'format', points: formatPoints(rules, meeting), max: rules.weights.format, facts };
}
