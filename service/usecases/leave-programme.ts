import type { Dialogue } from '../domain/dialogue.ts';
import { MentoringError } from '../domain/errors.ts';
import type { Due } from '../domain/follow-up.ts';
import { sideOf } from '../domain/proposal.ts';
import { closeDialogue, settleClosed } from './end-dialogue.ts';
import { endFeed, noFeed } from './end-feed.ts';
import { lapseAtNextRun } from './end-proposal.ts';
import type { Ports } from './ports.ts';
import { getMember } from './records.ts';
import { withdrawLive } from './withdraw-request.ts';

const dayMs = 86_400_000;
/** Days between leaving and erasure: time for what is under way to end for the other side; the promise is 30. */
const erasureDays = 14;

/** Leaves at once, no reason asked: out of the matching, dialogues ended, everything erased within 30 days. */
export async function leaveProgramme(ports: Ports, { memberId }: { memberId: string }): Promise<void> {
  await endFeed(ports, await getMember(ports, memberId));
  const due = { step: 'leaving', at: ports.clock.now() };
  const gone = { status: 'withdrawn', offer: null, ...noFeed, due } as const;
  const left = await ports.members.change(memberId, ['draft', 'active', 'paused', 'excluded', 'withdrawn'], gone);
  if (!left) throw new MentoringError('not_found');
  await carryOutLeaving(ports, memberId, due);
}

/** Ends what is under way, then waits for the erasure. Safe to repeat: the sweep does so, should a crash come in between. */
export async function carryOutLeaving(ports: Ports, memberId: string, leaving: Due): Promise<void> {
  await settleLeaving(ports, memberId);
  const at = new Date(leaving.at.getTime() + erasureDays * dayMs);
  await ports.members.advance(memberId, leaving, { step: 'erase', at });
}

/** Ends what the person had under way. Safe to repeat: erasure repeats it, so a crash in between leaves nothing open. */
export async function settleLeaving(ports: Ports, memberId: string): Promise<void> {
  await ports.cases.forget(memberId);
  await endUnderWay(ports, memberId);
}

/** Withdraws a request, lets proposals lapse and ends dialogues, in the words and at the hours of any other. Safe to repeat. */
export async function endUnderWay(ports: Ports, memberId: string): Promise<void> {
  const request = await ports.requests.findLive(memberId);
  if (request) await withdrawLive(ports, request);
  for (const proposal of await ports.proposals.listLiveOf(memberId)) {
    const refused = await ports.proposals.answer(proposal.id, sideOf(proposal, memberId), 'no');
    if (refused) await lapseAtNextRun(ports, refused);
  }
  for (const dialogue of await ports.dialogues.listOf(memberId)) {
    if (dialogue.status !== 'closed') await closeDialogue(ports, dialogue, { closing: 'ended_early' });
    await settleIfHeld(ports, dialogue);
  }
}

/** A dialogue that a crash left closed and holding its place or its request is settled while both are still known. */
async function settleIfHeld(ports: Ports, { id, requestId, mentorId }: Dialogue): Promise<void> {
  const [dialogue, request, mentor] = await Promise.all([
    ports.dialogues.find(id),
    ports.requests.find(requestId),
    ports.members.find(mentorId),
  ]);
  const holds = request?.status === 'matched' || mentor?.held.includes(id);
  if (dialogue?.status === 'closed' && holds) await settleClosed(ports, dialogue);
}
