// The conditions of a pair in words, one by one: the definition the bit index must agree with, and the basis of whyNot.
import { tieBetween } from '../tie.ts';
import { explainPair } from './explain.ts';
import type { MatchRules } from './rules.ts';
import { labWishMet } from './score.ts';
import type { Condition, MatchInput, MatchMentee, MatchMentor } from './types.ts';
import { meetingTime } from './week.ts';

/** Tells for a pair of persons whether they were proposed to each other in the last 12 months. */
export type ProposedBefore = (one: string, other: string) => boolean;

export function proposedBeforeIn({ proposedBefore }: Pick<MatchInput, 'proposedBefore'>): ProposedBefore {
  const key = (one: string, other: string): string => JSON.stringify(one < other ? [one, other] : [other, one]);
  const keys = new Set(proposedBefore.map(({ one, other }) => key(one, other)));
  return (one, other) => keys.has(key(one, other));
}

export interface Candidate {
  readonly rules: MatchRules;
  readonly mentee: MatchMentee;
  readonly mentor: MatchMentor;
  readonly proposedBefore: ProposedBefore;
}

/** The conditions a pair fails, in the order of the list; none: the pair is feasible. */
export function failedConditions(candidate: Candidate): Condition[] {
  const { rules, mentee, mentor, proposedBefore } = candidate;
  const failed: Condition[] = [];
  if (mentee.personId === mentor.personId) failed.push('same_person');
  if (tieBetween(mentee, mentor) !== undefined) failed.push('tie');
  if (proposedBefore(mentee.personId, mentor.personId)) failed.push('proposed_before');
  if (mentor.paused === true) failed.push('paused');
  if (mentor.places < 1) failed.push('no_place');
  failed.push(...failedWishes(candidate));
  if (explainPair(rules, mentee, mentor).score < rules.floor) failed.push('floor');
  return failed;
}

/** Conditions between what the two say; those a programme may lift. */
function failedWishes({ rules, mentee, mentor }: Candidate): Condition[] {
  const { conditions } = rules;
  const meet = <T>(some: readonly T[], others: readonly T[]): boolean => some.some((one) => others.includes(one));
  const kept = mentee.keptForConversation || mentor.keptForConversation;
  const { starts } = meetingTime(mentee.starts, mentor.starts);
  const labOnly = mentee.labPreference === 'same_only' || mentee.labPreference === 'other_only';
  const failures: [Condition, boolean][] = [
    ['language', conditions.language && !meet(mentee.languages, mentor.languages)],
    ['topic', conditions.topic && !kept && !meet(mentee.topics, mentor.topics)],
    ['format', conditions.format && !meet(mentee.formats, mentor.formats)],
    ['modality', conditions.modality && !meet(mentee.modalities, mentor.modalities)],
    ['availability', conditions.availability && starts === 0],
    ['lab', conditions.lab && labOnly && !labWishMet(mentee.labPreference, mentee.labId === mentor.labId)],
  ];
  return failures.filter(([, fails]) => fails).map(([condition]) => condition);
}
