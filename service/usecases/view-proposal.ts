import type { Answer, CommonTold, MatchReason, Proposal, ProposalSide, ProposalView } from '../domain/proposal.ts';
import { nextRegularRun } from '../domain/calendar.ts';
import { answerableUntil, commonFor, viewOf } from '../domain/proposal.ts';
import type { CareerStage } from '../domain/terms.ts';
import type { Ports } from './ports.ts';
import { getOwnProposal, pairCalendar } from './records.ts';

/** What one side may know of a proposal before two yeses: nothing here names or places the other person. */
export interface ProposalCard {
  readonly id: string;
  readonly side: ProposalSide;
  readonly view: ProposalView;
  readonly score: number;
  readonly reasons: readonly MatchReason[];
  readonly common: CommonTold;
  readonly otherCareerStage?: CareerStage;
  /** The mentee's message, for the mentor only. */
  readonly message?: string;
  readonly answerBy: Date;
  /** This side's own answer while the proposal lives. */
  readonly yourAnswer?: Answer;
}

/** @throws MentoringError not_found for anybody else */
export async function viewProposal(
  ports: Ports,
  input: { memberId: string; proposalId: string },
): Promise<ProposalCard> {
  const { proposal, side } = await getOwnProposal(ports, input);
  return cardOf(ports, proposal, side);
}

/** The card of a proposal for one of its sides. */
export async function cardOf(ports: Ports, proposal: Proposal, side: ProposalSide): Promise<ProposalCard> {
  const view = viewOf(proposal, side);
  const other = await ports.members.find(side === 'mentee' ? proposal.mentorId : proposal.menteeId);
  const request = side === 'mentor' && view !== 'over' ? await ports.requests.find(proposal.requestId) : undefined;
  const { id, score, reasons, common } = proposal;
  return {
    ...{ id, side, view, score, reasons, common: commonFor(common, side) },
    ...(other?.profile && { otherCareerStage: other.profile.careerStage }),
    ...(request?.proposalId === id && request.message && { message: request.message }),
    answerBy: countsUntil(ports, proposal),
    ...(view === 'you_answered' && proposal.answers[side] && { yourAnswer: proposal.answers[side] }),
  };
}

export function answerBy(ports: Ports, proposal: Proposal): Date {
  return answerableUntil(proposal, { steps: ports.rules.steps, calendar: pairCalendar(ports, proposal) });
}

/** Silence ends at the first regular run after the last day: until then a late answer counts. */
function countsUntil(ports: Ports, proposal: Proposal): Date {
  const until = answerBy(ports, proposal);
  return until > ports.clock.now() ? until : nextRegularRun(ports.rules.zone, until);
}
