import { MentoringError } from '../domain/errors.ts';
import type { MentoringRequest } from '../domain/mentoring-request.ts';
import { closeWithdrawn } from './close-withdrawn.ts';
import { lapseAtNextRun } from './end-proposal.ts';
import type { Ports } from './ports.ts';

/** Takes the request back. A mentor who was proposed learns it at the next run, in the words of any other lapse. */
export async function withdrawRequest(ports: Ports, { memberId }: { memberId: string }): Promise<void> {
  const request = await ports.requests.findLive(memberId);
  if (!request || !(await withdrawLive(ports, request))) throw new MentoringError('request_not_open');
}

/** false when a dialogue has come of the request meanwhile: that is ended, not withdrawn. Safe to repeat. */
export async function withdrawLive(ports: Ports, request: MentoringRequest): Promise<boolean> {
  if (request.status === 'matched') return false;
  if (request.proposalId) {
    // The no comes first: a proposal that the mentor confirms in this instant stays confirmed, and the person is told.
    const refused = await ports.proposals.answer(request.proposalId, 'mentee', 'no');
    const proposal = refused ?? (await ports.proposals.find(request.proposalId));
    if (proposal?.status === 'confirmed') return false;
    if (refused) await lapseAtNextRun(ports, refused);
  }
  return (await closeWithdrawn(ports, request.id)) !== undefined;
}
