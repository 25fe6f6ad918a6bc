// A meeting of a dialogue: only its time and modality are stored. What each act of the two makes of it is decided here.
import { MentoringError } from './errors.ts';
import type { Due } from './follow-up.ts';
import type { Life } from './life.ts';
import type { Modality } from './terms.ts';

export type MeetingStatus = 'suggested' | 'agreed' | 'held' | 'cancelled';

/** Every state has its hour: a suggestion lasts until then, an agreed meeting is recalled before it and held after it. */
export const meetingLife: Life<MeetingStatus> = {
  suggested: { becomes: ['agreed', 'cancelled'], waitsFor: { instant: 'startsAt' } },
  agreed: { becomes: ['held', 'cancelled'], waitsFor: { instant: 'startsAt' } },
  held: { becomes: [], waitsFor: 'nothing' },
  cancelled: { becomes: [], waitsFor: 'nothing' },
};

export const plannedStatuses = ['suggested', 'agreed'] as const satisfies readonly MeetingStatus[];

export interface MeetingTime {
  readonly startsAt: Date;
  readonly modality: Modality;
}

/** A time that one of the two would like. claims: what it takes of their time (domain/meeting-claims). */
export interface Suggestion extends MeetingTime {
  readonly suggestedById: string;
  readonly claims?: readonly string[];
}

export interface Meeting extends Suggestion {
  readonly id: string;
  readonly dialogueId: string;
  readonly status: MeetingStatus;
  readonly minutes: number;
  /** Raised at each change: of two who act at once on what they saw, one is told that it has changed. */
  readonly sequence: number;
  /** The sequence at which the time that stands was agreed: the one that calendars hold (RFC 5545, SEQUENCE). */
  readonly agreedSequence?: number;
  /** When it was agreed, and when a time was for the first time. */
  readonly agreedAt?: Date;
  readonly firstAgreedAt?: Date;
  /** Another time was agreed before the one that stands. */
  readonly moved?: true;
  /** Another time, asked for by one of the two; the agreed one stands until the other accepts. */
  readonly move?: Suggestion;
  /** Claims of the time that stands and of the other one; no two meetings hold the same. */
  readonly taken?: readonly string[];
  readonly due?: Due;
}

/** What an act changes; null takes a field away. */
export interface MeetingChange extends Partial<Omit<Suggestion, 'claims'>> {
  readonly claims?: readonly string[] | null;
  readonly taken?: readonly string[] | null;
  readonly status?: MeetingStatus;
  readonly sequence: number;
  readonly agreedSequence?: number;
  readonly agreedAt?: Date;
  readonly firstAgreedAt?: Date;
  readonly moved?: true;
  readonly move?: Suggestion | null;
  readonly due?: Due | null;
}

/** A time for which there is room. */
export interface ClaimedTime extends MeetingTime {
  readonly claims: readonly string[];
}

/** Who acts, and when. */
export interface Actor {
  readonly memberId: string;
  readonly now: Date;
}

/** Lengths to choose from, in minutes. */
export const meetingLengths = [30, 45, 60] as const;
export type MeetingLength = (typeof meetingLengths)[number];

/** Half-hours that a meeting takes of somebody's time. */
export function halfHoursOf(minutes: number): number {
  return Math.ceil(minutes / 30);
}

/** Meetings as a mentor wants them. */
export interface MeetingWishes {
  readonly minutes: MeetingLength;
  /** Hours between a suggestion and the meeting, at least. */
  readonly noticeHours: number;
  /** Meetings in a week from Monday to Sunday, in all dialogues, at most; left out: as many as there are times for. */
  readonly mostAWeek?: number;
  /** Minutes without another meeting before and after. */
  readonly marginMinutes: number;
}

/** As long as a mentor says nothing else. */
export const usualMeetings: MeetingWishes = { minutes: 60, noticeHours: 24, marginMinutes: 0 };
/** An agreed meeting is recalled so long before it begins. */
const reminderHours = 24;
const hourMs = 3_600_000;

/** The instant at which an agreed meeting has taken place. */
export function endOf({ startsAt, minutes }: Pick<Meeting, 'startsAt' | 'minutes'>): Date {
  return new Date(startsAt.getTime() + minutes * 60_000);
}

/** A suggestion lapses at its hour. */
export function dueOfSuggested(startsAt: Date): Due {
  return { step: 'expire', at: startsAt };
}

