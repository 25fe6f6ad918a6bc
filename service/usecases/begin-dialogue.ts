// A dialogue shows that it lives: two have met, or one says that they are in touch.
import type { Dialogue } from '../domain/dialogue.ts';
import { MentoringError } from '../domain/errors.ts';
import type { Ports } from './ports.ts';
import { getOwnDialogue } from './records.ts';
import { notYetDone, timersOfDialogue, waitingFor } from './waiting.ts';

/**
 * Notes that a meeting of a dialogue took place until `heldAt`. Harmless when the dialogue is over, or repeated.
 * @throws MentoringError meeting_changed when others acted on the dialogue again and again: the sweep meets it once more
 */
export async function noteHeld(ports: Ports, dialogueId: string, heldAt: Date): Promise<void> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const dialogue = await ports.dialogues.find(dialogueId);
    if (!dialogue || dialogue.status === 'closing' || dialogue.status === 'closed') return;
    const firstHeldAt = dialogue.firstHeldAt ?? heldAt;
    const noted =
      dialogue.status === 'on_hold'
        ? await ports.dialogues.change(dialogueId, ['on_hold'], { firstHeldAt })
        : await live(ports, { ...dialogue, firstHeldAt }, heldAt);
    if (noted) return;
  }
  throw new MentoringError('meeting_changed');
}

const mostTries = 5;

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
  const since = notYetDone(ports, dialogue);
  const waits = waitingFor(ports, timersOfDialogue(ports, { ...dialogue, ...facts }), at < since ? at : since);
  return ports.dialogues.change(dialogue.id, [status], { ...facts, ...waits });
}
