import type { Proposal } from '../domain/proposal.ts';
import { settleClosed } from './end-dialogue.ts';
import { releaseOrphan, settleLapsed, supersedeProposal } from './end-proposal.ts';
import { settleConfirmed } from './introduce-pair.ts';
import type { Ports } from './ports.ts';
import { settleSent } from './propose-pairs.ts';
import { sweep, type SweepCount } from './sweep.ts';

/** A copy of the service that is still at work is left alone for so long. */
const graceMs = 2 * 60_000;
/** A place is held for milliseconds before its proposal is stored; ten minutes later there was a crash in between. */
const orphanMs = 10 * 60_000;

/** Carries out what a crash left half done: consequences of a status, and places held by nothing. */
export async function settleProposals(ports: Ports): Promise<SweepCount> {
  const before = (ms: number): Date => new Date(ports.clock.now().getTime() - ms);
  const seen = new Set<string>();
  const unsettled = await sweep(ports, {
    name: 'settling',
    list: async (limit) => unseen(await ports.proposals.listUnsettled(before(graceMs), limit), seen),
    act: (proposal) => settle(ports, proposal),
  });
  await checkPlaces(ports, before(orphanMs));
  return unsettled;
}

/** One sweep looks at each record once, whatever comes of it. */
function unseen(proposals: readonly Proposal[], seen: Set<string>): Proposal[] {
  const fresh = proposals.filter(({ id }) => !seen.has(id));
  for (const { id } of fresh) seen.add(id);
  return fresh;
}

async function settle(ports: Ports, proposal: Proposal): Promise<void> {
  switch (proposal.status) {
    case 'confirmed':
      await settleConfirmed(ports, proposal);
      return;
    case 'lapsed':
      return settleLapsed(ports, proposal);
    case 'superseded':
      return supersedeProposal(ports, proposal);
    default:
      await settleSent(ports, [proposal]);
  }
}

async function checkPlaces(ports: Ports, heldBefore: Date): Promise<void> {
  const places = await ports.members.listHeld(heldBefore);
  const dialogues = await ports.dialogues.findMany(places.map(({ holderId }) => holderId));
  const mentorOf = new Map(dialogues.map(({ id, mentorId }) => [id, mentorId]));
  for (const dialogue of dialogues) if (dialogue.status === 'closed') await settleClosed(ports, dialogue);
  for (const { mentorId, holderId } of places) {
    if (mentorOf.get(holderId) !== mentorId) await releaseOrphan(ports, mentorId, holderId);
  }
}
