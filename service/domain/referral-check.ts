// Whether somebody still stands behind a lab's referral sheet. The sheet is configuration; this keeps only when a
// coordinator last said that it is right, and asks again.
import type { WorkingCalendar } from './calendar.ts';
import { openDaysTimer, type Due, type Timer } from './follow-up.ts';
import type { Life } from './life.ts';
import type { LabId } from './terms.ts';
import type { FollowUpSteps } from './usual-steps.ts';

/** current: verified, or seen for the first time, not long ago. overdue: pages say that nobody has verified it for long. */
export type SheetStatus = 'current' | 'asked' | 'overdue';

export interface ReferralSheet {
  readonly id: LabId;
  readonly status: SheetStatus;
  /** Of the last verification, or when the programme first met the lab. */
  readonly since: Date;
  readonly verifiedAt?: Date;
  /** Quarter in which its coordinators were last asked, for example "2026-Q4". */
  readonly askedQuarter?: string;
  readonly due: Due;
}

const timers = ['sheetCheck', 'sheetStale'] as const;

/** No state is final: as long as there is the lab, somebody is asked. */
export const sheetLife: Life<SheetStatus> = {
  current: { becomes: ['asked', 'overdue'], waitsFor: { timers } },
  asked: { becomes: ['current', 'overdue'], waitsFor: { timers } },
  overdue: { becomes: ['current'], waitsFor: { timers } },
};

export const sheetStatuses = Object.keys(sheetLife) as SheetStatus[];

/** In open days of the lab, from the last verification. */
export function sheetTimers(
  { since }: Pick<ReferralSheet, 'since'>,
  { steps, calendar }: { readonly steps: FollowUpSteps; readonly calendar: WorkingCalendar },
): Timer[] {
  return timers.map((timer) => openDaysTimer(steps[timer], since, calendar));
}
