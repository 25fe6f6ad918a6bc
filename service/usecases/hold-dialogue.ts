// A dialogue that rests for a while: either of the two may put it on hold and take it up again, no reason asked.
import { MentoringError } from '../domain/errors.ts';
import { notify, partnerIn, threadOf } from './notify.ts';
import type { Ports } from './ports.ts';
import { getOwnDialogue } from './records.ts';
import { timersOfDialogue, waitingFor } from './waiting.ts';

interface Own {
  readonly memberId: string;
  readonly dialogueId: string;
}

/** Nudges end; after two months both are asked. */
export async function holdDialogue(ports: Ports, own: Own): Promise<void> {
  const dialogue = await getOwnDialogue(ports, own);
  if (dialogue.status !== 'active') throw new MentoringError('not_allowed');
  const heldSince = ports.clock.now();
  const rest = { status: 'on_hold', heldSince } as const;
  await tell(ports, own, { kind: 'dialogue_on_hold', since: dialogue.lastSignAt ?? dialogue.introducedAt });
  const waits = waitingFor(ports, timersOfDialogue(ports, { ...dialogue, ...rest }));
  if (!(await ports.dialogues.change(dialogue.id, ['active'], { ...rest, ...waits }))) {
    throw new MentoringError('dialogue_over');
  }
}

/** A sign of life: what waited begins anew. */
export async function resumeDialogue(ports: Ports, own: Own): Promise<void> {
  const dialogue = await getOwnDialogue(ports, own);
  if (dialogue.status !== 'on_hold') throw new MentoringError('not_allowed');
  const again = { status: 'active', lastSignAt: ports.clock.now() } as const;
  await tell(ports, own, { kind: 'dialogue_resumed', since: dialogue.heldSince ?? dialogue.introducedAt });
  // The planned end does not rest: its notice may have come meanwhile.
  const waits = waitingFor(ports, timersOfDialogue(ports, { ...dialogue, ...again }), dialogue.heldSince);
  const resumed = await ports.dialogues.change(dialogue.id, ['on_hold'], { ...again, heldSince: null, ...waits });
  if (!resumed) throw new MentoringError('dialogue_over');
}

interface Rest {
  readonly kind: 'dialogue_on_hold' | 'dialogue_resumed';
  /** What the act starts from: a second click on the same page is the same news. */
  readonly since: Date;
}

/** The other person only. */
async function tell(ports: Ports, own: Own, { kind, since }: Rest): Promise<void> {
  const dialogue = await getOwnDialogue(ports, own);
  const told = partnerIn(dialogue, own.memberId);
  await notify(ports, told, {
    kind,
    subjectId: dialogue.id,
    step: since.toISOString(),
    thread: threadOf(ports, dialogue),
  });
}
