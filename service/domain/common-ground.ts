// What two persons have in common: computed when they are proposed, and all that a card may tell before two yeses.
import type { WorkingCalendar } from './calendar.ts';
import type { Attendee, Span } from './free-time.ts';
import type { MentorOffer, Participant, Profile } from './member.ts';
import type { MentoringRequest } from './mentoring-request.ts';
import type { CommonGround } from './proposal.ts';

export type DescribedMember = Participant & { readonly profile: Profile };
export type DescribedMentor = DescribedMember & { readonly offer: MentorOffer };

function shared<T>(preferred: readonly T[], other: readonly T[]): T[] {
  return preferred.filter((item) => other.includes(item));
}

/** A person and the lab on whose clock their week is meant. */
export interface Placed<M extends DescribedMember> {
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
  return {
    topics: shared(request.wishes.topics, offer.topics),
    keptForConversation: request.wishes.keptForConversation || offer.keptForConversation,
    languages: shared(one.languages, other.languages),
    modalities: shared(one.modalities, other.modalities),
    format: request.wishes.format,
    ...commonHalfDays(mentee, mentor, span),
    sameLab: mentee.member.labId === mentor.member.labId,
  };
}

/** Half-days in which both are free for an hour, each side's on its own clock. */
function commonHalfDays(
  mentee: Placed<DescribedMember>,
  mentor: Placed<DescribedMentor>,
  span: Span,
): Pick<CommonGround, 'halfDays' | 'mentorHalfDays'> {
  const attends = ({ member, calendar }: Placed<DescribedMember>): Attendee => ({
    availability: member.profile.availability,
    calendar,
  });
  const starts = span.commonStarts([attends(mentee), attends(mentor)]);
  const [zone, mentorZone] = [mentee.calendar.zone, mentor.calendar.zone];
  const halfDays = span.halfDays(starts, zone);
  return { halfDays, ...(zone !== mentorZone && { mentorHalfDays: span.halfDays(starts, mentorZone) }) };
}
