import { partnerOf, type Dialogue } from '../domain/dialogue.ts';
import type { Meeting } from '../domain/meeting.ts';
import type { Member } from '../domain/member.ts';
import type { MentoringRequest } from '../domain/mentoring-request.ts';
import { sideOf, type ProposalSide } from '../domain/proposal.ts';
import { isOfferToConfirm } from './confirm-offer.ts';
import type { Ports } from './ports.ts';
import { getMember } from './records.ts';
import { viewMyCases } from './view-my-cases.ts';
import { cardOf, type ProposalCard } from './view-proposal.ts';
import { questionFor, type DialogueQuestion } from './view-question.ts';

export interface DialogueSummary {
  readonly id: string;
  readonly side: ProposalSide;
  readonly status: Dialogue['status'];
  readonly partnerName?: string;
  readonly plannedEndOn: string;
  readonly planned?: Meeting;
  readonly question?: DialogueQuestion;
}

export interface HomeView {
  readonly member: Member;
  readonly request?: MentoringRequest;
  readonly proposals: readonly ProposalCard[];
  readonly dialogues: readonly DialogueSummary[];
  /** Mails to this person come back: the address has to be looked at. */
  readonly isUnreachable: boolean;
  /** The last request expired and no other was made since: one click makes it again. */
  readonly mayReopen: boolean;
  /** Half a year has passed since the mentor last said that the offer is still so. */
  readonly isOfferToConfirm: boolean;
  /** Cases in which a coordinator wrote last. */
  readonly caseIdsToRead: readonly string[];
}

/** Everything that concerns one member now. */
export async function viewHome(ports: Ports, { memberId }: { memberId: string }): Promise<HomeView> {
  const member = await getMember(ports, memberId);
  const [request, lastRequest, proposals, dialogues, { cases }, isUnreachable] = await Promise.all([
    ports.requests.findLive(memberId),
    ports.requests.findLastClosed(memberId),
    ports.proposals.listLiveOf(memberId),
    ports.dialogues.listOpenOf(memberId),
    viewMyCases(ports, { memberId }),
    ports.outbox.isRefused(memberId, ports.hasher.email(member.email)),
  ]);
  return {
    member,
    ...(request && { request }),
    isUnreachable,
    mayReopen:
      !request && lastRequest?.outcome === 'expired' && dialogues.every(({ menteeId }) => menteeId !== memberId),
    isOfferToConfirm: isOfferToConfirm(ports, member),
    caseIdsToRead: cases.filter(({ isMyTurn }) => isMyTurn).map(({ id }) => id),
    proposals: await Promise.all(proposals.map((proposal) => cardOf(ports, proposal, sideOf(proposal, memberId)))),
    dialogues: await Promise.all(dialogues.map((dialogue) => summaryOf(ports, dialogue, memberId))),
  };
}

async function summaryOf(ports: Ports, dialogue: Dialogue, memberId: string): Promise<DialogueSummary> {
  const [partner, planned] = await Promise.all([
    ports.members.find(partnerOf(dialogue, memberId)),
    ports.meetings.findPlanned(dialogue.id),
  ]);
  const side = sideOf(dialogue, memberId);
  const question = questionFor(ports, dialogue, side);
  return {
    id: dialogue.id,
    side,
    status: dialogue.status,
    ...(partner && { partnerName: partner.name }),
    plannedEndOn: dialogue.plannedEndOn,
    ...(planned && { planned }),
    ...(question && { question }),
  };
}
