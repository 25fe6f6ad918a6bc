// What waits, and for what: each live state has steps counted in open days; the last step that is due is the one to do.
import { addOpenDays, type WorkingCalendar } from './calendar.ts';

/** The next thing to do about a record, kept in the record and indexed: sweeps look at what is due, never at what exists. */
export interface Due {
  readonly step: string;
  readonly at: Date;
}

export interface Step {
  readonly step: string;
  /** Open days after the state began. */
  readonly afterDays: number;
}

/** Delays of the programme, in open days; configuration may replace any of them. */
export const usualSteps = {
  proposal: [
    { step: 'reminder_1', afterDays: 3 },
    { step: 'reminder_2', afterDays: 6 },
    { step: 'lapse', afterDays: 7 },
  ],
  introduced: [
    { step: 'nudge_1', afterDays: 5 },
    { step: 'nudge_2', afterDays: 14 },
    { step: 'question', afterDays: 21 },
    { step: 'no_contact', afterDays: 30 },
  ],
} as const satisfies Record<string, readonly Step[]>;

export interface Timer {
  readonly steps: readonly Step[];
  readonly since: Date;
  readonly calendar: WorkingCalendar;
}

function dated({ steps, since, calendar }: Timer): Due[] {
  return steps.map(({ step, afterDays }) => ({ step, at: addOpenDays(calendar, since, afterDays) }));
}

/** The first step of a state that just began. */
export function firstDue(timer: Timer): Due | undefined {
  return dated(timer)[0];
}

/** The step to do now: the last one that is due, so that a run that is late by a month does not send a month of reminders. */
export function stepToDo(timer: Timer, now: Date): Due | undefined {
  return dated(timer).findLast(({ at }) => at <= now);
}

/** What waits after a step was done. */
export function dueAfter(timer: Timer, step: string): Due | undefined {
  const all = dated(timer);
  return all[all.findIndex((due) => due.step === step) + 1];
}
