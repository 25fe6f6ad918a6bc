// What the page of one's mentoring saves: the week, the offer, a pause. What was saved elsewhere since the page was shown is
// kept, part by part; only what was changed on both sides is told.
import { checkAvailability, type Absence, type Availability, type WeeklyWindow } from '../domain/availability.ts';
import { MentoringError } from '../domain/errors.ts';
import { type Member } from '../domain/member.ts';
import { capacityBounds, isResting, meetingsOf, type MentorOffer } from '../domain/mentor-offer.ts';
import { usualMeetings, type MeetingWishes } from '../domain/meeting.ts';
import { merge, mergeLists, type Parts } from '../domain/merging.ts';
import { windowsFor } from '../domain/week-cells.ts';
import { confirmed } from './confirm-offer.ts';
import { editMember } from './edit-member.ts';
import { lapseAtNextRun } from './end-proposal.ts';
import { lapseUnanswered } from './pause-mentoring.ts';
import type { Ports } from './ports.ts';
import { getActiveMember, todayOf } from './records.ts';
import { wishMatching } from './wish-matching.ts';

/** A pause. from: its first day, left out for today. until: the first day on which the offer is open again. */
export interface Rest {
  readonly from?: string;
  readonly until: string;
}

export interface OfferForm extends Pick<MentorOffer, 'topics' | 'keptForConversation' | 'formats' | 'capacity'> {
  readonly meetings?: MeetingWishes;
  readonly rest?: Rest;
}

/** Either part may be left out: it then stays as it is. */
export interface MentoringForm {
  readonly availability?: Availability;
  readonly offer?: OfferForm;
  /** Of a form as it was shown: there was an offer. */
  readonly isOffering?: boolean;
}

interface Save {
  readonly memberId: string;
  readonly form: MentoringForm;
  /** The form as it was shown; left out, it counts whatever was saved since. */
  readonly base?: MentoringForm | undefined;
}

/**
 * Saves the form of a member who has a profile.
 * @throws MentoringError overtaken when a part was changed here and elsewhere, each to something else
 */
export async function saveMentoring(ports: Ports, { memberId, form, base }: Save): Promise<Member> {
  check(form);
  if (form.offer ?? (await getActiveMember(ports, memberId)).offer) await wishMatching(ports);
  const areas = [
    ...(form.availability ? (['week'] as const) : []),
    ...(form.offer ? (['offer', 'rest'] as const) : []),
  ];
  const saved = await editMember(
    ports,
    { areas, from: ['active'] },
    {
      read: () => getActiveMember(ports, memberId),
      make: (member) => {
        if (!member.profile) throw new MentoringError('profile_incomplete');
        const { availability, offer } = mergedForm(form, base, storedForm(member, todayOf(ports, member)));
        if (availability) checkAvailability(availability);
        const stands = offer ? offerOf(offer, todayOf(ports, member)) : member.offer;
        return {
          ...(availability && { profile: { ...member.profile, availability } }),
          ...(stands && confirmed(ports, member, stands)),
        };
      },
    },
  );
  if (!saved) throw new MentoringError('member_paused');
  await giveUpExcess(ports, saved);
  if (saved.offer && isResting(saved.offer, todayOf(ports, saved))) await lapseUnanswered(ports, memberId);
  return saved;
}

function check({ availability, offer }: MentoringForm): void {
  if (availability) checkAvailability(availability);
  if (!offer) return;
  const { least, most } = capacityBounds;
  if (!Number.isInteger(offer.capacity) || offer.capacity < least || offer.capacity > most) {
    throw new MentoringError('capacity_invalid');
  }
  if (offer.formats.length === 0 || (offer.topics.length === 0 && !offer.keptForConversation)) {
    throw new MentoringError('profile_incomplete');
  }
}

/**
 * What the form would say of a member now. today: a local date; a pause that is over is none, nor is its first day once it has
 * come, nor an absence that is over.
 */
export function storedForm({ profile, offer }: Pick<Member, 'profile' | 'offer'>, today: string): MentoringForm {
  const { pausedFrom: from, pausedUntil: until } = offer ?? {};
  const { windows = [], absences = [], anyTime = false } = profile?.availability ?? {};
  return {
    ...(profile && {
      availability: {
        anyTime,
        windows: windowsFor(windows, profile.modalities),
        absences: absences.filter(({ toOn }) => toOn >= today),
      },
    }),
    ...(offer && {
      offer: {
        ...{ topics: offer.topics, keptForConversation: offer.keptForConversation, formats: offer.formats },
        ...{ capacity: offer.capacity, meetings: meetingsOf(offer) },
        ...(until !== undefined &&
          until > today && { rest: { ...(from !== undefined && from > today && { from }), until } }),
      },
    }),
  };
}

