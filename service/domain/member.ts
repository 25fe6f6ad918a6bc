// A person who signed the charter, and what they told the programme; what they offer is mentor-offer.ts.
import type { Availability } from './availability.ts';
import { fromLocal, type WorkingCalendar } from './calendar.ts';
import type { CharterSignature } from './charter.ts';
import type { DayCount } from './day-count.ts';
import { openDaysTimer, plainTimer, type Due, type Timer } from './follow-up.ts';
import type { Life } from './life.ts';
import { isResting, restTimers, untilResumed, type MentorOffer } from './mentor-offer.ts';
import { hasConfirmedAddress, type AddressCode, type AddressProof } from './own-address.ts';
import type { CareerStage, LabId, Language, Locale, Modality } from './terms.ts';
import type { KeyedHash, Ties } from './tie.ts';
import type { FollowUpSteps } from './usual-steps.ts';

/** draft: signed, not yet described. excluded: by a decision. withdrawn: left, to be erased within 30 days. */
export type MembershipStatus = 'draft' | 'active' | 'paused' | 'excluded' | 'withdrawn' | 'erased';

/** Of whoever is here and was not excluded: described or not, paused or not. */
export const takingPart: readonly MembershipStatus[] = ['draft', 'active', 'paused'];

export const membershipLife: Life<MembershipStatus> = {
  draft: { becomes: ['active', 'excluded', 'withdrawn', 'erased'], waitsFor: { timers: ['draft'] } },
  active: {
    becomes: ['paused', 'excluded', 'withdrawn'],
    waitsFor: { timers: ['charter', 'availability', 'inactive'] },
  },
  paused: { becomes: ['active', 'excluded', 'withdrawn'], waitsFor: { timers: ['inactive'] } },
  /** Who is let in again is what they were, but for a pause of their own. */
  excluded: { becomes: ['draft', 'active', 'paused', 'withdrawn'], waitsFor: { timers: ['inactive'] } },
  /** Who comes back before the erasure is what they were. */
  withdrawn: { becomes: ['draft', 'active', 'erased'], waitsFor: { instant: 'erase' } },
  /** From here nobody comes back; the record itself goes last, so that a crash leaves nothing behind. */
  erased: { becomes: [], waitsFor: { instant: 'its deletion' } },
};

/** What both roles share. languages: preferred first. */
export interface Profile {
  readonly careerStage: CareerStage;
  readonly languages: readonly Language[];
  readonly modalities: readonly Modality[];
  readonly availability: Availability;
}

/** Parts of a record with a form of their own. rest: a mentor's pause, and that the offer is still so. address: its code. */
export const editedAreas = ['profile', 'week', 'offer', 'rest', 'address'] as const;
export type EditedArea = (typeof editedAreas)[number];

/** since: local date YYYY-MM-DD of the first one. */
export interface Silence {
  readonly count: number;
  readonly since: string;
}

/** A platform's account by which somebody comes in. */
export interface Door {
  /** Keyed hash of the platform registration and the platform's own subject: never an e-mail. */
  readonly personKey: string;
  readonly labId: LabId;
  /** Keyed hash of the address that this platform gave at the last signing: what somebody types proves nothing. */
  readonly platformAddress?: KeyedHash;
}

/** closed: by the person; it leads here no more, and exclusions go on to mean it. */
export interface OtherDoor extends Door {
  readonly closed?: true;
}

