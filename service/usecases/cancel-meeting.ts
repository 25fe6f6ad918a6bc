import type { Dialogue } from '../domain/dialogue.ts';
import { callOff, plannedStatuses, type Meeting } from '../domain/meeting.ts';
import { changeMeeting, type MeetingAnswer } from './change-meeting.ts';
import { bothOf, notify, partnerIn } from './notify.ts';
import type { Ports } from './ports.ts';

/** Calls off a suggested or agreed meeting; an agreed one also leaves both calendars. */
export async function cancelMeeting(ports: Ports, input: MeetingAnswer): Promise<Meeting> {
  return changeMeeting(ports, input, ({ meeting, dialogue, memberId }) => ({
    change: callOff(meeting),
    told: meeting.status === 'agreed' ? bothOf(dialogue) : partnerIn(dialogue, memberId),
    news: 'meeting_cancelled',
  }));
}

/** Calls off what is planned in a dialogue that is over, however the two act on it meanwhile. Safe to repeat. */
export async function callOffPlanned(ports: Ports, dialogue: Dialogue): Promise<void> {
  for (;;) {
    const meeting = await ports.meetings.findPlanned(dialogue.id);
    if (!meeting) return;
    const change = callOff(meeting);
    if (meeting.status === 'agreed') {
      const news = { kind: 'meeting_cancelled', subjectId: meeting.id, step: change.sequence } as const;
      await notify(ports, bothOf(dialogue), news);
    }
    if (await ports.meetings.change(meeting.id, { from: plannedStatuses, sequence: meeting.sequence }, change)) return;
  }
}
