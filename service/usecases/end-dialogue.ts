import { openDialogueStatuses, type Dialogue, type DialogueClosing } from '../domain/dialogue.ts';
import { MentoringError } from '../domain/errors.ts';
import { callOffPlanned } from './cancel-meeting.ts';
import { bothOf, notify, partnerIn, type Recipient } from './notify.ts';
import type { Ports } from './ports.ts';
import { getOwnDialogue } from './records.ts';
import { timersOfDialogue, waitingFor } from './waiting.ts';
import { wishMatching } from './wish-matching.ts';

/** Either person may end it at any time; the other is told only that it has ended. */
export async function endDialogue(
  ports: Ports,
  { memberId, dialogueId }: { memberId: string; dialogueId: string },
): Promise<void> {
  const dialogue = await getOwnDialogue(ports, { memberId, dialogueId });
  const closed = await closeDialogue(ports, dialogue, 'ended_early');
  if (!closed) throw new MentoringError('dialogue_over');
  await settleClosed(ports, closed, partnerIn(closed, memberId));
}

/** Closes an open dialogue; undefined when somebody was faster. The consequences are settleClosed's. */
export async function closeDialogue(
  ports: Ports,
  dialogue: Dialogue,
  closing: DialogueClosing,
): Promise<Dialogue | undefined> {
  return ports.dialogues.change(dialogue.id, openDialogueStatuses, {
    status: 'closed',
    closing,
    closedAt: ports.clock.now(),
    due: null,
  });
}

/** Before any step: the first question is asked as soon as the dialogue is closing. */
const beforeAll = new Date(0);

/** The planned end has come: both are asked how it was, and the dialogue closes some weeks later. */
export async function beginClosing(ports: Ports, dialogue: Dialogue): Promise<void> {
  const closing = { status: 'closing', closingSince: ports.clock.now() } as const;
  const waits = waitingFor(ports, timersOfDialogue(ports, { ...dialogue, ...closing }), beforeAll);
  await ports.dialogues.change(dialogue.id, ['active'], { ...closing, ...waits });
}

/** Frees the place and the request, calls off a planned meeting, tells those given. Safe to repeat. */
export async function settleClosed(
  ports: Ports,
  dialogue: Dialogue,
  told: readonly Recipient[] = bothOf(dialogue),
): Promise<void> {
  await callOffPlanned(ports, dialogue);
  await ports.requests.change(dialogue.requestId, ['matched'], {
    status: 'closed',
    outcome: 'served',
    proposalId: null,
  });
  await notify(ports, told, { kind: 'dialogue_ended', subjectId: dialogue.id });
  await wishMatching(ports);
  await ports.members.releasePlace(dialogue.mentorId, dialogue.id);
}
