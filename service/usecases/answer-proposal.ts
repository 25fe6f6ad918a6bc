import { MentoringError } from '../domain/errors.ts';
import { viewOf, type Answer, type Proposal, type ProposalSide, type ProposalView } from '../domain/proposal.ts';
import { tieBetween } from '../domain/tie.ts';
import { settleConfirmed } from './introduce-pair.ts';
import { keepApart, lapseAtNextRun } from './end-proposal.ts';
import type { Ports } from './ports.ts';
import { getActiveMember, getOwnProposal } from './records.ts';
import { forgetSilence } from './silence.ts';

export interface AnswerInput {
  readonly memberId: string;
  readonly proposalId: string;
  readonly answer: Answer;
}

export interface Answered {
  readonly view: ProposalView | 'confirmed';
  readonly dialogueId?: string;
}

/** Records a yes or a no. The second yes introduces the two; a no is never shown to anyone. */
export async function answerProposal(ports: Ports, { memberId, proposalId, answer }: AnswerInput): Promise<Answered> {
  const { proposal, side } = await getOwnProposal(ports, { memberId, proposalId });
  if (viewOf(proposal, side) === 'over') throw new MentoringError('proposal_over');
  if (answer === 'yes') await getActiveMember(ports, memberId);
  const answered =
    answer === 'yes' ? await sayYes(ports, proposal, side) : await ports.proposals.answer(proposalId, side, 'no');
  if (!answered) throw await refusal(ports, proposalId);
  if (side === 'mentor') await forgetSilence(ports, memberId);
  if (answer === 'no') await lapseAtNextRun(ports, answered);
  if (answered.status !== 'confirmed') return { view: 'you_answered' };
  const introduced = await settleConfirmed(ports, answered);
  return introduced ? { view: 'confirmed', dialogueId: proposalId } : { view: 'you_answered' };
}

/** The page tells a yes that is kept apart like any other, at once and later. undefined when it may not be said any more. */
async function sayYes(ports: Ports, proposal: Proposal, side: ProposalSide): Promise<Proposal | undefined> {
  const { id, mentorId } = proposal;
  if (!(await mayMeet(ports, proposal))) return keepApart(ports, proposal, side);
  // The place was taken when the proposal was made; this holds even if it was lost since.
  if (await ports.members.confirmPlace(mentorId, id, ports.clock.now())) return ports.proposals.answer(id, side, 'yes');
  if (side === 'mentee') return keepApart(ports, proposal, side);
  await lapseAtNextRun(ports, proposal);
  throw new MentoringError('capacity_reached');
}

/** A tie or an avoid list declared since the proposal keeps the two apart, in silence like any other lapse. */
async function mayMeet(ports: Ports, { menteeId, mentorId }: Proposal): Promise<boolean> {
  const [mentee, mentor] = await Promise.all([ports.members.find(menteeId), ports.members.find(mentorId)]);
  return mentee !== undefined && mentor !== undefined && tieBetween(mentee, mentor) === undefined;
}

async function refusal(ports: Ports, proposalId: string): Promise<MentoringError> {
  const now = await ports.proposals.find(proposalId);
  const live = now?.status === 'sent' || now?.status === 'half_accepted';
  return new MentoringError(live ? 'proposal_already_answered' : 'proposal_over');
}
