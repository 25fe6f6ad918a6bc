// What two persons have in common: computed when they are proposed, and all that a card may tell before two yeses.
import type { WorkingCalendar } from './calendar.ts';
import { type Span } from './free-time.ts';
import { commonModalities, type Attendee } from './meeting-kinds.ts';
import { halfHoursOf } from './meeting.ts';
import { type Participant, type Profile } from './member.ts';
import { meetingsOf, type MentorOffer } from './mentor-offer.ts';
import type { MentoringRequest } from './mentoring-request.ts';
import type { CommonGround } from './proposal.ts';

export type DescribedMember = Participant & { readonly profile: Profile };
export type DescribedMentor = DescribedMember & { readonly offer: MentorOffer };

function shared<T>(preferred: readonly T[], other: readonly T[]): T[] {
  return preferred.filter((item) => other.includes(item));
}

type Described = Pick<DescribedMember, 'profile'>;

/** A person and the lab on whose clock their week is meant. */
export interface Placed<M extends Described> {
  readonly member: M;
  readonly calendar: WorkingCalendar;
}

/** The card's facts about a mentee with a request and a mentor; span: the days in which they must find an hour. */
export function commonGround(
  request: Pick<MentoringRequest, 'wishes'>,
  { mentee, mentor }: { readonly mentee: Placed<DescribedMember>; readonly mentor: Placed<DescribedMentor> },
  span: Span,
): CommonGround {
  const [one, other] = [mentee.member.profile, mentor.member.profile];
  const { offer } = mentor.member;
  const pair = [attendeeOf(mentee), attendeeOf(mentor)] as const;
  const halfHours = halfHoursOf(meetingsOf(offer).minutes);
  const ways = [...span.commonWays(pair, halfHours).keys()];
  const starts = span.commonStarts(pair, halfHours);
  const [zone, mentorZone] = [mentee.calendar.zone, mentor.calendar.zone];
  return {
    topics: shared(request.wishes.topics, offer.topics),
    keptForConversation: request.wishes.keptForConversation || offer.keptForConversation,
    languages: shared(one.languages, other.languages),
    modalities: ways.length > 0 ? ways : commonModalities(pair),
    format: request.wishes.format,
    halfDays: span.halfDays(starts, zone),
    ...(zone !== mentorZone && { mentorHalfDays: span.halfDays(starts, mentorZone) }),
    sameLab: mentee.member.labId === mentor.member.labId,
  };
}

/** A person as the calendar sees them. */
export function attendeeOf({ member: { profile }, calendar }: Placed<Described>): Attendee {
  return { availability: profile.availability, modalities: profile.modalities, calendar };
}
