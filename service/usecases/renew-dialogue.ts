import { renewedEnd, type Dialogue } from '../domain/dialogue.ts';
import { MentoringError } from '../domain/errors.ts';
import { sideOf } from '../domain/proposal.ts';
import { bothOf, notify } from './notify.ts';
import type { Ports } from './ports.ts';
import { getOwnDialogue, today } from './records.ts';
import { timersOfDialogue, waitingFor } from './waiting.ts';

const renewable = ['active', 'closing'] as const;

/**
 * Says yes to going on after the planned end; it takes two, and a single yes is never shown. plannedEndOn: the end as the
 * person saw it. Returns whether the dialogue goes on.
 */
export async function renewDialogue(
  ports: Ports,
  input: { memberId: string; dialogueId: string; plannedEndOn: string },
): Promise<boolean> {
  const dialogue = await getOwnDialogue(ports, input);
  if (!renewedEnd(dialogue, today(ports))) throw new MentoringError('not_allowed');
  const side = sideOf(dialogue, input.memberId);
  const said = { side, from: renewable, plannedEndOn: input.plannedEndOn };
  const heard = await ports.dialogues.say(dialogue.id, 'renewal', said);
  if (!heard) throw new MentoringError('dialogue_over');
  return carryOutRenewal(ports, heard);
}

/** Goes on if both have said yes; false otherwise. Safe to repeat: the sweep does so, should a crash come in between. */
export async function carryOutRenewal(ports: Ports, dialogue: Dialogue): Promise<boolean> {
  const { id, renewal, plannedEndOn } = dialogue;
  const end = renewedEnd(dialogue, today(ports));
  if (!renewal?.mentee || !renewal.mentor || !end) return false;
  await notify(ports, bothOf(dialogue), { kind: 'dialogue_renewed', subjectId: id, step: end });
  const renewed = { status: 'active', plannedEndOn: end, lastSignAt: ports.clock.now() } as const;
  const waits = waitingFor(ports, timersOfDialogue(ports, { ...dialogue, ...renewed }));
  await ports.dialogues.renew(id, plannedEndOn, { ...renewed, closingSince: null, ...waits });
  return true;
}