function offerOf({ rest, meetings, ...offer }: OfferForm, today: string): MentorOffer {
  const { from, until } = rest ?? {};
  return {
    ...offer,
    ...(meetings && { meetings }),
    ...(from !== undefined && from > today && { pausedFrom: from }),
    ...(until !== undefined && { pausedUntil: until }),
  };
}

/** @throws MentoringError overtaken */
function mergedForm(wanted: MentoringForm, base: MentoringForm | undefined, stored: MentoringForm): MentoringForm {
  const { value, conflicts } = mergeForms(wanted, base, stored);
  if (conflicts.length > 0) throw new MentoringError('overtaken');
  return value;
}

/** conflicts: "day3", "anyTime", the names of the offer's parts, "offer" for one that is gone. `value` has them as wanted. */
export function mergeForms(
  wanted: MentoringForm,
  base: MentoringForm | undefined,
  stored: MentoringForm,
): { readonly value: MentoringForm; readonly conflicts: readonly string[] } {
  const week = wanted.availability && mergeWeeks(wanted.availability, base?.availability, stored.availability);
  const offer = wanted.offer && mergeOffers(wanted.offer, base?.offer, stored.offer);
  return {
    value: { ...(week && { availability: week.value }), ...(offer && { offer: offer.value }) },
    conflicts: [
      ...(week?.conflicts ?? []),
      ...(offer?.conflicts ?? []),
      ...(offer && base?.isOffering && !stored.offer ? ['offer'] : []),
    ],
  };
}

const weekdays = [1, 2, 3, 4, 5, 6, 7];

function mergeWeeks(wanted: Availability, base: Availability | undefined, stored: Availability = wanted) {
  const parts = ({ anyTime, windows }: Availability): Parts => ({
    anyTime,
    ...Object.fromEntries(
      weekdays.map((day) => [`day${day}`, windows.filter(({ weekday }) => weekday === day)] as const),
    ),
  });
  const sides = { base: parts(base ?? stored), wanted: parts(wanted), stored: parts(stored) };
  const { value, conflicts } = merge(sides);
  const absences = mergeLists({
    ...{ base: (base ?? stored).absences, wanted: wanted.absences, stored: stored.absences },
  });
  const merged: Availability = {
    anyTime: value['anyTime'] as boolean,
    windows: weekdays.flatMap((day) => value[`day${day}`] as WeeklyWindow[]),
    absences: absences.sort(byDay),
  };
  return { value: merged, conflicts };
}

function byDay(one: Absence, other: Absence): number {
  return one.fromOn < other.fromOn ? -1 : 1;
}

/** Nobody else has an offer of theirs: without a stored one there is nothing to keep. */
function mergeOffers(wanted: OfferForm, base: OfferForm | undefined, stored: OfferForm | undefined) {
  const parts = ({ meetings = usualMeetings, ...offer }: OfferForm): Parts => ({ ...offer, ...meetings });
  const now = parts(stored ?? wanted);
  // A page of before knew nothing of a pause.
  const kept = base || !stored?.rest ? wanted : { rest: stored.rest, ...wanted };
  const { value, conflicts } = merge({ base: base && stored ? parts(base) : now, wanted: parts(kept), stored: now });
  const { minutes, noticeHours, mostAWeek, marginMinutes, ...offer } = value as unknown as OfferForm & MeetingWishes;
  const meetings = { minutes, noticeHours, marginMinutes, ...(mostAWeek !== undefined && { mostAWeek }) };
  return { value: { ...offer, meetings } as OfferForm, conflicts };
}

/** Proposals beyond a capacity that was lowered end like a refusal, the newest first; dialogues are never ended by it. */
async function giveUpExcess(ports: Ports, mentor: Member): Promise<void> {
  if (!mentor.offer) return;
  const excess = mentor.held.length - mentor.offer.capacity;
  if (excess <= 0) return;
  const proposals = await ports.proposals.listLiveOf(mentor.id);
  const asMentor = proposals.filter(({ mentorId }) => mentorId === mentor.id);
  for (const { id } of asMentor.slice(-excess)) {
    const refused = await ports.proposals.answer(id, 'mentor', 'no');
    if (refused) await lapseAtNextRun(ports, refused);
  }
}
