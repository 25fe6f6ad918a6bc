// How a proposal ends without a dialogue. Decline, silence, pause and lost capacity all take this one way, so that neither
// the words nor the hour tell which it was.
import { nextRegularRun } from '../domain/calendar.ts';
import { isOut } from '../domain/member.ts';
import { liveProposalStatuses, type Proposal, type ProposalSide } from '../domain/proposal.ts';
import { lapsesForCase, type MentoringRequest } from '../domain/mentoring-request.ts';
import { closeWithdrawn } from './close-withdrawn.ts';
import { bothOf, notify } from './notify.ts';
import { openCase } from './open-case.ts';
import type { Ports } from './ports.ts';
import { pauseIfSilent, releaseLapsed } from './silence.ts';
import { answerBy } from './view-proposal.ts';

/** Lets a live proposal lapse at the next regular run; undefined when it is over. Whoever has not answered is reminded as ever. */
export async function lapseAtNextRun(ports: Ports, { id }: Pick<Proposal, 'id'>): Promise<Proposal | undefined> {
  return ports.proposals.lapseBy(id, nextRun(ports));
}

/** Keeps one side's yes to a pair that may not come about: for this side it is as every yes that is not answered. */
export async function keepApart(
  ports: Ports,
  { id }: Pick<Proposal, 'id'>,
  side: ProposalSide,
): Promise<Proposal | undefined> {
  return ports.proposals.keepApart(id, side, nextRun(ports));
}

function nextRun({ clock, rules }: Ports): Date {
  return nextRegularRun(rules.zone, clock.now());
}

/** Ends a live proposal now and carries out what follows; harmless when it is over already. */
export async function lapseProposal(ports: Ports, proposal: Proposal): Promise<void> {
  // Only a mentor who had all the days to answer was silent.
  const lapsed = await ports.proposals.lapse(proposal.id, answerBy(ports, proposal) <= ports.clock.now());
  if (lapsed) await settleLapsed(ports, lapsed);
}

/** Frees the place, puts the request back in the queue, tells both with the same words. Safe to repeat. */
export async function settleLapsed(ports: Ports, proposal: Proposal): Promise<void> {
  await releaseLapsed(ports, proposal);
  const before = await ports.requests.find(proposal.requestId);
  const reopened = await ports.requests.changeProposed(proposal.requestId, proposal.id, {
    status: 'open',
    proposalId: null,
    message: null,
    lapses: (before?.lapses ?? 0) + 1,
  });
  if (!(await withdrawOfOut(ports, proposal))) await askCoordinator(ports, reopened ?? before);
  await pauseIfSilent(ports, proposal);
  await notify(ports, bothOf(proposal), { kind: 'proposal_lapsed', subjectId: proposal.id });
  await forgetReminders(ports, proposal);
  await ports.proposals.settle(proposal.id, 'lapsed');
}

/** A request that comes back to somebody who is out meanwhile goes too; whether it was one. */
async function withdrawOfOut(ports: Ports, { menteeId, requestId }: Proposal): Promise<boolean> {
  const isGone = (await ports.members.listParticipants([menteeId])).some(isOut);
  if (isGone) await closeWithdrawn(ports, requestId);
  return isGone;
}

/** Whom a proposal that is over had to be reminded of is nobody's business: it would tell who had not answered. */
export async function forgetReminders(ports: Ports, { id, menteeId, mentorId }: Proposal): Promise<void> {
  await ports.outbox.drop([menteeId, mentorId], { kind: 'proposal_reminder', subjectId: id });
}

/** After the third lapse of one request, a person looks at it. */
async function askCoordinator(ports: Ports, request: MentoringRequest | undefined): Promise<void> {
  if (request?.status !== 'open' || request.lapses < lapsesForCase) return;
  const { id: requestId, memberId, labId } = request;
  await openCase(ports, { kind: 'third_lapse', requestId, memberId, labId });
}

/** Undoes a proposal that nobody was told of, because its request had gone meanwhile. Safe to repeat. */
export async function supersedeProposal(ports: Ports, proposal: Proposal): Promise<void> {
  await ports.proposals.change(proposal.id, liveProposalStatuses, {
    status: 'superseded',
    answers: {},
    lapseAt: null,
    due: null,
  });
  await ports.members.releasePlace(proposal.mentorId, proposal.id);
  await ports.proposals.settle(proposal.id, 'superseded');
}

/** Frees a place that no live or confirmed proposal of its holder's id stands behind. */
export async function releaseOrphan(ports: Ports, mentorId: string, holderId: string): Promise<void> {
  const proposal = await ports.proposals.find(holderId);
  const isOver = proposal?.status === 'lapsed' || proposal?.status === 'superseded';
  // Two copies of one run may choose two mentors for a request: the place of the one that was not stored is free.
  if (proposal?.mentorId !== mentorId || isOver) await ports.members.releasePlace(mentorId, holderId);
}
