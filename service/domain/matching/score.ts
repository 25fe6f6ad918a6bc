// What a pair is worth: six parts, each a share of its weight, each looking at what both sides gain.
// No grade, age, gender, rank or popularity comes in anywhere.
import { familyOf, topicFamilies, topics as allTopics } from '../topic.ts';
import type { Topic } from '../topic.ts';
import type { LabPreference, Language } from '../terms.ts';
import type { MatchRules } from './rules.ts';
import type { MatchMentee, MatchMentor } from './types.ts';
import { bitCount } from './week.ts';

const familyNames = Object.keys(topicFamilies);
/** Per topic the bit of its family. */
export const familyBit: ReadonlyMap<Topic, number> = new Map(
  allTopics.map((topic) => [topic, 1 << familyNames.indexOf(familyOf(topic))]),
);

/** Three subjects taken up are as much as a mentor may hope for; offering more must not lower the share. */
const mentorHopes = 3;

/** What both would talk about, in the mentee's order. */
export function sharedTopics(mentee: Pick<MatchMentee, 'topics'>, mentor: Pick<MatchMentor, 'topics'>): Topic[] {
  return mentee.topics.filter((topic) => mentor.topics.includes(topic));
}

/** How many of the topic families a list touches. */
export function familiesIn(topics: readonly Topic[]): number {
  let families = 0;
  for (const topic of topics) families |= familyBit.get(topic) ?? 0;
  return bitCount(families);
}

/** What a wish weighs by its rank, 0 for the dearest. */
export function wishWeight({ wishWeights }: MatchRules, rank: number): number {
  return wishWeights[Math.min(rank, wishWeights.length - 1)] ?? 0;
}

/** What the parts topics and breadth look at. */
export interface SubjectMeeting {
  /** Weight of the mentee's wishes that the mentor offers, and of all of them. */
  readonly met: number;
  readonly wanted: number;
  /** Topics in common, and offered by the mentor. */
  readonly shared: number;
  readonly offered: number;
  /** Families of the shared topics, and of the mentee's wishes. */
  readonly sharedFamilies: number;
  readonly wantedFamilies: number;
  /** Either side keeps the subject for the conversation. */
  readonly kept: boolean;
}

export interface SubjectPoints {
  readonly topics: number;
  readonly breadth: number;
}

/**
 * Parts topics and breadth together. topics: the mentee's wishes met, weighed by their order, and the mentor's subjects
 * taken up. breadth: how many families of the wishes are touched. A subject kept for the conversation is worth a set
 * share of both at least: nobody loses by not writing it down.
 */
export function subjectPoints(rules: MatchRules, meeting: SubjectMeeting): SubjectPoints {
  const { weights, mentorSidePercent, keptPercent } = rules;
  const { met, wanted, shared, offered, sharedFamilies, wantedFamilies, kept } = meeting;
  const least = kept ? keptPercent : 0;
  if (shared === 0) return { topics: percent(weights.topics, least), breadth: percent(weights.breadth, least) };
  const takenUp = Math.min(shared, mentorHopes) / Math.min(offered, mentorHopes);
  const topicShare = (100 - mentorSidePercent) * (met / wanted) + mentorSidePercent * takenUp;
  return {
    topics: percent(weights.topics, Math.max(topicShare, least)),
    breadth: percent(weights.breadth, Math.max((100 * sharedFamilies) / wantedFamilies, least)),
  };
}

/** The meeting of two persons' subjects from their lists. shared: as sharedTopics gives it. */
export function subjectMeeting(rules: MatchRules, mentee: MatchMentee, { mentor, shared }: Shared): SubjectMeeting {
  let met = 0;
  let wanted = 0;
  let next = 0;
  for (let rank = 0; rank < mentee.topics.length; rank++) {
    const weight = wishWeight(rules, rank);
    wanted += weight;
    if (shared[next] !== mentee.topics[rank]) continue;
    met += weight;
    next += 1;
  }
  return {
    met,
    wanted,
    shared: shared.length,
    offered: mentor.topics.length,
    sharedFamilies: familiesIn(shared),
    wantedFamilies: familiesIn(mentee.topics),
    kept: mentee.keptForConversation || mentor.keptForConversation,
  };
}

interface Shared {
  readonly mentor: MatchMentor;
  readonly shared: readonly Topic[];
}

function percent(weight: number, share: number): number {
  return Math.round((weight * share) / 100);
}

/** Points of part availability. starts: half-hours of a week at which a common hour can start, on average of the weeks. */
export function availabilityPoints(rules: MatchRules, starts: number): number {
  const { ampleHourStarts, weights } = rules;
  return Math.round((weights.availability * Math.min(starts, ampleHourStarts)) / ampleHourStarts);
}

type Speaker = { readonly languages: readonly Language[] };

/** Whose first language is the best common one. undefined: no common language. */
export function firstLanguageOf(
  mentee: Speaker,
  mentor: Speaker,
): 'both' | 'mentee' | 'mentor' | 'neither' | undefined {
  const [menteeFirst] = mentee.languages;
  const [mentorFirst] = mentor.languages;
  if (menteeFirst === undefined || mentorFirst === undefined) return undefined;
  if (menteeFirst === mentorFirst) return 'both';
  if (mentor.languages.includes(menteeFirst)) return 'mentee';
  if (mentee.languages.includes(mentorFirst)) return 'mentor';
  return mentee.languages.some((language) => mentor.languages.includes(language)) ? 'neither' : undefined;
}

const languageThirds = { both: 3, mentee: 2, mentor: 2, neither: 1 } as const;

/** Points of part languages: all if both speak their first, two thirds if one does, one third otherwise. */
export function languagePoints(rules: MatchRules, mentee: Speaker, mentor: Speaker): number {
  const side = firstLanguageOf(mentee, mentor);
  return side === undefined ? 0 : Math.round((rules.weights.languages * languageThirds[side]) / 3);
}

/** Whether a wish about the other's lab is met; "any" always is. */
export function labWishMet(preference: LabPreference, sameLab: boolean): boolean {
  if (preference === 'any') return true;
  return (preference === 'same_preferred' || preference === 'same_only') === sameLab;
}

/** Points of part lab: all or nothing. */
export function labPoints(rules: MatchRules, mentee: MatchMentee, mentor: Pick<MatchMentor, 'labId'>): number {
  return labWishMet(mentee.labPreference, mentee.labId === mentor.labId) ? rules.weights.lab : 0;
}

/** What part format looks at. ways: modalities in common. */
export interface FormatMeeting {
  /** The mentee's dearest format is offered, or any that is wished. */
  readonly isFirst: boolean;
  readonly isCommon: boolean;
  readonly ways: number;
}

/** Points of part format: three fifths for the duration (half of that if not the first wish), two for ways to meet. */
export function formatPoints(rules: MatchRules, { isFirst, isCommon, ways }: FormatMeeting): number {
  const tenths = (isFirst ? 6 : isCommon ? 3 : 0) + 2 * Math.min(ways, 2);
  return Math.round((rules.weights.format * tenths) / 10);
}
