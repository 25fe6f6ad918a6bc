// A dialogue shows that it lives: two have met, or one says that they are in touch.
import type { Dialogue } from '../domain/dialogue.ts';
import { MentoringError } from '../domain/errors.ts';
import type { Ports } from './ports.ts';
import { getOwnDialogue } from './records.ts';
import { timersOfDialogue, waitingFor } from './waiting.ts';

/** Notes that a meeting of a dialogue took place until `heldAt`. Harmless when the dialogue is over, or repeated. */
export async function noteHeld(ports: Ports, dialogueId: string, heldAt: Date): Promise<void> {
  const dialogue = await ports.dialogues.find(dialogueId);
  if (dialogue?.status !== 'introduced' && dialogue?.status !== 'active') return;
  await live(ports, { ...dialogue, firstHeldAt: dialogue.firstHeldAt ?? heldAt }, heldAt);
}

/** One of the two says that they are in touch: the nudges end, the questions begin anew. */
export async function stayInTouch(ports: Ports, input: { memberId: string; dialogueId: string }): Promise<Dialogue> {
  const dialogue = await getOwnDialogue(ports, input);
  const open = dialogue.status === 'introduced' || dialogue.status === 'active';
  const alive = open && (await live(ports, dialogue, ports.clock.now()));
  if (!alive) throw new MentoringError('dialogue_over');
  return alive;
}

async function live(ports: Ports, dialogue: Dialogue, at: Date): Promise<Dialogue | undefined> {
  const { status, activeSince = at, lastSignAt = at, firstHeldAt } = dialogue;
  const facts = {
    status: 'active',
    activeSince,
    lastSignAt: lastSignAt > at ? lastSignAt : at,
    ...(firstHeldAt && { firstHeldAt }),
  } as const;
  const waits = waitingFor(ports, timersOfDialogue(ports, { ...dialogue, ...facts }), at);
  return ports.dialogues.change(dialogue.id, [status], { ...facts, ...waits });
}
