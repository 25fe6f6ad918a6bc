// What a mail needs, looked up when it leaves: whoever left gets nothing, and what was overtaken meanwhile is not sent.
import { addOpenDays, joinCalendars } from '../domain/calendar.ts';
import { partnerOf, type Dialogue } from '../domain/dialogue.ts';
import type { Lab } from '../domain/lab.ts';
import type { Meeting, MeetingStatus } from '../domain/meeting.ts';
import type { Member } from '../domain/member.ts';
import type { Notice, NoticeKind } from '../domain/notice.ts';
import { sideOf, viewOf } from '../domain/proposal.ts';
import type { Ports } from '../usecases/ports.ts';
import { noticeRows, type NoticeRow } from './notices.ts';
import type { Addressee, LoadFacts, MailFacts } from './ports.ts';

export type LoadPorts = Pick<Ports, 'clock' | 'rules' | 'members' | 'proposals' | 'dialogues' | 'meetings'>;

type About = Omit<MailFacts, 'addressee'>;

/** The state in which a notice about a meeting still says something true. */
const meetingStatus: Partial<Record<NoticeKind, MeetingStatus>> = {
  meeting_suggested: 'suggested',
  meeting_agreed: 'agreed',
  meeting_cancelled: 'cancelled',
  meeting_reminder: 'agreed',
};

export function createLoad(ports: LoadPorts): LoadFacts {
  const about: Record<NoticeRow['about'], (notice: Notice) => Promise<About | undefined>> = {
    member: () => Promise.resolve({}),
    proposal: (notice) => aboutProposal(ports, notice),
    dialogue: (notice) => aboutDialogue(ports, notice),
    meeting: (notice) => aboutMeeting(ports, notice),
  };
  return async (notice) => {
    const member = await ports.members.find(notice.memberId);
    const lab = member && ports.rules.labs.get(member.labId);
    if (!member || !lab || !isReachable(member)) return undefined;
    const facts = await about[noticeRows[notice.kind].about](notice);
    return facts && { addressee: addresseeOf(member, lab), ...facts };
  };
}

function isReachable({ status, email }: Member): boolean {
  return status !== 'withdrawn' && status !== 'erased' && email !== '';
}

function addresseeOf({ name, email, labId, locale }: Member, lab: Lab): Addressee {
  return { name, email, labId, locale, zone: lab.calendar.zone };
}

/** Only for somebody who still has to answer; says until when, nothing of the other side. */
async function aboutProposal(ports: LoadPorts, { memberId, subjectId }: Notice): Promise<About | undefined> {
  const proposal = await ports.proposals.find(subjectId);
  if (!proposal || viewOf(proposal, sideOf(proposal, memberId)) !== 'waiting_for_you') return undefined;
  const [mentee, mentor] = [proposal.menteeLabId, proposal.mentorLabId].map((id) => ports.rules.labs.get(id));
  const lapse = ports.rules.steps.proposal.find(({ step }) => step === 'lapse');
  if (!mentee || !mentor || !lapse) return undefined;
  const calendar = joinCalendars(mentee.calendar, mentor.calendar);
  return { answerBy: addOpenDays(calendar, proposal.sentAt, lapse.afterDays) };
}

async function aboutDialogue(ports: LoadPorts, { memberId, subjectId }: Notice): Promise<About | undefined> {
  const dialogue = await ports.dialogues.find(subjectId);
  return dialogue && introduce(ports, dialogue, memberId);
}

async function aboutMeeting(ports: LoadPorts, { kind, memberId, subjectId }: Notice): Promise<About | undefined> {
  const meeting = await ports.meetings.find(subjectId);
  const dialogue = meeting && (await ports.dialogues.find(meeting.dialogueId));
  if (!meeting || !dialogue || isOvertaken(kind, meeting, ports.clock.now())) return undefined;
  // A cancelled meeting is taken out of the calendar even when the dialogue is over.
  const facts = noticeRows[kind].partner ? await introduce(ports, dialogue, memberId) : {};
  return facts && { ...facts, meeting };
}

function isOvertaken(kind: NoticeKind, meeting: Meeting, now: Date): boolean {
  const expected = meetingStatus[kind];
  // A cancelled meeting leaves the calendars even when its hour has come.
  const isLate = expected !== 'cancelled' && meeting.startsAt <= now;
  return expected !== undefined && (meeting.status !== expected || isLate);
}

/** The other person of an open dialogue: both said yes, so the two may know each other. */
async function introduce(ports: LoadPorts, dialogue: Dialogue, memberId: string): Promise<About | undefined> {
  sideOf(dialogue, memberId);
  if (dialogue.status === 'closed') return undefined;
  const partner = await ports.members.find(partnerOf(dialogue, memberId));
  if (!partner || !isReachable(partner)) return undefined;
  const labName = ports.rules.labs.get(partner.labId)?.name ?? '';
  return { partner: { name: partner.name, email: partner.email, labName } };
}
