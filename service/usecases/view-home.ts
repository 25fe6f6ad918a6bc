import { partnerOf, type Dialogue } from '../domain/dialogue.ts';
import type { Meeting } from '../domain/meeting.ts';
import type { Member } from '../domain/member.ts';
import type { MentoringRequest } from '../domain/mentoring-request.ts';
import { sideOf, type ProposalSide } from '../domain/proposal.ts';
import type { Ports } from './ports.ts';
import { getMember } from './records.ts';
import { cardOf, type ProposalCard } from './view-proposal.ts';

export interface DialogueSummary {
  readonly id: string;
  readonly side: ProposalSide;
  readonly status: Dialogue['status'];
  readonly partnerName?: string;
  readonly plannedEndOn: string;
  readonly planned?: Meeting;
}

export interface HomeView {
  readonly member: Member;
  readonly request?: MentoringRequest;
  readonly proposals: readonly ProposalCard[];
  readonly dialogues: readonly DialogueSummary[];
}

/** Everything that concerns one member now. */
export async function viewHome(ports: Ports, { memberId }: { memberId: string }): Promise<HomeView> {
  const member = await getMember(ports, memberId);
  const [request, proposals, dialogues] = await Promise.all([
    ports.requests.findLive(memberId),
    ports.proposals.listLiveOf(memberId),
    ports.dialogues.listOpenOf(memberId),
  ]);
  return {
    member,
    ...(request && { request }),
    proposals: await Promise.all(proposals.map((proposal) => cardOf(ports, proposal, sideOf(proposal, memberId)))),
    dialogues: await Promise.all(dialogues.map((dialogue) => summaryOf(ports, dialogue, memberId))),
  };
}

async function summaryOf(ports: Ports, dialogue: Dialogue, memberId: string): Promise<DialogueSummary> {
  const [partner, planned] = await Promise.all([
    ports.members.find(partnerOf(dialogue, memberId)),
    ports.meetings.findPlanned(dialogue.id),
  ]);
  return {
    id: dialogue.id,
    side: sideOf(dialogue, memberId),
    status: dialogue.status,
    ...(partner && { partnerName: partner.name }),
    plannedEndOn: dialogue.plannedEndOn,
    ...(planned && { planned }),
  };
}
