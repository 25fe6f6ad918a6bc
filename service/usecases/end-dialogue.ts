import { openDialogueStatuses, type Dialogue, type DialogueClosing } from '../domain/dialogue.ts';
import { MentoringError } from '../domain/errors.ts';
import { callOffPlanned } from './cancel-meeting.ts';
import { bothOf, notify } from './notify.ts';
import type { Ports } from './ports.ts';
import { getOwnDialogue } from './records.ts';
import { timersOfDialogue, waitingFor } from './waiting.ts';
import { wishMatching } from './wish-matching.ts';

/** Either person may end it at any time. Both are told alike that it has ended: nothing tells who did. */
export async function endDialogue(
  ports: Ports,
  { memberId, dialogueId }: { memberId: string; dialogueId: string },
): Promise<void> {
  const dialogue = await getOwnDialogue(ports, { memberId, dialogueId });
  const closed = await closeDialogue(ports, dialogue, { closing: 'ended_early' });
  if (!closed) throw new MentoringError('dialogue_over');
  await settleClosed(ports, closed);
}

/**
 * Closes an open dialogue; undefined when somebody was faster. The consequences are settleClosed's. What one side alone had
 * said goes with it. ifStill: for sweeps, so that an act of the two goes before.
 */
export async function closeDialogue(
  ports: Ports,
  dialogue: Dialogue,
  { closing, ifStill = false }: { readonly closing: DialogueClosing; readonly ifStill?: boolean },
): Promise<Dialogue | undefined> {
  const end = {
    ...({ status: 'closed', closing: dialogue.status === 'closing' ? 'completed' : closing } as const),
    ...{ closedAt: ports.clock.now(), renewal: null, fitAnswered: null, due: null },
  };
  return ifStill
    ? ports.dialogues.changeIfStill(dialogue, openDialogueStatuses, end)
    : ports.dialogues.change(dialogue.id, openDialogueStatuses, end);
}

/** Before any step: the first question is asked as soon as the dialogue is closing. */
const beforeAll = new Date(0);

/** The planned end has come: both are asked how it was, and the dialogue closes some weeks later. */
export async function beginClosing(ports: Ports, dialogue: Dialogue): Promise<void> {
  const closing = { status: 'closing', closingSince: ports.clock.now() } as const;
  const waits = waitingFor(ports, timersOfDialogue(ports, { ...dialogue, ...closing }), beforeAll);
  await ports.dialogues.changeIfStill(dialogue, ['active'], { ...closing, ...waits });
}

/** Frees the place and the request, calls off a planned meeting, tells both. Safe to repeat. */
export async function settleClosed(ports: Ports, dialogue: Dialogue): Promise<void> {
  await callOffPlanned(ports, dialogue);
  await ports.requests.change(dialogue.requestId, ['matched'], {
    status: 'closed',
    outcome: 'served',
    proposalId: null,
  });
  await notify(ports, bothOf(dialogue), { kind: 'dialogue_ended', subjectId: dialogue.id });
  await wishMatching(ports);
  await ports.members.releasePlace(dialogue.mentorId, dialogue.id);
}
