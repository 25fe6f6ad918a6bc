// News of a meeting are written down before the act they tell of, and leave a moment later: only if they are true then.
import { suggestionIn, type Meeting } from './meeting.ts';
import type { NoticeKind } from './notice.ts';

export type MeetingNews = Extract<NoticeKind, `meeting_${string}`>;

/** To whom, what it looked like to the writer (sequence after the act, or the agreed one for a reminder), and when. */
export interface Reading {
  readonly memberId: string;
  readonly sequence: number;
  readonly now: Date;
}

type Truth = (meeting: Meeting, reading: Reading) => boolean;

const isAgreed: Truth = ({ status, startsAt }, { now }) => status === 'agreed' && startsAt > now;
const standsSince: Truth = (meeting, reading) =>
  isAgreed(meeting, reading) && meeting.agreedSequence === reading.sequence;
/** The other person's suggestion waits for this person. */
const isAsked: Truth = (meeting, { memberId, sequence, now }) => {
  const suggestion = suggestionIn(meeting, now);
  return suggestion !== undefined && suggestion.suggestedById !== memberId && meeting.sequence === sequence;
};

const truths: Readonly<Record<MeetingNews, Truth>> = {
  meeting_suggested: (meeting, reading) => meeting.status === 'suggested' && isAsked(meeting, reading),
  meeting_agreed: standsSince,
  meeting_reminder: standsSince,
  meeting_move_suggested: (meeting, reading) => meeting.status === 'agreed' && isAsked(meeting, reading),
  meeting_move_declined: (meeting, reading) =>
    isAgreed(meeting, reading) &&
    !meeting.move &&
    meeting.sequence === reading.sequence &&
    meeting.agreedSequence !== reading.sequence,
  // A cancelled meeting leaves the calendars even when its hour has come.
  meeting_cancelled: ({ status, sequence }, reading) => status === 'cancelled' && sequence === reading.sequence,
};

/** Whether a notice about a meeting still says something true to its reader. */
export function isTrueNews(kind: MeetingNews, meeting: Meeting, reading: Reading): boolean {
  return truths[kind](meeting, reading);
}
