import { commonGround, type DescribedMember, type DescribedMentor } from '../domain/common-ground.ts';
import { firstDue } from '../domain/follow-up.ts';
import type { ScoredPair } from '../domain/matching/index.ts';
import type { MentoringRequest } from '../domain/mentoring-request.ts';
import type { Proposal } from '../domain/proposal.ts';
import { supersedeProposal } from './end-proposal.ts';
import { bothOf, notify } from './notify.ts';
import type { Ports } from './ports.ts';
import { pairCalendar, today } from './records.ts';
import { answerBy } from './view-proposal.ts';

export interface PairToPropose {
  readonly request: MentoringRequest;
  readonly mentee: DescribedMember;
  readonly mentor: DescribedMentor;
  readonly match: ScoredPair;
  readonly runKey: string;
}

/**
 * Proposes one pair: place, proposal, request, each one conditional write, in an order that a crash cannot turn into two
 * proposals or a place taken twice. false when something changed since the matching looked: the next run sees it.
 */
export async function proposePair(ports: Ports, pair: PairToPropose): Promise<boolean> {
  const proposal = proposalOf(ports, pair);
  const at = { now: ports.clock.now(), today: today(ports) };
  if (!(await ports.members.holdPlace(proposal.mentorId, proposal.id, at))) return false;
  if (!(await ports.proposals.insert(proposal))) {
    const known = await ports.proposals.find(proposal.id);
    if (!known) await ports.members.releasePlace(proposal.mentorId, proposal.id);
    return false;
  }
  return settleSent(ports, proposal);
}

/** What follows a proposal's insertion. Safe to repeat; false when the request had gone and the proposal is undone. */
export async function settleSent(ports: Ports, proposal: Proposal): Promise<boolean> {
  const moved = await ports.requests.change(proposal.requestId, ['open'], {
    status: 'proposed',
    proposalId: proposal.id,
  });
  const request = moved ?? (await ports.requests.find(proposal.requestId));
  if (request?.proposalId !== proposal.id) {
    await supersedeProposal(ports, proposal);
    return false;
  }
  await ports.pairMarks.add(proposal.menteeId, proposal.mentorId, proposal.sentAt);
  const news = { kind: 'proposal_sent', subjectId: proposal.id, actBy: answerBy(ports, proposal) } as const;
  await notify(ports, bothOf(proposal), news);
  await ports.proposals.settle(proposal.id, 'sent');
  return true;
}

/** The id comes from the run and the request: a run that is taken up again makes the same proposal, not a second one. */
function proposalOf(ports: Ports, { request, mentee, mentor, match, runKey }: PairToPropose): Proposal {
  const sentAt = ports.clock.now();
  const labs = { menteeLabId: mentee.labId, mentorLabId: mentor.labId };
  const persons = { menteeId: mentee.id, mentorId: mentor.id };
  const calendar = pairCalendar(ports, { ...persons, ...labs });
  const due = firstDue({ steps: ports.rules.steps.proposal, since: sentAt, calendar });
  return {
    id: `${request.id}-${String(request.lapses)}-${runKey.replace(/[^A-Za-z0-9]+/g, '')}`,
    requestId: request.id,
    ...persons,
    ...labs,
    runKey,
    status: 'sent',
    answers: {},
    score: match.score,
    reasons: match.parts,
    common: commonGround(request, mentee, mentor),
    sentAt,
    ...(due && { due }),
  };
}
