// The pair: two persons who both said yes. Only its time facts are kept, never what is said.
import { addDays, fromLocal, type WorkingCalendar } from './calendar.ts';
import { openDaysTimer, plainTimer, type Due, type Timer } from './follow-up.ts';
import type { Life } from './life.ts';
import type { CommonGround, MatchReason, ProposalSide } from './proposal.ts';
import type { DialogueFormat, LabId } from './terms.ts';
import type { FollowUpSteps } from './usual-steps.ts';

export type DialogueStatus = 'introduced' | 'active' | 'on_hold' | 'closing' | 'closed';
const lengthDays: Record<DialogueFormat, number> = { one_off: 60, six_months: 183, twelve_months: 365 };

export type DialogueClosing = 'completed' | 'ended_early' | 'no_contact';

export const dialogueLife: Life<DialogueStatus> = {
  introduced: { becomes: ['active', 'closed'], waitsFor: { timers: ['introduced'] } },
  active: { becomes: ['on_hold', 'closing', 'closed'], waitsFor: { timers: ['fit', 'pulse', 'inactivity', 'ending'] } },
  on_hold: { becomes: ['active', 'closed'], waitsFor: { timers: ['hold'] } },
  /** Active again, when both say yes to a renewal. */
  closing: { becomes: ['active', 'closed'], waitsFor: { timers: ['closing'] } },
  closed: { becomes: [], waitsFor: 'nothing' },
};

export const openDialogueStatuses = [
  'introduced',
  'active',
  'on_hold',
  'closing',
] as const satisfies readonly DialogueStatus[];

/** id is the proposal's id: a confirmed proposal can only ever make one dialogue. */
export interface Dialogue {
  readonly id: string;
  readonly requestId: string;
  readonly menteeId: string;
  readonly mentorId: string;
  readonly menteeLabId: LabId;
  readonly mentorLabId: LabId;
  readonly status: DialogueStatus;
  readonly closing?: DialogueClosing;
  readonly format: DialogueFormat;
  readonly reasons: readonly MatchReason[];
  readonly common: CommonGround;
  readonly introducedAt: Date;
  /** Local date YYYY-MM-DD. */
  readonly plannedEndOn: string;
  /** When the two were first known to be in touch. */
  readonly activeSince?: Date;
  /** End of the first meeting that took place. */
  readonly firstHeldAt?: Date;
  /** The last time anybody showed that the dialogue goes on: a meeting held, a yes to "still in touch?". */
  readonly lastSignAt?: Date;
  readonly heldSince?: Date;
  readonly closingSince?: Date;
  /** Who said yes to going on after the planned end; never shown to the other side before both did. */
  readonly renewal?: Sides;
  /** Who answered the question after the first meeting; what they answered is not kept. */
  readonly fitAnswered?: Sides;
  readonly closedAt?: Date;
  readonly due?: Due;
}

/** One side, both or none. */
export type Sides = Readonly<Partial<Record<ProposalSide, true>>>;

/** What an open dialogue waits for. calendar: open where both labs are. */
export function dialogueTimers(
  dialogue: Dialogue,
  { steps, calendar }: { readonly steps: FollowUpSteps; readonly calendar: WorkingCalendar },
): Timer[] {
  const { status, introducedAt, activeSince = introducedAt, lastSignAt = activeSince, firstHeldAt } = dialogue;
  const since = (some: FollowUpSteps[keyof FollowUpSteps], instant: Date): Timer =>
    openDaysTimer(some, instant, calendar);
  const lastMorning = fromLocal({ date: dialogue.plannedEndOn, minutes: 6 * 60 }, calendar.zone);
  const timers: Record<DialogueStatus, () => Timer[]> = {
    introduced: () => [since(steps.introduced, introducedAt)],
    active: () => [
      ...(firstHeldAt ? [since(steps.fit, firstHeldAt)] : []),
      since(steps.pulse, activeSince),
      since(steps.inactivity, lastSignAt),
      plainTimer(steps.ending, lastMorning),
    ],
    on_hold: () => [since(steps.hold, dialogue.heldSince ?? activeSince)],
    closing: () => [since(steps.closing, dialogue.closingSince ?? activeSince)],
    closed: () => [],
  };
  return timers[status]();
}

/** Longest life of a dialogue with its renewals, in months. */
const mostMonths = 36;

/** The planned last day after a renewal; undefined when this format or the programme's limit allows none. */
export function renewedEnd(
  { format, introducedAt, plannedEndOn }: Pick<Dialogue, 'format' | 'introducedAt' | 'plannedEndOn'>,
  today: string,
): string | undefined {
  if (format === 'one_off') return undefined;
  const limit = new Date(introducedAt);
  limit.setUTCMonth(limit.getUTCMonth() + mostMonths);
  const last = limit.toISOString().slice(0, 10);
  const wanted = addDays(plannedEndOn > today ? plannedEndOn : today, lengthDays[format]);
  const end = wanted < last ? wanted : last;
  return end > plannedEndOn ? end : undefined;
}

/** The planned last day of a dialogue that starts on a local date. */
export function plannedEnd(format: DialogueFormat, startsOn: string): string {
  return addDays(startsOn, lengthDays[format]);
}

/** The other person of the pair. */
export function partnerOf(dialogue: Pick<Dialogue, 'menteeId' | 'mentorId'>, memberId: string): string {
  return memberId === dialogue.menteeId ? dialogue.mentorId : dialogue.menteeId;
}
