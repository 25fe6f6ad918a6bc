// What stays of a dialogue when the link between its two persons is deleted: coarse facts for the figures, nobody's id.
import { toLocal } from '../calendar.ts';
import type { Dialogue, DialogueClosing } from '../dialogue.ts';
import type { DialogueFormat, LabId } from '../terms.ts';

export const durationBands = ['under_1_month', '1_to_3_months', '3_to_6_months', '6_to_12_months', 'longer'] as const;
export type DurationBand = (typeof durationBands)[number];

/** Whether the two met, and within three weeks. */
export type FirstMeeting = 'within_21_days' | 'later' | 'none';

export interface ClosingFact {
  /** Random, made for this fact: it leads to nothing. */
  readonly id: string;
  /** YYYY-MM in which the dialogue closed. */
  readonly month: string;
  readonly format: DialogueFormat;
  readonly closing: DialogueClosing;
  readonly menteeLabId: LabId;
  readonly mentorLabId: LabId;
  readonly duration: DurationBand;
  readonly firstMeeting: FirstMeeting;
  /** Whether the two were asked how it was. */
  readonly surveyed: boolean;
}

const dayMs = 86_400_000;
const soonDays = 21;
/** First day that belongs to the next band. */
const bandDays = [30, 91, 183, 365];

type Closed = Pick<
  Dialogue,
  'format' | 'closing' | 'menteeLabId' | 'mentorLabId' | 'introducedAt' | 'firstHeldAt' | 'closingSince' | 'closedAt'
>;

const daysBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / dayMs;

function durationOf({ introducedAt, closedAt = introducedAt }: Closed): DurationBand {
  const days = daysBetween(introducedAt, closedAt);
  return durationBands[bandDays.filter((from) => days >= from).length] ?? 'longer';
}

function firstMeetingOf({ introducedAt, firstHeldAt }: Closed): FirstMeeting {
  if (!firstHeldAt) return 'none';
  return daysBetween(introducedAt, firstHeldAt) <= soonDays ? 'within_21_days' : 'later';
}

/** id: under which it is counted. zone: whose calendar says which month it was. */
export function closingFactOf(dialogue: Closed, { id, zone }: { id: string; zone: string }): ClosingFact {
  const { format, closing = 'ended_early', menteeLabId, mentorLabId, introducedAt, closingSince, closedAt } = dialogue;
  return {
    id,
    month: toLocal(closedAt ?? introducedAt, zone).date.slice(0, 7),
    format,
    closing,
    menteeLabId,
    mentorLabId,
    duration: durationOf(dialogue),
    firstMeeting: firstMeetingOf(dialogue),
    surveyed: closingSince !== undefined,
  };
}
