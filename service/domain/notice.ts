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
  meeting_move_suggested: 'announced',
  meeting_move_declined: 'announced',
  meeting_reminder: 'at_once',
  draft_reminder: 'in_window',
  waiting_news: 'in_window',
  request_expiry_notice: 'in_window',
  request_expired: 'in_window',
  fit_check: 'in_window',
  pulse: 'in_window',
  inactivity_reminder: 'in_window',
  closing_offered: 'in_window',
  hold_question: 'in_window',
  dialogue_on_hold: 'announced',
  dialogue_resumed: 'announced',
  end_notice: 'in_window',
  dialogue_renewed: 'announced',
  closing_survey: 'in_window',
  availability_confirm: 'in_window',
  availability_paused: 'in_window',
  charter_renewal: 'in_window',
  charter_paused: 'in_window',
  inactive_notice: 'in_window',
  widen_asked: 'in_window',
  case_message: 'at_once',
  case_opened: 'in_window',
  case_answered: 'at_once',
  case_waiting: 'in_window',
  referral_check: 'in_window',
  identity_disclosed: 'at_once',
  address_code: 'at_once',
  address_asked: 'announced',
  twins_found: 'announced',
  twins_joined: 'at_once',
  exclusion_told: 'at_once',
  exclusion_lifted: 'at_once',
} as const;

export type NoticeKind = keyof typeof noticeTiming;

/** Kinds that only nudge: at most one mail of them a person in five days, and a person may switch them off. */
export const nudges: readonly NoticeKind[] = [
  'proposal_reminder',
  'first_meeting_nudge',
  'no_contact_question',
  'draft_reminder',
  'waiting_news',
  'fit_check',
  'pulse',
  'inactivity_reminder',
  'availability_confirm',
];

/** At most one mail of nudges a person in so many days. */
export const nudgeDays = 5;

/** Nudges that come all the same: what they ask for has a consequence if nobody answers. */
const consequential: readonly NoticeKind[] = ['draft_reminder', 'no_contact_question', 'availability_confirm'];

/** What a person who wants no reminders does without. */
export const optionalNudges = nudges.filter((kind) => !consequential.includes(kind));

/** One mail to one member. key: unique for ever (RFC-like "kind:subject:member:step"), so that nothing is sent twice. */
export interface Notice {
  readonly key: string;
  readonly kind: NoticeKind;
  readonly memberId: string;
  /** Id of the record it is about; never personal data. */
  readonly subjectId: string;
  readonly notBefore: Date;
  /** The person must act before that instant: nothing may put the notice off beyond it. */
  readonly actBy?: Date;
  /** Of what one person's acts cause to this one: the two of a pair, or whose cases. The letters of a thread are counted. */
  readonly thread?: string;
}

/** Letters of a thread that leave as they come, within 24 hours; the rest is told together the next morning. */
export const lettersADay = 3;

/** A moment that is long for a write to the database and short for a person, in ms. */
const announcedMs = 30_000;

/** When a notice may leave. actBy: the person must act before that instant, so waiting for the sending hours may not pass it. */
export function leaveAt(kind: NoticeKind, calendar: WorkingCalendar, when: { now: Date; actBy?: Date }): Date {
  if (noticeTiming[kind] === 'at_once') return when.now;
  if (noticeTiming[kind] === 'announced') return new Date(when.now.getTime() + announcedMs);
  const window = nextSendingTime(calendar, when.now);
  return when.actBy && window >= when.actBy ? when.now : window;
}
