import { MentoringError } from '../domain/errors.ts';
import type { Meeting } from '../domain/meeting.ts';
import type { MeetingAnswer } from './agree-meeting.ts';
import { bothOf, notify, partnerIn } from './notify.ts';
import type { Ports } from './ports.ts';
import { getOwnMeeting } from './records.ts';

/** Calls off a suggested or agreed meeting; an agreed one also leaves both calendars. */
export async function cancelMeeting(ports: Ports, input: MeetingAnswer): Promise<Meeting> {
  const { meeting, dialogue } = await getOwnMeeting(ports, input);
  const { sequence } = input;
  const told = meeting.status === 'agreed' ? bothOf(dialogue) : partnerIn(dialogue, input.memberId);
  await notify(ports, told, { kind: 'meeting_cancelled', subjectId: meeting.id, step: sequence + 1 });
  const cancelled = await ports.meetings.change(
    meeting.id,
    { from: ['suggested', 'agreed'], sequence },
    { status: 'cancelled', sequence: sequence + 1, due: null },
  );
  if (!cancelled) throw new MentoringError('meeting_changed');
  return cancelled;
}
