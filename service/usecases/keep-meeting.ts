import { keepTime, type Meeting } from '../domain/meeting.ts';
import { changeMeeting, type MeetingAnswer } from './change-meeting.ts';
import { partnerIn } from './notify.ts';
import type { Ports } from './ports.ts';

/** The agreed time stays: declines the new one, or takes back one's own wish for it; the other person is told. */
export async function keepMeeting(ports: Ports, input: MeetingAnswer): Promise<Meeting> {
  return changeMeeting(ports, input, ({ meeting, dialogue, memberId, now }) => ({
    change: keepTime(meeting, now),
    told: partnerIn(dialogue, memberId),
    news: 'meeting_move_declined',
  }));
}