export interface Member extends Door {
  readonly id: string;
  /** Other ways in by which the person comes: of records that were joined to this one. */
  readonly doors?: readonly OtherDoor[];
  /** The record that goes on for this one, which has ended: two of one person. */
  readonly joinedTo?: string;
  /** Joinings (domain/twins) in which this record is to go on; as long as there is one, it does not end for another itself. */
  readonly joining?: readonly string[];
  readonly status: MembershipStatus;
  readonly locale: Locale;
  /** Name and addresses are encrypted at rest. */
  readonly name: string;
  /** Where letters go; empty until the first address counts. */
  readonly email: string;
  /** Why it counts; absent while it does not, as for what was stored before addresses were confirmed. */
  readonly addressProof?: AddressProof;
  /** Given, and not confirmed: nothing goes there but its code. */
  readonly pendingEmail?: string;
  readonly addressCode?: AddressCode;
  /** Codes sent. */
  readonly codeLetters?: DayCount;
  /** Their platform does not give this name, or none. */
  readonly nameIsChosen?: true;
  readonly charter: CharterSignature;
  readonly profile?: Profile;
  readonly ties: Ties;
  /** When they were written to about records with an address of theirs, the last few times. */
  readonly twinsTold?: readonly Date[];
  /** Changes of what they declared about others. */
  readonly tieChanges?: DayCount;
  readonly offer?: MentorOffer;
  /** Ids of the live proposals and dialogues that take one of the mentor's places. */
  readonly held: readonly string[];
  /** Proposals that this mentor let pass in silence since their last answer: how many, not which. Two pause the offer. */
  readonly silent?: Silence;
  /** Local date YYYY-MM-DD of the last visit; no finer, and no list of visits. */
  readonly seenOn?: string;
  readonly nudgesOff?: true;
  /** Keyed by nobody: SHA-256 of the calendar feed's secret, when the person switched the feed on. */
  readonly feedHash?: string;
  /** When a calendar program first read it. */
  readonly feedReadAt?: Date;
  /** How often each area was saved: a form that was overtaken, or saves beside another, is known by it. */
  readonly edits?: Partial<Readonly<Record<EditedArea, number>>>;
  readonly createdAt: Date;
  readonly due?: Due;
}

/** Every way in that leads to this record, or did, its own first. */
export function doorsOf({ personKey, labId, platformAddress, doors = [] }: Entered): [OtherDoor, ...OtherDoor[]] {
  return [{ personKey, labId, ...(platformAddress !== undefined && { platformAddress }) }, ...doors];
}

export type Entered = Door & Pick<Member, 'doors'>;

/** Keys of those that lead here now. */
export function openDoorsOf(member: Entered): string[] {
  return doorsOf(member).flatMap(({ personKey, closed }) => (closed ? [] : [personKey]));
}

/** Whether the programme may write to the person. */
export function isReachable({ status, email }: Pick<Member, 'status' | 'email'>): boolean {
  return status !== 'withdrawn' && status !== 'erased' && email !== '';
}

/** What a member's record waits for. */
export function memberTimers(
  member: Pick<Member, 'status' | 'charter' | 'offer' | 'seenOn'>,
  { steps, calendar }: { readonly steps: FollowUpSteps; readonly calendar: WorkingCalendar },
): Timer[] {
  const { status, charter, offer, seenOn } = member;
  if (status === 'draft') return [openDaysTimer(steps.draft, charter.signedAt, calendar)];
  const lastUse = seenOn === undefined ? charter.signedAt : fromLocal({ date: seenOn, minutes: 0 }, calendar.zone);
  const inactive = plainTimer(steps.inactive, lastUse);
  if (status === 'paused' || status === 'excluded') return [inactive];
  if (status !== 'active') return [];
  const isOffering = offer && (offer.pausedUntil !== untilResumed || offer.pausedFrom !== undefined);
  return [
    inactive,
    ...(offer ? restTimers(offer, calendar.zone) : []),
    ...(isOffering ? [openDaysTimer(steps.availability, offer.confirmedAt ?? charter.signedAt, calendar)] : []),
    ...(charter.askedAt ? [openDaysTimer(steps.charter, charter.askedAt, calendar)] : []),
  ];
}

/** What the matching knows of a member: nothing that names anybody, nothing that is encrypted at rest. */
export type Participant = Pick<
  Member,
  'id' | 'labId' | 'status' | 'charter' | 'profile' | 'ties' | 'offer' | 'held' | 'addressProof'
>;

/** Whether somebody was excluded or has left: nobody is introduced to them any more. */
export function isOut({ status }: Pick<Member, 'status'>): boolean {
  return status === 'excluded' || status === 'withdrawn' || status === 'erased';
}

/** Whether somebody may be proposed anything: taking part, described, with an address that counts. */
export function mayBeProposed(member: Participant): boolean {
  return member.status === 'active' && member.profile !== undefined && hasConfirmedAddress(member);
}

/** Whether the mentor may be proposed on a local date (YYYY-MM-DD): offering as well, and not paused. */
export function isOpenAsMentor(member: Participant, today: string): boolean {
  const { offer } = member;
  return mayBeProposed(member) && offer !== undefined && !isResting(offer, today);
}

/** Places a mentor still has; 0 for somebody who offers nothing. */
export function freePlaces(member: Pick<Member, 'offer' | 'held'>): number {
  return Math.max(0, (member.offer?.capacity ?? 0) - member.held.length);
}
