import { addDays, fromLocal } from '../domain/calendar.ts';
import type { Dialogue } from '../domain/dialogue.ts';
import { dueAfter, stepToDo, type Due } from '../domain/follow-up.ts';
import { closeDialogue, settleClosed } from './end-dialogue.ts';
import { bothOf, notify } from './notify.ts';
import type { Ports } from './ports.ts';
import { pairCalendar } from './records.ts';
import { sweep, type SweepCount } from './sweep.ts';

/** Nudges pairs who have not met, closes what never began, and what has reached its planned end. */
export async function sweepDialogues(ports: Ports): Promise<SweepCount> {
  return sweep(ports, {
    name: 'dialogues',
    list: (limit) => ports.dialogues.listDue(ports.clock.now(), limit),
    act: (dialogue) => followDialogue(ports, dialogue),
  });
}

/** The due step of a dialogue that has begun: the morning after its planned last day. */
export function plannedEndDue(ports: Ports, dialogue: Dialogue): Due {
  const { zone } = pairCalendar(ports, dialogue);
  return { step: 'end', at: fromLocal({ date: addDays(dialogue.plannedEndOn, 1), minutes: 6 * 60 }, zone) };
}

async function followDialogue(ports: Ports, dialogue: Dialogue): Promise<void> {
  const { due } = dialogue;
  if (!due) return;
  if (due.step === 'end') return close(ports, dialogue, 'completed');
  const calendar = pairCalendar(ports, dialogue);
  const timer = { steps: ports.rules.steps.introduced, since: dialogue.introducedAt, calendar };
  const todo = stepToDo(timer, ports.clock.now()) ?? due;
  if (todo.step === 'no_contact') return close(ports, dialogue, 'no_contact');
  const kind = todo.step === 'question' ? 'no_contact_question' : 'first_meeting_nudge';
  await notify(ports, bothOf(dialogue), { kind, subjectId: dialogue.id, step: todo.step });
  await ports.dialogues.advance(dialogue.id, due, dueAfter(timer, todo.step));
}

async function close(ports: Ports, dialogue: Dialogue, closing: 'completed' | 'no_contact'): Promise<void> {
  const closed = await closeDialogue(ports, dialogue, closing);
  if (closed) await settleClosed(ports, closed);
}
