// Invented records for the seed and the tests: say the fact that matters, the rest is plausible. Pure data, no I/O; the
// same calls in the same order give the same records.
import type { Availability } from '../domain/availability.ts';
import { charterVersion } from '../domain/charter.ts';
import type { Dialogue } from '../domain/dialogue.ts';
import { usualMeetings, type Meeting } from '../domain/meeting.ts';
import { nextDue, type Timer } from '../domain/follow-up.ts';
import { hasOwnDue } from '../domain/life.ts';
import { memberTimers, membershipLife, type Member, type Profile } from '../domain/member.ts';
import { capacityBounds, type MentorOffer } from '../domain/mentor-offer.ts';
import { requestLife, requestTimers, type MentoringRequest, type Wishes } from '../domain/mentoring-request.ts';
import type { CommonGround, MatchReason, Proposal } from '../domain/proposal.ts';
import type { Ties } from '../domain/tie.ts';
import { usualSteps } from '../domain/usual-steps.ts';
import { inventedPerson } from './invented-names.ts';

const dayMs = 86_400_000;
/** A Monday morning of the programme, 09:00 in Paris: the instant around which the invented records lie. */
export const inventedNow = new Date('2026-11-16T08:00:00Z');

type RecordKind = 'member' | 'request' | 'proposal' | 'meeting';
const sequences: Record<RecordKind, number> = { member: 0, request: 0, proposal: 0, meeting: 0 };

function next(kind: RecordKind): { id: string; number: number } {
  sequences[kind] += 1;
  return { id: `${kind}-${String(sequences[kind]).padStart(4, '0')}`, number: sequences[kind] };
}

/** Begins the ids and names again, so that two seeds of one process are alike. */
export function restartSequences(): void {
  for (const kind of Object.keys(sequences) as RecordKind[]) sequences[kind] = 0;
}

/** The instant some days before the invented present; 0 is the present, negative is after it. */
export function daysAgo(days: number): Date {
  return new Date(inventedNow.getTime() - days * dayMs);
}

const inParis = {
  steps: usualSteps,
  calendar: {
    zone: 'Europe/Paris',
    closures: [
      { from: '08-01', to: '08-25' },
      { from: '12-22', to: '01-03' },
    ],
  },
};

/** What an invented record waits for, if its state waits for something of its own. */
function waiting<T extends { status: string }>(record: T, life: object, timers: readonly Timer[]): T {
  const state = (life as Record<string, Parameters<typeof hasOwnDue>[0]>)[record.status];
  const due = state && hasOwnDue(state) && (nextDue(timers, inventedNow) ?? { step: 'erase', at: daysAgo(-14) });
  return due ? { ...record, due } : record;
}

/** Half of Tuesday and Thursday: two people who say nothing about their week can meet. */
export function availabilityOf(facts: Partial<Availability> = {}): Availability {
  const windows = [
    { weekday: 2, from: 9 * 60, to: 12 * 60 },
    { weekday: 4, from: 14 * 60, to: 17 * 60 },
  ];
  return { anyTime: false, windows, absences: [], ...facts };
}

export function profileOf(facts: Partial<Profile> = {}): Profile {
  return {
    careerStage: 'postdoctoral',
    languages: ['fr', 'en'],
    modalities: ['video', 'in_person'],
    availability: availabilityOf(),
    ...facts,
  };
}

export function offerOf(facts: Partial<MentorOffer> = {}): MentorOffer {
  return {
    topics: ['career_project', 'work_life_balance', 'self_confidence'],
    keptForConversation: true,
    formats: ['one_off', 'six_months'],
    capacity: capacityBounds.usual,
    ...facts,
  };
}

/** Nested facts complete the usual ones. profile null: a draft; offer given: a mentor. */
export interface MemberFacts extends Partial<Omit<Member, 'profile' | 'offer' | 'ties'>> {
  readonly profile?: Partial<Profile> | null;
  readonly offer?: Partial<MentorOffer>;
  readonly ties?: Partial<Ties>;
}

