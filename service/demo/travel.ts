// Moves the programme through time from one due instant to the next, so that everything happens in its order and at its
// hour; nothing is skipped, and a month of reminders does not leave at once.
import type { MovableClock } from './clock.ts';

/** What was done at one instant: sweeps that found something, by name, and mails that left. */
export interface Tick {
  readonly deeds: Readonly<Record<string, number>>;
  readonly mails: number;
}

export interface World {
  readonly clock: MovableClock;
  /** The earliest instant after `now` at which something is due; undefined when nothing waits. */
  nextDue(now: Date): Promise<Date | undefined>;
  /** Does everything that is due now, mails included. */
  tick(): Promise<Tick>;
}

export interface Stop extends Tick {
  readonly at: Date;
}

const longestStepMs = 86_400_000;

/** Stops at each due instant up to `until`, and there. */
export async function* travel(world: World, until: Date): AsyncGenerator<Stop> {
  for (let now = world.clock.now(); now < until; now = world.clock.now()) {
    const due = await world.nextDue(now);
    const limit = Math.min(until.getTime(), now.getTime() + longestStepMs);
    const at = new Date(Math.min(due?.getTime() ?? limit, limit));
    await world.clock.moveTo(at);
    yield { at, ...(await world.tick()) };
  }
}

/** The same without a witness. */
export async function travelTo(world: World, until: Date): Promise<void> {
  const stops = travel(world, until);
  while ((await stops.next()).done !== true);
}
