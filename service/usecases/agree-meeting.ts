import { agree, type Meeting } from '../domain/meeting.ts';
import { changeMeeting, type MeetingAnswer } from './change-meeting.ts';
import { bothOf } from './notify.ts';
import type { Ports } from './ports.ts';

/** Agrees to the time, or the new time, that the other person suggested; both receive a calendar entry, or its update. */
export async function agreeMeeting(ports: Ports, input: MeetingAnswer): Promise<Meeting> {
  return changeMeeting(ports, input, (seen) => ({
    change: agree(seen.meeting, seen),
    told: bothOf(seen.dialogue),
    news: 'meeting_agreed',
  }));
}
