// Moves the programme through time from one due instant to the next, so that everything happens in its order and at its
// hour; nothing is skipped, and a month of reminders does not leave at once.
import type { MovableClock } from './clock.ts';

/** The jobs whose work is told, by their names in the schedule. */
export const deedNames = [
  'sweep-proposals',
  'settle-proposals',
  'match',
  'sweep-dialogues',
  'sweep-meetings',
  'sweep-requests',
  'sweep-members',
  'referral-check',
  'sweep-cases',
  'snapshot',
] as const;
export type DeedName = (typeof deedNames)[number];

/** What was done at one instant: how much each job found to do, and mails that left. */
export interface Tick {
  readonly deeds: Readonly<Partial<Record<DeedName, number>>>;
  readonly mails: number;
}

export interface World {
  readonly clock: MovableClock;
  /** Aborted when the process ends: a journey stops there. */
  readonly ending?: AbortSignal;
  /** The earliest instant after `now` at which something is due; undefined when nothing waits. */
  nextDue(now: Date): Promise<Date | undefined>;
  /** Does everything that is due now, mails included. */
  tick(): Promise<Tick>;
}

export interface Stop extends Tick {
  readonly at: Date;
}

const longestStepMs = 86_400_000;

/** Stops at each due instant up to `until`, and there. shortestStepMs: what is due sooner waits for the same stop. */
export async function* travel(world: World, until: Date, shortestStepMs = 0): AsyncGenerator<Stop> {
  for (let now = world.clock.now(); now < until && !world.ending?.aborted; now = world.clock.now()) {
    const due = await world.nextDue(now);
    const limit = Math.min(until.getTime(), now.getTime() + longestStepMs);
    const at = new Date(Math.min(Math.max(due?.getTime() ?? limit, now.getTime() + shortestStepMs), limit));
    await world.clock.moveTo(at);
    yield { at, ...(await world.tick()) };
  }
}

/** Of the seed: it looks at its weeks every twelve hours, not every minute; those who begin wait for it. */
const seedStepMs = 12 * 3_600_000;

/** The same without a witness, and in fewer steps. */
export async function travelTo(world: World, until: Date): Promise<void> {
  const stops = travel(world, until, seedStepMs);
  while ((await stops.next()).done !== true);
}
