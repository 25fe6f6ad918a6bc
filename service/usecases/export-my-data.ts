import type { Case } from '../domain/case.ts';
import { sideOf } from '../domain/proposal.ts';
import type { Ports } from './ports.ts';
import { getMember } from './records.ts';

/** Everything stored about one person, and nothing about anybody else. Hashes are counted: they cannot be read back. */
export async function exportMyData(ports: Ports, { memberId }: { memberId: string }): Promise<Record<string, unknown>> {
  const member = await getMember(ports, memberId);
  const [request, proposals, dialogues, cases] = await Promise.all([
    ports.requests.findLive(memberId),
    ports.proposals.listLiveOf(memberId),
    ports.dialogues.listOpenOf(memberId),
    ports.cases.listOf(memberId),
  ]);
  const meetings = await Promise.all(dialogues.map(({ id }) => ports.meetings.listOf(id)));
  const { name, email, labId, locale, status, charter, profile, offer, ties, createdAt } = member;
  return {
    member: { name, email, labId, locale, status, charter, profile, offer, createdAt },
    calendarFeed: member.feedHash !== undefined,
    keyedHashes: { team: ties.team ? 1 : 0, supervisors: ties.supervisors.length, avoid: ties.avoid.length },
    request: request && {
      wishes: request.wishes,
      message: request.message,
      status: request.status,
      openedAt: request.openedAt,
    },
    proposals: proposals.map((proposal) => {
      const side = sideOf(proposal, memberId);
      return { side, sentAt: proposal.sentAt, yourAnswer: proposal.answers[side], common: proposal.common };
    }),
    dialogues: dialogues.map((dialogue, index) => ({
      side: sideOf(dialogue, memberId),
      status: dialogue.status,
      format: dialogue.format,
      introducedAt: dialogue.introducedAt,
      plannedEndOn: dialogue.plannedEndOn,
      meetings: meetings[index]?.map(({ status: state, startsAt, modality }) => ({
        status: state,
        startsAt,
        modality,
      })),
    })),
    cases: cases.map(caseOf),
  };
}

/** What the coordinators see, and what they do not: whose it is. */
function caseOf({ reference, kind, labId, status, openedAt, closedAt, identityOpenedAt, messages }: Case) {
  const sent = messages.map(({ from, text, at }) => ({ from, text, at }));
  return { reference, kind, handledBy: labId, status, openedAt, closedAt, identityOpenedAt, messages: sent };
}
