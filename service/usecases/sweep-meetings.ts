import type { Meeting } from '../domain/meeting.ts';
import { endOf } from './agree-meeting.ts';
import { bothOf, notify } from './notify.ts';
import type { Ports } from './ports.ts';
import { sweep, type SweepCount } from './sweep.ts';
import { plannedEndDue } from './sweep-dialogues.ts';

/** Reminds of agreed meetings, notes those that took place, drops suggestions that nobody took up in time. */
export async function sweepMeetings(ports: Ports): Promise<SweepCount> {
  return sweep(ports, {
    name: 'meetings',
    list: (limit) => ports.meetings.listDue(ports.clock.now(), limit),
    act: (meeting) => followMeeting(ports, meeting),
  });
}

async function followMeeting(ports: Ports, meeting: Meeting): Promise<void> {
  const { due, sequence } = meeting;
  if (!due) return;
  if (due.step === 'expire') {
    const dropped = { status: 'cancelled', due: null } as const;
    await ports.meetings.change(meeting.id, { from: ['suggested'], sequence }, dropped);
    return;
  }
  if (due.step === 'reminder' && ports.clock.now() < meeting.startsAt) await remind(ports, meeting);
  if (due.step === 'reminder') {
    await ports.meetings.advance(meeting.id, due, { step: 'held', at: endOf(meeting) });
    return;
  }
  await beginDialogue(ports, meeting);
  await ports.meetings.change(meeting.id, { from: ['agreed'], sequence }, { status: 'held', due: null });
}

async function remind(ports: Ports, meeting: Meeting): Promise<void> {
  const dialogue = await ports.dialogues.find(meeting.dialogueId);
  if (!dialogue) return;
  const news = {
    kind: 'meeting_reminder',
    subjectId: meeting.id,
    step: meeting.sequence,
    actBy: meeting.startsAt,
  } as const;
  await notify(ports, bothOf(dialogue), news);
}

/** The first meeting that took place makes the dialogue active: the nudges end, the planned end is what waits. */
async function beginDialogue(ports: Ports, meeting: Meeting): Promise<void> {
  const dialogue = await ports.dialogues.find(meeting.dialogueId);
  if (dialogue?.status !== 'introduced') return;
  const due = plannedEndDue(ports, dialogue);
  await ports.dialogues.change(dialogue.id, ['introduced'], { status: 'active', due });
}
