// A score in its named parts, each with its points and the facts behind them; the sentences live with the locales.
import type { Topic } from '../topic.ts';
import type { MatchRules } from './rules.ts';
import {
  availabilityPoints,
  familiesIn,
  firstLanguageOf,
  formatPoints,
  labPoints,
  labWishMet,
  languagePoints,
  sharedTopics,
  subjectMeeting,
  subjectPoints,
} from './score.ts';
import type { Fact, MatchMentee, MatchMentor, ScoredPair, ScorePart } from './types.ts';
import { meetingTime } from './week.ts';

/** The score of a pair that is feasible under the rules, explained. Adds up to the score the run works with. */
export function explainPair(rules: MatchRules, mentee: MatchMentee, mentor: MatchMentor): ScoredPair {
  const { weights } = rules;
  const shared = sharedTopics(mentee, mentor);
  const meeting = subjectMeeting(rules, mentee, mentor);
  const { kept } = meeting;
  const subject = subjectPoints(rules, meeting);
  const { starts, hours } = meetingTime(mentee.slots, mentor.slots);
  const bothAnyTime = mentee.anyTime && mentor.anyTime;
  const parts: ScorePart[] = [
    { part: 'topics', points: subject.topics, max: weights.topics, facts: topicFacts(mentee, shared, kept) },
    {
      part: 'availability',
      points: availabilityPoints(rules, starts, bothAnyTime),
      max: weights.availability,
      facts: hourFacts(hours, bothAnyTime),
    },
    {
      part: 'languages',
      points: languagePoints(rules, mentee, mentor),
      max: weights.languages,
      facts: languageFacts(mentee, mentor),
    },
    { part: 'lab', points: labPoints(rules, mentee, mentor), max: weights.lab, facts: labFacts(mentee, mentor) },
    {
      part: 'format',
      points: formatPoints(rules, mentee, mentor),
      max: weights.format,
      facts: formatFacts(mentee, mentor),
    },
    { part: 'breadth', points: subject.breadth, max: weights.breadth, facts: breadthFacts(mentee, shared, kept) },
  ];
  let score = 0;
  for (const { points } of parts) score += points;
  return { requestId: mentee.id, mentorId: mentor.personId, score, parts };
}

function topicFacts(mentee: MatchMentee, shared: readonly Topic[], kept: boolean): Fact[] {
  const facts: Fact[] = [];
  const [first] = mentee.topics;
  if (shared.length > 0) facts.push({ code: 'shared_topics', topics: shared });
  if (first !== undefined && shared.includes(first)) facts.push({ code: 'first_wish_met', topic: first });
  if (kept) facts.push({ code: 'kept_for_conversation' });
  return facts;
}

function breadthFacts(mentee: MatchMentee, shared: readonly Topic[], kept: boolean): Fact[] {
  const facts: Fact[] = [{ code: 'shared_families', count: familiesIn(shared), wanted: familiesIn(mentee.topics) }];
  if (kept) facts.push({ code: 'kept_for_conversation' });
  return facts;
}

function hourFacts(hours: number, bothAnyTime: boolean): Fact[] {
  const facts: Fact[] = bothAnyTime ? [{ code: 'both_any_time' }] : [];
  if (hours > 0) facts.push({ code: 'common_hours', hours });
  return facts;
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
