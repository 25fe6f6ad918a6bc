// A proposal for one of its two sides, and this side's answer.
import { answerProposal } from '../../usecases/answer-proposal.ts';
import { viewProposal } from '../../usecases/view-proposal.ts';
import { readForm } from '../forms/form.ts';
import { answerForm } from '../forms/meeting.ts';
import { presentProposal } from '../present/proposal.ts';
import { type Handler, page, type ParticipantVisit, seeOther } from '../visit.ts';

const idsOf = ({ member, params }: ParticipantVisit): { memberId: string; proposalId: string } => ({
  memberId: member.id,
  proposalId: params['id'] ?? '',
});

/** Of two yeses came a dialogue of the same id: an old link leads there. */
export const showProposal: Handler<ParticipantVisit> = async (visit) => {
  const card = await viewProposal(visit.ports, idsOf(visit));
  if (card.view === 'over' && (await visit.ports.dialogues.find(card.id))) return seeOther(`/dialogues/${card.id}`);
  return page('proposal', presentProposal(visit, card));
};

export const postAnswer: Handler<ParticipantVisit> = async (visit) => {
  const form = readForm(answerForm, visit.body);
  if (!form.ok) return seeOther(`/proposals/${visit.params['id'] ?? ''}`);
  const { dialogueId } = await answerProposal(visit.ports, { ...idsOf(visit), answer: form.values.answer });
  return dialogueId === undefined ? seeOther('/', 'answered') : seeOther(`/dialogues/${dialogueId}`);
};
