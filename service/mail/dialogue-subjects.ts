// What a mail may tell of a dialogue or of a meeting in it: true while the two still are where the notice saw them.
import { fromLocal, joinCalendars, toLocal, type WorkingCalendar } from '../domain/calendar.ts';
import { dialogueTimers, partnerOf, renewedEnd, type Dialogue } from '../domain/dialogue.ts';
import type { Timer } from '../domain/follow-up.ts';
import { isTrueNews, type MeetingNews } from '../domain/meeting-news.ts';
import { isReachable } from '../domain/member.ts';
import type { Notice, NoticeKind } from '../domain/notice.ts';
import { confirmedEmail } from '../domain/own-address.ts';
import { sideOf, type ProposalSide } from '../domain/proposal.ts';
import { videoRoomOf } from '../domain/video-room.ts';
import type { LoadPorts } from './load.ts';
import { noticeRows } from './notices.ts';
import { instantOf, untilStep, type About } from './subjects.ts';

/** A dialogue as its notice finds it. */
interface Found {
  readonly ports: LoadPorts;
  readonly notice: Notice;
  readonly dialogue: Dialogue;
  readonly side: ProposalSide;
  readonly calendar: WorkingCalendar;
  readonly timers: readonly Timer[];
  readonly now: Date;
}

type Look = (found: Found) => About | undefined | Promise<About | undefined>;

const isActive: Look = ({ dialogue }) => (dialogue.status === 'active' ? {} : undefined);

/** Kinds about a dialogue that may be overtaken while it is open. */
const looks: Partial<Record<NoticeKind, Look>> = {
  first_meeting_nudge: whileNothingIsPlanned,
  no_contact_question: whileNothingIsPlanned,
  fit_check: ({ dialogue, side }) => (dialogue.status === 'active' && !dialogue.fitAnswered?.[side] ? {} : undefined),
  pulse: (found) => (found.dialogue.status === 'active' && !hasAnsweredPulse(found) ? {} : undefined),
  inactivity_reminder: (found) => whileSilent(found, 'inactivity_1'),
  closing_offered: (found) => whileSilent(found, 'closing_offered'),
  hold_question: ({ dialogue, timers, now }) =>
    dialogue.status === 'on_hold' ? untilStep(timers, { come: 'hold_question', until: 'hold_end' }, now) : undefined,
  dialogue_on_hold: ({ dialogue }) => (dialogue.status === 'on_hold' ? {} : undefined),
  dialogue_resumed: isActive,
  end_notice: beforeItsEnd,
  dialogue_renewed: (found) => isActive(found) && { until: lastDayOf(found) },
  closing_survey: bySurveyLink,
};

export async function aboutDialogue(ports: LoadPorts, notice: Notice): Promise<About | undefined> {
  const dialogue = await ports.dialogues.find(notice.subjectId);
  const found = dialogue && lookAt(ports, notice, dialogue);
  if (!found) return undefined;
  const look = looks[notice.kind];
  const facts = look ? await look(found) : {};
  if (!facts || !noticeRows[notice.kind].partner) return facts;
  const introduced = await introduce(ports, found.dialogue, notice.memberId);
  return introduced && { ...introduced, ...facts };
}

function lookAt(ports: LoadPorts, notice: Notice, dialogue: Dialogue): Found | undefined {
  const side = sideOf(dialogue, notice.memberId);
  const [mentee, mentor] = [dialogue.menteeLabId, dialogue.mentorLabId].map((id) => ports.rules.labs.get(id));
  if (!mentee || !mentor) return undefined;
  const calendar = joinCalendars(mentee.calendar, mentor.calendar);
  const timers = dialogueTimers(dialogue, { steps: ports.rules.steps, calendar });
  return { ports, notice, dialogue, side, calendar, timers, now: ports.clock.now() };
}

async function whileNothingIsPlanned({ ports, dialogue }: Found): Promise<About | undefined> {
  if (dialogue.status !== 'introduced') return undefined;
  return (await ports.meetings.findPlanned(dialogue.id)) ? undefined : {};
}

