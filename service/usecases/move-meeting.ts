import { suggestOther, type Meeting, type MeetingTime } from '../domain/meeting.ts';
import { changeMeeting, type MeetingAnswer } from './change-meeting.ts';
import { roomFor } from './meeting-times.ts';
import { partnerIn } from './notify.ts';
import type { Ports } from './ports.ts';

export interface MoveInput extends MeetingAnswer, MeetingTime {}

/** Asks for another common time; an agreed one stands until the other person accepts the new one. */
export async function moveMeeting(ports: Ports, input: MoveInput): Promise<Meeting> {
  return changeMeeting(ports, input, async (seen) => {
    const { meeting, dialogue, memberId } = seen;
    // What is refused whatever the time is told first.
    suggestOther(meeting, { ...input, claims: [] }, seen);
    const { claims } = await roomFor(ports, { dialogue, meeting }, input);
    const change = suggestOther(meeting, { ...input, claims }, seen);
    const news = change.move ? 'meeting_move_suggested' : 'meeting_suggested';
    return { change, told: partnerIn(dialogue, memberId), news };
  });
}
