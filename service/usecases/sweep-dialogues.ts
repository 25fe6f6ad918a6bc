import type { Dialogue, DialogueClosing } from '../domain/dialogue.ts';
import type { Due } from '../domain/follow-up.ts';
import { endOf } from '../domain/meeting.ts';
import type { NoticeKind } from '../domain/notice.ts';
import { beginClosing, closeDialogue, settleClosed } from './end-dialogue.ts';
import { follow } from './follow.ts';
import { bothOf, notify } from './notify.ts';
import type { Ports } from './ports.ts';
import { carryOutRenewal } from './renew-dialogue.ts';
import { sweep, type SweepCount } from './sweep.ts';
import { timersOfDialogue } from './waiting.ts';

/** Follows every open dialogue from its introduction to its end. */
export async function sweepDialogues(ports: Ports): Promise<SweepCount> {
  return sweep(ports, {
    name: 'dialogues',
    list: (limit) => ports.dialogues.listDue(ports.clock.now(), limit),
    act: (dialogue) => followDialogue(ports, dialogue),
  });
}

/** The letters by the step that sends them; a repeated step by its name without the number. */
const letters: Readonly<Record<string, NoticeKind>> = {
  nudge: 'first_meeting_nudge',
  question: 'no_contact_question',
  pulse: 'pulse',
  inactivity: 'inactivity_reminder',
  closing_offered: 'closing_offered',
  hold_question: 'hold_question',
  end_notice: 'end_notice',
  survey: 'closing_survey',
};

/** How a step ends a dialogue. */
const closings: Readonly<Record<string, DialogueClosing>> = {
  no_contact: 'no_contact',
  fade: 'ended_early',
  hold_end: 'ended_early',
  close: 'completed',
};

async function followDialogue(ports: Ports, dialogue: Dialogue): Promise<void> {
  const { due } = dialogue;
  if (!due) return;
  await follow(ports, {
    due,
    timers: timersOfDialogue(ports, dialogue),
    act: (step) => act(ports, dialogue, step),
    advance: (done, next) => ports.dialogues.advance(dialogue.id, done, next),
  });
}

async function act(ports: Ports, dialogue: Dialogue, { step }: Due): Promise<boolean> {
  const closing = closings[step];
  if (closing) {
    if (await isMeeting(ports, dialogue, step)) return true;
    const closed = await closeDialogue(ports, dialogue, { closing, ifStill: true });
    if (closed) await settleClosed(ports, closed);
    return true;
  }
  if (step === 'end') {
    if (!(await carryOutRenewal(ports, dialogue))) await beginClosing(ports, dialogue);
    return true;
  }
  await write(ports, dialogue, step);
  return false;
}

const hourMs = 3_600_000;

/** Two who have agreed on an hour are not closed for want of contact before it has passed, and been noted. */
async function isMeeting(ports: Ports, { id, due }: Dialogue, step: string): Promise<boolean> {
  if (!due || (step !== 'no_contact' && step !== 'fade')) return false;
  const planned = await ports.meetings.findPlanned(id);
  if (planned?.status !== 'agreed') return false;
  const passed = Math.max(endOf(planned).getTime(), ports.clock.now().getTime()) + hourMs;
  await ports.dialogues.advance(id, due, { step, at: new Date(passed) });
  return true;
}

async function write(ports: Ports, dialogue: Dialogue, step: string): Promise<void> {
  const { heldSince, fitAnswered, plannedEndOn } = dialogue;
  if (step === 'fit_check') {
    const [mentee, mentor] = bothOf(dialogue);
    const asked = [...(fitAnswered?.mentee ? [] : [mentee]), ...(fitAnswered?.mentor ? [] : [mentor])];
    await notify(ports, asked, { kind: 'fit_check', subjectId: dialogue.id });
    return;
  }
  const kind = letters[step.replace(/_\d+$/u, '')];
  if (!kind) return;
  // What may come more than once in the life of a dialogue tells its turns apart.
  const turn = { hold_question: heldSince?.toISOString(), end_notice: plannedEndOn }[step];
  await notify(ports, bothOf(dialogue), { kind, subjectId: dialogue.id, step: turn ?? turnOf(dialogue, step) });
}

/** Silence may begin anew after a sign of life: its letters are counted from there. */
function turnOf({ lastSignAt }: Dialogue, step: string): string {
  const fromSign = step.startsWith('inactivity') || step === 'closing_offered';
  return fromSign && lastSignAt ? `${step}.${lastSignAt.toISOString()}` : step;
}
