// Loading with the guard first: whatever a person may not see does not exist for them.
import { joinCalendars, toLocal, type WorkingCalendar } from '../domain/calendar.ts';
import { isCurrent } from '../domain/charter.ts';
import type { Dialogue } from '../domain/dialogue.ts';
import { MentoringError } from '../domain/errors.ts';
import type { Lab } from '../domain/lab.ts';
import type { Meeting } from '../domain/meeting.ts';
import type { Member } from '../domain/member.ts';
import { sideOf, type Proposal, type ProposalSide } from '../domain/proposal.ts';
import type { LabId } from '../domain/terms.ts';
import type { Ports } from './ports.ts';

/** A pair of persons with their labs: a proposal or a dialogue. */
export type Pair = Pick<Proposal, 'menteeId' | 'mentorId' | 'menteeLabId' | 'mentorLabId'>;

/** @throws MentoringError not_found */
export async function getMember(ports: Ports, memberId: string): Promise<Member> {
  const member = await ports.members.find(memberId);
  if (!member || member.status === 'erased') throw new MentoringError('not_found');
  return member;
}

/** A member who may act: profile given, charter in force. @throws MentoringError */
export async function getActiveMember(ports: Ports, memberId: string): Promise<Member> {
  const member = await getMember(ports, memberId);
  if (member.status === 'excluded') throw new MentoringError('excluded');
  if (!isCurrent(member.charter) || member.status === 'withdrawn') throw new MentoringError('charter_not_signed');
  if (member.status === 'draft') throw new MentoringError('profile_incomplete');
  if (member.status === 'paused') throw new MentoringError('member_paused');
  return member;
}

/** The proposal and the side the member is on. @throws MentoringError not_found for anybody else */
export async function getOwnProposal(
  ports: Ports,
  { memberId, proposalId }: { memberId: string; proposalId: string },
): Promise<{ proposal: Proposal; side: ProposalSide }> {
  const proposal = await ports.proposals.find(proposalId);
  if (!proposal) throw new MentoringError('not_found');
  return { proposal, side: sideOf(proposal, memberId) };
}

/** @throws MentoringError not_found for anybody who is not one of the two */
export async function getOwnDialogue(
  ports: Ports,
  { memberId, dialogueId }: { memberId: string; dialogueId: string },
): Promise<Dialogue> {
  const dialogue = await ports.dialogues.find(dialogueId);
  if (!dialogue) throw new MentoringError('not_found');
  sideOf(dialogue, memberId);
  return dialogue;
}

/** A meeting of an open dialogue of the member. @throws MentoringError not_found, dialogue_over */
export async function getOwnMeeting(
  ports: Ports,
  { memberId, meetingId }: { memberId: string; meetingId: string },
): Promise<{ meeting: Meeting; dialogue: Dialogue }> {
  const meeting = await ports.meetings.find(meetingId);
  if (!meeting) throw new MentoringError('not_found');
  const dialogue = await getOwnDialogue(ports, { memberId, dialogueId: meeting.dialogueId });
  if (dialogue.status === 'closed') throw new MentoringError('dialogue_over');
  return { meeting, dialogue };
}

/** @throws MentoringError not_found when the configuration does not know the lab */
export function getLab(ports: Ports, labId: LabId): Lab {
  const lab = ports.rules.labs.get(labId);
  if (!lab) throw new MentoringError('not_found');
  return lab;
}

/** A day closed in either lab freezes what the two wait for together. */
export function pairCalendar(ports: Ports, pair: Pair): WorkingCalendar {
  return joinCalendars(getLab(ports, pair.menteeLabId).calendar, getLab(ports, pair.mentorLabId).calendar);
}

/** Today's local date in the programme's own zone, YYYY-MM-DD. */
export function today(ports: Pick<Ports, 'clock' | 'rules'>): string {
  return toLocal(ports.clock.now(), ports.rules.zone).date;
}

/** Today's local date in a lab's zone, YYYY-MM-DD. */
export function todayOf(ports: Ports, { labId }: Pick<Member, 'labId'>): string {
  return toLocal(ports.clock.now(), getLab(ports, labId).calendar.zone).date;
}
