// What the programme writes to people: a closed list; texts live in views, addresses are looked up when a mail leaves.
import { nextSendingTime, type WorkingCalendar } from './calendar.ts';

/**
 * at_once: the direct consequence of somebody's act, or bound to an hour. in_window: waits for the sending hours, so that
 * the time of a mail tells nothing. announced: written down before the act itself, so that a crash between the two loses
 * nothing; it leaves after a moment, and only if the act took place.
 */
export const noticeTiming = {
  proposal_sent: 'in_window',
  proposal_reminder: 'in_window',
  proposal_lapsed: 'in_window',
  mentor_auto_paused: 'in_window',
  dialogue_introduced: 'at_once',
  first_meeting_nudge: 'in_window',
  no_contact_question: 'in_window',
  dialogue_ended: 'in_window',
  meeting_suggested: 'announced',
  meeting_agreed: 'announced',
  meeting_cancelled: 'announced',
  meeting_reminder: 'at_once',
} as const;

export type NoticeKind = keyof typeof noticeTiming;

/** One mail to one member. key: unique for ever (RFC-like "kind:subject:member:step"), so that nothing is sent twice. */
export interface Notice {
  readonly key: string;
  readonly kind: NoticeKind;
  readonly memberId: string;
  /** Id of the proposal, dialogue or meeting it is about; never personal data. */
  readonly subjectId: string;
  readonly notBefore: Date;
}

/** A moment that is long for a write to the database and short for a person, in ms. */
const announcedMs = 30_000;

/** When a notice may leave. actBy: the person must act before that instant, so waiting for the sending hours may not pass it. */
export function leaveAt(kind: NoticeKind, calendar: WorkingCalendar, when: { now: Date; actBy?: Date }): Date {
  if (noticeTiming[kind] === 'at_once') return when.now;
  if (noticeTiming[kind] === 'announced') return new Date(when.now.getTime() + announcedMs);
  const window = nextSendingTime(calendar, when.now);
  return when.actBy && window >= when.actBy ? when.now : window;
}