/** Whether there was a sign of life since the question was last due. */
function hasAnsweredPulse({ ports, dialogue, timers, now }: Found): boolean {
  const [pulse] = ports.rules.steps.pulse;
  const timer = timers.find(({ steps }) => steps === ports.rules.steps.pulse);
  const { lastSignAt } = dialogue;
  if (!pulse || !timer || !lastSignAt) return false;
  let asked = timer.at(pulse.afterDays);
  for (let days = pulse.afterDays; pulse.every !== undefined && timer.at(days) <= now; days += pulse.every) {
    asked = timer.at(days);
  }
  return lastSignAt >= asked;
}

/** A sign of life makes the steps begin anew, so that none of them has come. */
function whileSilent({ dialogue, timers, now }: Found, come: string): About | undefined {
  return dialogue.status === 'active' ? untilStep(timers, { come, until: 'fade' }, now) : undefined;
}

/** Only for whoever can still say yes to more. */
function beforeItsEnd(found: Found): About | undefined {
  const { ports, dialogue, side, timers, now } = found;
  const come = instantOf(timers, 'end_notice');
  const mayGoOn = renewedEnd(dialogue, toLocal(now, ports.rules.zone).date) !== undefined;
  const isDue = dialogue.status === 'active' && come !== undefined && come <= now;
  return isDue && mayGoOn && !dialogue.renewal?.[side] ? { until: lastDayOf(found) } : undefined;
}

function lastDayOf({ dialogue, calendar }: Found): Date {
  return fromLocal({ date: dialogue.plannedEndOn, minutes: 12 * 60 }, calendar.zone);
}

async function bySurveyLink({ ports, notice }: Found): Promise<About | undefined> {
  const ownUrl = await ports.surveyLink?.(notice);
  return ownUrl === undefined ? undefined : { ownUrl };
}

/** The other person of an open dialogue: both said yes, so the two may know each other. */
async function introduce(ports: LoadPorts, dialogue: Dialogue, memberId: string): Promise<About | undefined> {
  if (dialogue.status === 'closed') return undefined;
  const partner = await ports.members.find(partnerOf(dialogue, memberId));
  if (!partner || !isReachable(partner)) return undefined;
  const labName = ports.rules.labs.get(partner.labId)?.name ?? '';
  return { partner: { name: partner.name, email: confirmedEmail(partner), labName } };
}

export async function aboutMeeting(ports: LoadPorts, notice: Notice): Promise<About | undefined> {
  const { kind, memberId, subjectId } = notice;
  const meeting = await ports.meetings.find(subjectId);
  const dialogue = meeting && (await ports.dialogues.find(meeting.dialogueId));
  const reading = { memberId, sequence: sequenceIn(notice), now: ports.clock.now() };
  if (!meeting || !dialogue || !isMeetingNews(kind) || !isTrueNews(kind, meeting, reading)) return undefined;
  sideOf(dialogue, memberId);
  // A cancelled meeting is taken out of the calendar even when the dialogue is over.
  const facts = noticeRows[kind].partner ? await introduce(ports, dialogue, memberId) : {};
  const bringsEntry = noticeRows[kind].calendar === 'PUBLISH';
  const feedReadAt = (await ports.members.find(memberId))?.feedReadAt;
  const room = bringsEntry ? videoRoomOf(meeting, ports.rules.videoRoomBase, ports.hasher) : undefined;
  return facts && { ...facts, meeting, ...(feedReadAt && { feedReadAt }), ...(room !== undefined && { room }) };
}

function isMeetingNews(kind: NoticeKind): kind is MeetingNews {
  return noticeRows[kind].about === 'meeting';
}

/** The state of the meeting that the notice tells of ends its key. */
function sequenceIn({ key }: Notice): number {
  return Number(key.slice(key.lastIndexOf(':') + 1));
}
