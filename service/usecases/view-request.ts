import { outlookOf, type OutlookOf } from '../domain/outlook.ts';
import type { MentoringRequest } from '../domain/mentoring-request.ts';
import { attendeeOf, type DescribedMember } from '../domain/common-ground.ts';
import { halfHoursOf, usualMeetings } from '../domain/meeting.ts';
import { isDescribed, isOfLab, matchingSpan } from './load-match-input.ts';
import { rulesInForce } from './match-rules.ts';
import type { Ports } from './ports.ts';
import { getLab } from './records.ts';
import { outlookHalfDays } from './take-outlook.ts';

/** Of the meetings that most mentors offer. */
const usualHalfHours = halfHoursOf(usualMeetings.minutes);

export interface RequestView {
  readonly request: MentoringRequest;
  /** How the search may turn out; absent before the programme's first night, and once the request is open no more. */
  readonly outlook?: OutlookOf;
}

/** The member's live request; while it is open, what the table of the last night says to anybody of the same wishes. */
export async function viewRequest(ports: Ports, { memberId }: { memberId: string }): Promise<RequestView | undefined> {
  const request = await ports.requests.findLive(memberId);
  if (request?.status !== 'open') return request && { request };
  const [table, rules, participants] = await Promise.all([
    ports.outlooks.find(),
    rulesInForce(ports),
    ports.members.listParticipants([memberId]),
  ]);
  const member = participants.find(isDescribed);
  // A lab that has left the configuration has no hours to count.
  if (!table || !member || !isOfLab(ports)(member)) return { request };
  const { profile } = member;
  const asked = {
    wishes: request.wishes,
    profile,
    halfDays: isAwayThroughout(ports, member) ? [] : outlookHalfDays(ports, member, usualHalfHours),
  };
  return { request, outlook: outlookOf(table, { ...asked, conditions: rules.conditions }) };
}

/** Their own absences leave no time at all: what they can change, and what tells of nobody else. */
function isAwayThroughout(ports: Ports, member: DescribedMember): boolean {
  if (member.profile.availability.absences.length === 0) return false;
  const attendee = attendeeOf({ member, calendar: getLab(ports, member.labId).calendar });
  return !matchingSpan(ports).starts(attendee, { halfHours: 1 }).includes(1);
}
