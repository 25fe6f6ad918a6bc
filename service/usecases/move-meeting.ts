import { suggestOther, type Meeting, type MeetingTime } from '../domain/meeting.ts';
import { changeMeeting, type MeetingAnswer } from './change-meeting.ts';
import { partnerIn } from './notify.ts';
import type { Ports } from './ports.ts';
import { checkCommon } from './suggest-meeting.ts';

export interface MoveInput extends MeetingAnswer, MeetingTime {}

/** Asks for another common time; an agreed one stands until the other person accepts the new one. */
export async function moveMeeting(ports: Ports, input: MoveInput): Promise<Meeting> {
  return changeMeeting(ports, input, async (seen) => {
    const { meeting, dialogue, memberId } = seen;
    const change = suggestOther(meeting, input, seen);
    await checkCommon(ports, dialogue, input);
    const news = change.move ? 'meeting_move_suggested' : 'meeting_suggested';
    return { change, told: partnerIn(dialogue, memberId), news };
  });
}