/** The reminder, if there is a day left, or the end. */
export function dueOfAgreed(meeting: Pick<Meeting, 'startsAt' | 'minutes'>, now: Date): Due {
  const reminderAt = new Date(meeting.startsAt.getTime() - reminderHours * hourMs);
  return reminderAt > now ? { step: 'reminder', at: reminderAt } : { step: 'held', at: endOf(meeting) };
}

/**
 * What waits for an answer: the time of a suggested meeting, or another time for an agreed one. Nothing when its hour has
 * come, or that of the agreed time: a move that was not answered is gone.
 */
export function suggestionIn(meeting: Meeting, now: Date): Suggestion | undefined {
  const suggestion = meeting.status === 'suggested' ? meeting : meeting.status === 'agreed' ? meeting.move : undefined;
  return suggestion && suggestion.startsAt > now && meeting.startsAt > now ? suggestion : undefined;
}

/**
 * The other person's yes, to a first time or to a new one. Absences and closures that came in between do not matter: the
 * two know best. @throws MentoringError meeting_changed, not_allowed (to one's own suggestion)
 */
export function agree(meeting: Meeting, { memberId, now }: Actor): MeetingChange {
  const suggestion = suggestionIn(meeting, now);
  if (!suggestion) throw new MentoringError('meeting_changed');
  const { startsAt, modality, suggestedById, claims = null } = suggestion;
  if (suggestedById === memberId) throw new MentoringError('not_allowed');
  const sequence = meeting.sequence + 1;
  const due = dueOfAgreed({ startsAt, minutes: meeting.minutes }, now);
  const moved = meeting.status === 'agreed' && ({ moved: true } as const);
  const time = { startsAt, modality, suggestedById, claims, taken: claims };
  const firstAgreedAt = meeting.firstAgreedAt ?? meeting.agreedAt ?? now;
  return {
    status: 'agreed',
    ...time,
    sequence,
    agreedSequence: sequence,
    agreedAt: now,
    firstAgreedAt,
    ...moved,
    move: null,
    due,
  };
}

/**
 * Another time: in place of a mere suggestion, whoever made it; beside an agreed time, which stands until the other person
 * accepts the new one. @throws MentoringError meeting_changed, meeting_already_planned (for the time that is there)
 */
export function suggestOther(meeting: Meeting, time: ClaimedTime, { memberId, now }: Actor): MeetingChange {
  const isPlanned = meeting.status === 'suggested' || meeting.status === 'agreed';
  if (!isPlanned || meeting.startsAt <= now) throw new MentoringError('meeting_changed');
  const pending = suggestionIn(meeting, now);
  if (isSame(meeting, time) || (pending && isSame(pending, time))) throw new MentoringError('meeting_already_planned');
  const { startsAt, modality, claims } = time;
  const suggestion: Suggestion = { startsAt, modality, suggestedById: memberId, claims };
  const sequence = meeting.sequence + 1;
  if (meeting.status === 'agreed') {
    return { move: suggestion, sequence, taken: [...new Set([...(meeting.claims ?? []), ...claims])] };
  }
  return { ...suggestion, taken: claims, sequence, due: dueOfSuggested(startsAt) };
}

function isSame(one: MeetingTime, other: MeetingTime): boolean {
  return one.startsAt.getTime() === other.startsAt.getTime() && one.modality === other.modality;
}

/** The agreed time stays: the other person does not take the new one, or whoever asked for it no longer does. */
export function keepTime(meeting: Meeting, now: Date): MeetingChange {
  if (meeting.status !== 'agreed' || !suggestionIn(meeting, now)) throw new MentoringError('meeting_changed');
  return { move: null, taken: meeting.claims ?? null, sequence: meeting.sequence + 1 };
}

/** First agreed after somebody's calendar had read their feed: no mail has ever brought it to them. */
export function isInFeedAlone({ firstAgreedAt }: Meeting, feedReadAt: Date | undefined): boolean {
  return feedReadAt !== undefined && firstAgreedAt !== undefined && firstAgreedAt >= feedReadAt;
}

/** No meeting, whoever says so. */
export function callOff({ sequence }: Meeting): MeetingChange {
  return { status: 'cancelled', sequence: sequence + 1, move: null, claims: null, taken: null, due: null };
}
