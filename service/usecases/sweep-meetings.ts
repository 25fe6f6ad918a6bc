import { endOf, type Meeting } from '../domain/meeting.ts';
import { claimsAfter } from '../domain/meeting-claims.ts';
import { noteHeld } from './begin-dialogue.ts';
import { bothOf, notify } from './notify.ts';
import type { Ports } from './ports.ts';
import { sweep, type SweepCount } from './sweep.ts';

/** Reminds of agreed meetings, notes those that took place, drops suggestions that nobody took up in time. */
export async function sweepMeetings(ports: Ports): Promise<SweepCount> {
  return sweep(ports, {
    name: 'meetings',
    list: (limit) => ports.meetings.listDue(ports.clock.now(), limit),
    act: (meeting) => followMeeting(ports, meeting),
  });
}

async function followMeeting(ports: Ports, meeting: Meeting): Promise<void> {
  const { id, due, sequence } = meeting;
  if (due?.step === 'expire') {
    const over = { status: 'cancelled', claims: null, taken: null, due: null } as const;
    await ports.meetings.change(id, { from: ['suggested'], sequence }, over);
  } else if (due?.step === 'reminder') {
    if (ports.clock.now() < meeting.startsAt) await remind(ports, meeting);
    await ports.meetings.advance(id, due, { step: 'held', at: endOf(meeting) });
  } else if (due) {
    await noteHeld(ports, meeting.dialogueId, endOf(meeting));
    // A move that nobody answered is gone: the agreed time stood.
    const over = { status: 'held', move: null, claims: null, taken: claimsAfter(meeting.claims), due: null } as const;
    await ports.meetings.change(id, { from: ['agreed'], sequence }, over);
  }
}

/** Once for each agreed time: another one, agreed later, has a reminder of its own. */
async function remind(ports: Ports, { id, dialogueId, startsAt, agreedSequence }: Meeting): Promise<void> {
  const dialogue = await ports.dialogues.find(dialogueId);
  if (!dialogue) return;
  const step = agreedSequence ?? 0;
  await notify(ports, bothOf(dialogue), { kind: 'meeting_reminder', subjectId: id, step, actBy: startsAt });
}
