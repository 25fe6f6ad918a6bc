// What waits, and for what. A record that lives has timers; the earliest step of them all is kept in the record as `due`,
// so that sweeps look at what is due and never at what exists.
import { addOpenDays, type WorkingCalendar } from './calendar.ts';

/** The next thing to do about a record, indexed. */
export interface Due {
  readonly step: string;
  readonly at: Date;
}

/** One step of a timer, as configuration gives it. */
export interface Step {
  readonly step: string;
  /** Days after the timer began; negative: before. */
  readonly afterDays: number;
  /** Repeated every so many days from then on, as step_1, step_2... */
  readonly every?: number;
  /** Ends the state it waits in: never skipped, and whatever else is due with it has no meaning any more. */
  readonly ends?: true;
}

export interface Timer {
  readonly steps: readonly Step[];
  /** The instant so many days after the timer began. */
  readonly at: (days: number) => Date;
}

const dayMs = 86_400_000;

/** Counts open days: closures and public holidays freeze it (product rule "D"). */
export function openDaysTimer(steps: readonly Step[], since: Date, calendar: WorkingCalendar): Timer {
  return { steps, at: (days) => addOpenDays(calendar, since, days) };
}

/** Counts every day: for promises about time that no closure may lengthen. */
export function plainTimer(steps: readonly Step[], since: Date): Timer {
  return { steps, at: (days) => new Date(since.getTime() + days * dayMs) };
}

/** Steps of a timer in order; endless where a step repeats. */
function* dated({ steps, at }: Timer): Generator<Due & { ends: boolean }> {
  for (const { step, afterDays, every, ends = false } of steps) {
    if (every === undefined) yield { step, at: at(afterDays), ends };
    else for (let n = 1; ; n += 1) yield { step: `${step}_${String(n)}`, at: at(afterDays + (n - 1) * every), ends };
  }
}

function takeDue(timer: Timer, now: Date): (Due & { ends: boolean })[] {
  const due = [];
  for (const one of dated(timer)) {
    if (one.at > now) break;
    due.push(one);
  }
  return due;
}

const bare = ({ step, at }: Due): Due => ({ step, at });
const earliest = (dues: readonly Due[]): Due | undefined => dues.toSorted((a, b) => a.at.getTime() - b.at.getTime())[0];

/**
 * What a sweep has to do now about a record that waits for `due`: the step that ends its state, if one has come; else of
 * each timer the last step that has come since, so that a service that slept a month sends no month of letters.
 */
export function stepsToDo(timers: readonly Timer[], due: Due, now: Date): Due[] {
  const come = timers.map((timer) => takeDue(timer, now));
  const end = earliest(come.flat().filter(({ ends }) => ends));
  if (end) return [bare(end)];
  return come
    .map((steps) => steps.at(-1))
    .filter((last) => last !== undefined)
    .filter(({ step, at }) => at >= due.at || step === due.step)
    .map(bare);
}

/** Every step of these timers whose day has come. */
export function stepsCome(timers: readonly Timer[], now: Date): Due[] {
  return timers.flatMap((timer) => takeDue(timer, now).map(bare));
}

/** What the record waits for after `now`; a step that ends the state waits even if its day has passed. */
export function nextDue(timers: readonly Timer[], now: Date): Due | undefined {
  const next = timers.flatMap((timer) => {
    for (const one of dated(timer)) if (one.at > now || one.ends) return [bare(one)];
    return [];
  });
  return earliest(next);
}
