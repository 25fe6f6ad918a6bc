import { MentoringError } from '../domain/errors.ts';
import { sideOf } from '../domain/proposal.ts';
import { closeDialogue, settleClosed } from './end-dialogue.ts';
import { lapseAtNextRun } from './end-proposal.ts';
import { partnerIn } from './notify.ts';
import type { Ports } from './ports.ts';
import { getMember } from './records.ts';
import { withdrawLive } from './withdraw-request.ts';

const dayMs = 86_400_000;
/** Days between leaving and erasure: time for what is under way to end for the other side; the promise is 30. */
const erasureDays = 14;

/** Leaves at once, no reason asked: out of the matching, dialogues ended, everything erased within 30 days. */
export async function leaveProgramme(ports: Ports, { memberId }: { memberId: string }): Promise<void> {
  await getMember(ports, memberId);
  const left = await ports.members.change(memberId, ['draft', 'active', 'paused', 'withdrawn'], {
    status: 'withdrawn',
    offer: null,
    feedHash: null,
    due: { step: 'erase', at: new Date(ports.clock.now().getTime() + erasureDays * dayMs) },
  });
  if (!left) throw new MentoringError('not_found');
  await settleLeaving(ports, memberId);
}

/** Ends what the person had under way. Safe to repeat: erasure repeats it, so a crash in between leaves nothing open. */
export async function settleLeaving(ports: Ports, memberId: string): Promise<void> {
  await ports.cases.forget(memberId);
  const request = await ports.requests.findLive(memberId);
  if (request) await withdrawLive(ports, request);
  for (const proposal of await ports.proposals.listLiveOf(memberId)) {
    const refused = await ports.proposals.answer(proposal.id, sideOf(proposal, memberId), 'no');
    if (refused) await lapseAtNextRun(ports, refused);
  }
  for (const dialogue of await ports.dialogues.listOpenOf(memberId)) {
    const closed = await closeDialogue(ports, dialogue, 'ended_early');
    if (closed) await settleClosed(ports, closed, partnerIn(closed, memberId));
  }
}
