// What two persons have in common: computed when they are proposed, and all that a card may tell before two yeses.
import { halfDayOf, hourStarts, weeklySlots } from './availability.ts';
import type { MentorOffer, Participant, Profile } from './member.ts';
import type { MentoringRequest } from './mentoring-request.ts';
import type { CommonGround } from './proposal.ts';

export type DescribedMember = Participant & { readonly profile: Profile };
export type DescribedMentor = DescribedMember & { readonly offer: MentorOffer };

function shared<T>(preferred: readonly T[], other: readonly T[]): T[] {
  return preferred.filter((item) => other.includes(item));
}

/** Half-days ("1am" Monday morning to "7pm") in which both could talk for an hour, in the order of the week. */
export function commonHalfDays(one: Profile, other: Profile): string[] {
  const both = shared(weeklySlots(one.availability), weeklySlots(other.availability));
  return [...new Set(hourStarts(both).map(halfDayOf))];
}

/** The card's facts about a mentee with a request and a mentor. */
export function commonGround(
  request: Pick<MentoringRequest, 'wishes'>,
  mentee: DescribedMember,
  mentor: DescribedMentor,
): CommonGround {
  return {
    topics: shared(request.wishes.topics, mentor.offer.topics),
    keptForConversation: request.wishes.keptForConversation || mentor.offer.keptForConversation,
    languages: shared(mentee.profile.languages, mentor.profile.languages),
    modalities: shared(mentee.profile.modalities, mentor.profile.modalities),
    format: request.wishes.format,
    halfDays: commonHalfDays(mentee.profile, mentor.profile),
    sameLab: mentee.labId === mentor.labId,
  };
}