/** An active member of ETIS who offers nothing. ties.self is a stand-in: give the hasher's value where ties matter. */
export function memberOf({ profile = {}, offer, ties, ...facts }: MemberFacts = {}): Member {
  const { id, number } = next('member');
  const labId = facts.labId ?? 'etis';
  const signedAt = daysAgo(60);
  const member: Member = {
    id,
    personKey: `person-of-${id}`,
    labId,
    status: profile ? 'active' : 'draft',
    locale: 'fr',
    ...inventedPerson(number, labId),
    addressProof: 'platform',
    charter: { version: charterVersion, signedAt },
    ...(profile && { profile: profileOf(profile) }),
    ...(offer && { offer: offerOf(offer) }),
    ties: { self: [`hash-of-${id}`], supervisors: [], avoid: [], ...ties },
    held: [],
    createdAt: signedAt,
    ...facts,
  };
  return facts.due ? member : waiting(member, membershipLife, memberTimers(member, inParis));
}

export interface RequestFacts extends Partial<Omit<MentoringRequest, 'wishes'>> {
  readonly wishes?: Partial<Wishes>;
}

/** An open request of a member of ETIS, a week old, without a message. */
export function requestOf({ wishes, ...facts }: RequestFacts = {}): MentoringRequest {
  const { id } = next('request');
  const request: MentoringRequest = {
    id,
    memberId: `member-of-${id}`,
    labId: 'etis',
    status: 'open',
    wishes: {
      topics: ['career_project', 'self_confidence'],
      keptForConversation: false,
      format: 'six_months',
      labPreference: 'any',
      ...wishes,
    },
    openedAt: daysAgo(7),
    lapses: 0,
    ...facts,
  };
  return facts.due ? request : waiting(request, requestLife, requestTimers(request, inParis));
}

export const inventedCommon: CommonGround = {
  topics: ['career_project', 'self_confidence'],
  keptForConversation: false,
  languages: ['fr', 'en'],
  modalities: ['video'],
  format: 'six_months',
  halfDays: ['2am', '4pm'],
  sameLab: false,
};

export const inventedReasons: readonly MatchReason[] = [
  {
    part: 'topics',
    points: 40,
    max: 40,
    facts: [
      { code: 'shared_topics', topics: ['career_project', 'self_confidence'] },
      { code: 'first_wish_met', topic: 'career_project' },
    ],
  },
  { part: 'availability', points: 14, max: 20, facts: [{ code: 'common_hours', hours: 4 }] },
  { part: 'languages', points: 15, max: 15, facts: [{ code: 'common_languages', languages: ['fr', 'en'] }] },
];

/** Two persons nobody else knows, who fit each other. */
function pairOf(id: string) {
  return {
    requestId: `request-of-${id}`,
    menteeId: `mentee-of-${id}`,
    mentorId: `mentor-of-${id}`,
    menteeLabId: 'etis',
    mentorLabId: 'lix',
    reasons: inventedReasons,
    common: inventedCommon,
  };
}

/** A proposal sent this morning, waiting for both; between two persons nobody else knows, unless they are given. */
export function proposalOf(facts: Partial<Proposal> = {}): Proposal {
  const { id } = next('proposal');
  return {
    id,
    ...pairOf(id),
    runKey: 'regular 2026-11-13',
    status: 'sent',
    answers: {},
    score: 69,
    sentAt: inventedNow,
    due: { step: 'reminder_1', at: daysAgo(-3) },
    ...facts,
  };
}

/** A pair introduced this morning; its id comes from the proposals' sequence, as a dialogue has its proposal's id. */
export function dialogueOf(facts: Partial<Dialogue> = {}): Dialogue {
  const { id } = facts.id === undefined ? next('proposal') : { id: facts.id };
  return {
    id,
    ...pairOf(id),
    status: 'introduced',
    format: 'six_months',
    introducedAt: inventedNow,
    plannedEndOn: '2027-05-18',
    due: { step: 'nudge_1', at: daysAgo(-5) },
    ...facts,
  };
}

/** A suggested video meeting, tomorrow at the same hour. */
export function meetingOf(facts: Partial<Meeting> = {}): Meeting {
  const { id } = next('meeting');
  return {
    id,
    dialogueId: `dialogue-of-${id}`,
    status: 'suggested',
    suggestedById: `mentee-of-${id}`,
    startsAt: daysAgo(-1),
    minutes: usualMeetings.minutes,
    modality: 'video',
    sequence: 0,
    due: { step: 'expire', at: facts.startsAt ?? daysAgo(-1) },
    ...facts,
  };
}
