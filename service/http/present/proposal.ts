// A proposal as one side may see it: never a name, a lab, a team, nor what the other side answered.
import type { ProposalCard } from '../../usecases/view-proposal.ts';
import type { ParticipantVisit } from '../visit.ts';
import { presentReasons } from './reasons.ts';
import { halfDayWords, type Row, row, term, terms, told } from './words.ts';

function rows(visit: ParticipantVisit, { common, otherCareerStage }: ProposalCard): Row[] {
  const { t } = visit;
  const kept = common.keptForConversation ? [t('terms:kept')] : [];
  return [
    {
      label: t('card:topics'),
      value: [...common.topics.map((code) => term(visit, 'topic', code)), ...kept].join(' · '),
    },
    row(visit, 'card:languages', terms(visit, 'language', common.languages)),
    row(visit, 'card:format', term(visit, 'format', common.format)),
    row(visit, 'card:modalities', terms(visit, 'modality', common.modalities)),
    ...(otherCareerStage === undefined ? [] : [row(visit, 'card:stage', term(visit, 'careerStage', otherCareerStage))]),
    row(visit, 'card:half_days', halfDayWords(visit, common.halfDays)),
  ];
}

/** How a proposal stands for this side: what it said itself, never what the other did. */
export function stateOf({ view, yourAnswer }: Pick<ProposalCard, 'view' | 'yourAnswer'>): string {
  return view === 'you_answered' ? (yourAnswer ?? 'yes') : view;
}

export function presentProposal(visit: ParticipantVisit, card: ProposalCard): object {
  const { t } = visit;
  return {
    id: card.id,
    waiting: card.view === 'waiting_for_you',
    role: t(`proposal:role.${card.side}`),
    state: t(`proposal:state.${stateOf(card)}`),
    mayChange: card.yourAnswer === 'yes',
    rows: card.view === 'over' ? [] : rows(visit, card),
    reasons: card.view === 'over' ? [] : presentReasons({ ...visit, side: card.side }, card.reasons),
    message: card.view === 'over' ? '' : (card.message ?? ''),
    answerBy: t('proposal:answer_by', { date: told(visit, card.answerBy, 'day') }),
  };
}
