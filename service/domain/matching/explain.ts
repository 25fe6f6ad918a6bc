// A score in its named parts, each with its points and the facts behind them; the sentences live with the locales.
import { hourStarts } from '../availability.ts';
import type { MatchRules, ScorePartName } from './rules.ts';
import {
  availabilityPoints,
  familiesIn,
  firstLanguageOf,
  formatPoints,
  labPoints,
  labWishMet,
  languagePoints,
  sharedTopics,
  subjectPoints,
} from './score.ts';
import type { Fact, MatchMentee, MatchMentor, MatchPerson, ScoredPair, ScorePart } from './types.ts';

/** The score of a pair that is feasible under the rules, explained. Adds up to the score the run works with. */
export function explainPair(rules: MatchRules, mentee: MatchMentee, mentor: MatchMentor): ScoredPair {
  const part = (name: ScorePartName, points: number, facts: readonly Fact[]): ScorePart => ({
    part: name,
    points,
    max: rules.weights[name],
    facts,
  });
  const meeting = hoursInCommon(mentee, mentor);
  const shared = sharedTopics(mentee, mentor);
  const kept = mentee.keptForConversation || mentor.keptForConversation;
  const subject = subjectPoints(rules, { wishes: mentee.topics, shared, offered: mentor.topics.length, kept });
  const parts = [
    part('topics', subject.topics, topicFacts(mentee, mentor)),
    part('availability', availabilityPoints(rules, meeting), [
      ...(meeting.bothAnyTime ? [{ code: 'both_any_time' } as const] : []),
      ...(meeting.hours > 0 ? [{ code: 'common_hours', hours: meeting.hours } as const] : []),
    ]),
    part('languages', languagePoints(rules, mentee, mentor), languageFacts(mentee, mentor)),
    part('lab', labPoints(rules, mentee, mentor), labFacts(mentee, mentor)),
    part('format', formatPoints(rules, mentee, mentor), formatFacts(mentee, mentor)),
    part('breadth', subject.breadth, [
      { code: 'shared_families', count: familiesIn(shared), wanted: familiesIn(mentee.topics) },
      ...keptFacts(kept),
    ]),
  ];
  const score = parts.reduce((sum, { points }) => sum + points, 0);
  return { requestId: mentee.id, mentorId: mentor.personId, score, parts };
}

/** starts: half-hours of the week at which a common hour can begin. hours: the time these hours cover together. */
export function hoursInCommon(
  mentee: Pick<MatchPerson, 'slots' | 'anyTime'>,
  mentor: Pick<MatchPerson, 'slots' | 'anyTime'>,
): { starts: number; hours: number; bothAnyTime: boolean } {
  const theirs = new Set(hourStarts(mentor.slots));
  const starts = [...new Set(hourStarts(mentee.slots))].filter((slot) => theirs.has(slot));
  const covered = new Set(starts.flatMap((slot) => [slot, slot + 1]));
  return { starts: starts.length, hours: covered.size / 2, bothAnyTime: mentee.anyTime && mentor.anyTime };
}

const keptFacts = (kept: boolean): Fact[] => (kept ? [{ code: 'kept_for_conversation' }] : []);

function topicFacts(mentee: MatchMentee, mentor: MatchMentor): Fact[] {
  const shared = sharedTopics(mentee, mentor);
  const [first] = mentee.topics;
  return [
    ...(shared.length > 0 ? [{ code: 'shared_topics', topics: shared } as const] : []),
    ...(first !== undefined && shared.includes(first) ? [{ code: 'first_wish_met', topic: first } as const] : []),
    ...keptFacts(mentee.keptForConversation || mentor.keptForConversation),
  ];
}

function languageFacts(mentee: MatchMentee, mentor: MatchMentor): Fact[] {
  const side = firstLanguageOf(mentee, mentor);
  if (side === undefined) return [];
  const common = mentee.languages.filter((language) => mentor.languages.includes(language));
  return [
    { code: 'common_languages', languages: common },
    { code: 'first_language_of', side },
  ];
}

function labFacts(mentee: MatchMentee, mentor: MatchMentor): Fact[] {
  const same = mentee.labId === mentor.labId;
  const fact: Fact = { code: same ? 'same_lab' : 'other_lab' };
  const preference = mentee.labPreference;
  return preference === 'any'
    ? [fact]
    : [fact, { code: 'lab_preference', preference, met: labWishMet(preference, same) }];
}

function formatFacts(mentee: MatchMentee, mentor: MatchMentor): Fact[] {
  const format = mentee.formats.find((wish) => mentor.formats.includes(wish));
  const modalities = mentee.modalities.filter((modality) => mentor.modalities.includes(modality));
  return [
    ...(format === undefined ? [] : [{ code: 'common_format', format } as const]),
    ...(modalities.length === 0 ? [] : [{ code: 'common_modalities', modalities } as const]),
  ];
}
