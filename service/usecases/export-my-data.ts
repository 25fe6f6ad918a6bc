import type { Case } from '../domain/case.ts';
import type { Dialogue } from '../domain/dialogue.ts';
import type { Exclusion } from '../domain/exclusion.ts';
import type { Meeting } from '../domain/meeting.ts';
import { openDoorsOf, type Member } from '../domain/member.ts';
import { commonFor, sideOf } from '../domain/proposal.ts';
import { exclusionOfMember } from './exclusion-records.ts';
import type { Twins } from '../domain/twins.ts';
import type { Ports } from './ports.ts';
import { getMember } from './records.ts';

/** Everything stored about one person, and nothing about anybody else. Hashes are counted: they cannot be read back. */
export async function exportMyData(ports: Ports, { memberId }: { memberId: string }): Promise<Record<string, unknown>> {
  const member = await getMember(ports, memberId);
  const [requests, proposals, dialogues, cases, mails, mailsComeBack, twins, exclusion] = await Promise.all([
    ports.requests.listOf(memberId),
    ports.proposals.listLiveOf(memberId),
    ports.dialogues.listOf(memberId),
    ports.cases.listOf(memberId),
    ports.outbox.listOf(memberId),
    ports.outbox.isRefused(memberId),
    ports.twins.listOf(memberId),
    member.status === 'excluded' ? exclusionOfMember(ports, member) : undefined,
  ]);
  const meetings = await Promise.all(dialogues.map(({ id }) => ports.meetings.listOf(id)));
  const { ties } = member;
  return {
    member: identityOf(member),
    reminders: member.nudgesOff !== true,
    mailsComeBack,
    unansweredInARow: member.silent?.count ?? 0,
    calendarFeed: member.feedHash !== undefined,
    waysIn: openDoorsOf(member).length,
    twoRegistrations: saidOf(member, twins),
    keyedHashes: {
      ownAddresses: ties.self.length,
      platformAddress: member.platformAddress ? 1 : 0,
      team: ties.team ? 1 : 0,
      supervisors: ties.supervisors.length,
      avoid: ties.avoid.length,
    },
    ...(exclusion && { exclusion: exclusionTold(exclusion) }),
    requests: requests.map(({ wishes, message, status: state, outcome, openedAt, lapses }) => ({
      ...{ wishes, message, status: state, outcome, openedAt, proposalsThatLapsed: lapses },
    })),
    proposals: proposals.map((proposal) => {
      const side = sideOf(proposal, memberId);
      return {
        side,
        sentAt: proposal.sentAt,
        yourAnswer: proposal.answers[side],
        common: commonFor(proposal.common, side),
      };
    }),
    dialogues: dialogues.map((dialogue, index) => dialogueOf(dialogue, memberId, meetings[index] ?? [])),
    cases: cases.map(caseOf),
    mails,
  };
}

function identityOf({ name, email, addressProof, pendingEmail, seenOn, ...member }: Member) {
  const { labId, locale, status, charter, profile, offer, createdAt } = member;
  const address = { email, confirmedBy: addressProof, addressToConfirm: pendingEmail };
  return { name, ...address, labId, locale, status, charter, profile, offer, createdAt, lastVisitOn: seenOn };
}

/**
 * What the person said themselves, with the link of a letter. Of others nothing: that there is a letter would tell whoever gave
 * somebody's address that it is known.
 */
function saidOf({ id }: Member, twins: readonly Twins[]) {
  const said = twins.filter(
    ({ status, endingId }) => status === 'joined' || (status === 'half_said' && endingId === id),
  );
  return said.map(({ status }) => (status === 'joined' ? 'joined to this one' : 'this one may end'));
}

/** The decision; of who asked for it nothing. */
function exclusionTold({ reason, decidedAt, endsAt }: Exclusion) {
  return { reason, decidedAt, endsAt };
}

/** What this side did; of the other side's yes to a renewal nothing is told. */
function dialogueOf(dialogue: Dialogue, memberId: string, meetings: readonly Meeting[]) {
  const { status, format, introducedAt, activeSince, lastSignAt, heldSince, plannedEndOn, closedAt } = dialogue;
  const side = sideOf(dialogue, memberId);
  return {
    ...{ side, status, format, introducedAt, activeSince, lastSignAt, heldSince, plannedEndOn, closedAt },
    answeredAfterFirstMeeting: dialogue.fitAnswered?.[side] === true,
    yesToRenewal: dialogue.renewal?.[side] === true,
    meetings: meetings.map(({ status: state, startsAt, modality }) => ({ status: state, startsAt, modality })),
  };
}

/** What the coordinators see, and what they do not: whose it is. */
function caseOf({ labId, messages, ...about }: Case) {
  const { reference, kind, status, openedAt, closedAt, identityOpenedAt, widenAskedAt } = about;
  const sent = messages.map(({ from, text, at }) => ({ from, text, at }));
  const instants = { openedAt, closedAt, identityOpenedAt, widenAskedAt };
  return { reference, kind, handledBy: labId, status, ...instants, messages: sent };
}
