// What a mentor offers: subjects, formats, places, how meetings go, and a pause.
import { fromLocal } from './calendar.ts';
import type { Timer } from './follow-up.ts';
import { usualMeetings, type MeetingWishes } from './meeting.ts';
import type { DialogueFormat } from './terms.ts';
import type { Topic } from './topic.ts';

export const capacityBounds = { least: 1, usual: 2, most: 5 } as const;

/** What a mentor offers. capacity: most live proposals and dialogues at a time, 1 to 5. */
export interface MentorOffer {
  readonly topics: readonly Topic[];
  readonly keptForConversation: boolean;
  readonly formats: readonly DialogueFormat[];
  readonly capacity: number;
  /** Left out: the usual ones. */
  readonly meetings?: MeetingWishes;
  /** Local date YYYY-MM-DD of the first day of a pause that is to come. */
  readonly pausedFrom?: string;
  /** Local date YYYY-MM-DD of the first day the mentor is available again. */
  readonly pausedUntil?: string;
  /** When the mentor last said that this is still so. */
  readonly confirmedAt?: Date;
}

export function meetingsOf({ meetings = usualMeetings }: Pick<MentorOffer, 'meetings'>): MeetingWishes {
  return meetings;
}

/** A pause without an end: until the mentor takes the offer up again. */
export const untilResumed = '9999-12-31';

/**
 * The first day of a pause, and the one on which it ends. On the first, what is not answered yet lapses; on the other, whoever
 * waits need not wait for the next regular run.
 */
export function restTimers({ pausedFrom, pausedUntil }: MentorOffer, zone: string): Timer[] {
  const timer = (step: string, day: string): Timer => {
    const at = fromLocal({ date: day, minutes: 0 }, zone);
    return { steps: [{ step, afterDays: 0 }], at: () => at };
  };
  return [
    ...(pausedFrom === undefined ? [] : [timer('offer_rests', pausedFrom)]),
    ...(pausedUntil === undefined || pausedUntil === untilResumed ? [] : [timer('offer_resumes', pausedUntil)]),
  ];
}

/** Whether an offer is paused on a local date (YYYY-MM-DD). */
export function isResting({ pausedFrom = '', pausedUntil = '' }: MentorOffer, today: string): boolean {
  return pausedFrom <= today && today < pausedUntil;
}
