import { MentoringError } from '../domain/errors.ts';
import type { Meeting } from '../domain/meeting.ts';
import type { Due } from '../domain/follow-up.ts';
import { bothOf, notify } from './notify.ts';
import type { Ports } from './ports.ts';
import { getOwnMeeting } from './records.ts';

export interface MeetingAnswer {
  readonly memberId: string;
  readonly meetingId: string;
  /** The meeting as the person saw it: a change in between is told, not overwritten. */
  readonly sequence: number;
}

const reminderHours = 24;
const hourMs = 3_600_000;

/** Agrees to the time that the other person suggested; both receive a calendar entry. */
export async function agreeMeeting(ports: Ports, input: MeetingAnswer): Promise<Meeting> {
  const { meeting, dialogue } = await getOwnMeeting(ports, input);
  if (meeting.suggestedById === input.memberId) throw new MentoringError('not_allowed');
  const now = ports.clock.now();
  if (meeting.status !== 'suggested' || meeting.startsAt <= now) throw new MentoringError('meeting_changed');
  await notify(ports, bothOf(dialogue), { kind: 'meeting_agreed', subjectId: meeting.id, step: input.sequence });
  const agreed = await ports.meetings.change(
    meeting.id,
    { from: ['suggested'], sequence: input.sequence },
    { status: 'agreed', due: firstDueOf(meeting, now) },
  );
  if (!agreed) throw new MentoringError('meeting_changed');
  return agreed;
}

/** The instant at which an agreed meeting has taken place. */
export function endOf(meeting: Pick<Meeting, 'startsAt' | 'minutes'>): Date {
  return new Date(meeting.startsAt.getTime() + meeting.minutes * 60_000);
}

function firstDueOf(meeting: Meeting, now: Date): Due {
  const reminderAt = new Date(meeting.startsAt.getTime() - reminderHours * hourMs);
  return reminderAt > now ? { step: 'reminder', at: reminderAt } : { step: 'held', at: endOf(meeting) };
}
