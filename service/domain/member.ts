// A person who signed the charter: what they told the programme, and what they offer as a mentor.
import type { Availability } from './availability.ts';
import type { Due } from './follow-up.ts';
import { type CharterSignature, isCurrent } from './charter.ts';
import type { CareerStage, DialogueFormat, LabId, Language, Locale, Modality } from './terms.ts';
import type { Ties } from './tie.ts';
import type { Topic } from './topic.ts';

/** draft: signed, not yet described. withdrawn: left, to be erased within 30 days. */
export type MembershipStatus = 'draft' | 'active' | 'paused' | 'withdrawn' | 'erased';

/** What both roles share. languages: preferred first. */
export interface Profile {
  readonly careerStage: CareerStage;
  readonly languages: readonly Language[];
  readonly modalities: readonly Modality[];
  readonly availability: Availability;
}

export const capacityBounds = { least: 1, usual: 2, most: 5 } as const;

/** What a mentor offers. capacity: most live proposals and dialogues at a time, 1 to 5. */
export interface MentorOffer {
  readonly topics: readonly Topic[];
  readonly keptForConversation: boolean;
  readonly formats: readonly DialogueFormat[];
  readonly capacity: number;
  /** Local date YYYY-MM-DD of the first day the mentor is available again. */
  readonly pausedUntil?: string;
}

export interface Member {
  readonly id: string;
  /** Keyed hash of the platform registration and the platform's own subject: never an e-mail. */
  readonly personKey: string;
  readonly labId: LabId;
  readonly status: MembershipStatus;
  readonly locale: Locale;
  /** Name and e-mail are encrypted at rest. */
  readonly name: string;
  readonly email: string;
  readonly charter: CharterSignature;
  readonly profile?: Profile;
  readonly ties: Ties;
  readonly offer?: MentorOffer;
  /** Ids of the live proposals and dialogues that take one of the mentor's places. */
  readonly held: readonly string[];
  readonly createdAt: Date;
  readonly due?: Due;
}

/** What the matching knows of a member: nothing that names anybody, nothing that is encrypted at rest. */
export type Participant = Pick<Member, 'id' | 'labId' | 'status' | 'charter' | 'profile' | 'ties' | 'offer' | 'held'>;

/** Whether the mentor may be proposed on a local date (YYYY-MM-DD): active, offering, not paused, charter in force. */
export function isOpenAsMentor(member: Participant, today: string): boolean {
  const { offer } = member;
  if (member.status !== 'active' || !member.profile || !offer || !isCurrent(member.charter)) return false;
  return offer.pausedUntil === undefined || offer.pausedUntil <= today;
}

/** Places a mentor still has; 0 for somebody who offers nothing. */
export function freePlaces(member: Pick<Member, 'offer' | 'held'>): number {
  return Math.max(0, (member.offer?.capacity ?? 0) - member.held.length);
}
