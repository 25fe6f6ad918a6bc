// A zone's wall clock over many half-hours of universal time: what it shows in each of them.
import { slotsPerDay, slotsPerWeek } from './availability.ts';
import { addDays, toLocal } from './calendar.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
export const halfHourMs = 30 * minuteMs;
/** 1 January 1970 was a Thursday. */
const slotOfEpoch = 3 * slotsPerDay;

/**
 * What a wall clock shows in each half-hour of a span. slots: half-hours of the week when it begins; lastSlots: when it ends,
 * another one where the clock is a quarter of an hour off. days: index of its day among the dates.
 */
export interface Wall {
  readonly slots: Uint16Array;
  readonly lastSlots: Uint16Array;
  readonly days: Uint8Array;
  readonly lastDays: Uint8Array;
  readonly dates: readonly string[];
}

/** first: half-hours since 1970 of the first one. */
export function readWall(zone: string, first: number, count: number): Wall {
  const offsetAt = offsetsOf(zone, first * halfHourMs, count);
  const shown = (instant: number): number => Math.floor((instant + offsetAt(instant)) / halfHourMs);
  const begins = Array.from({ length: count }, (_, at) => shown((first + at) * halfHourMs));
  const ends = Array.from({ length: count }, (_, at) => shown((first + at + 1) * halfHourMs - minuteMs));
  const firstDay = dayOf(begins[0] as number);
  const start = new Date(firstDay * dayMs).toISOString().slice(0, 10);
  const dates = Array.from({ length: dayOf(ends.at(-1) as number) - firstDay + 1 }, (_, day) => addDays(start, day));
  const daysOf = (halfHours: readonly number[]): Uint8Array =>
    Uint8Array.from(halfHours, (one) => dayOf(one) - firstDay);
  const slotsOf = (halfHours: readonly number[]): Uint16Array => Uint16Array.from(halfHours, slotOf);
  return {
    ...{ slots: slotsOf(begins), lastSlots: slotsOf(ends), days: daysOf(begins), lastDays: daysOf(ends) },
    dates,
  };
}

/** The half-hour of the week that a half-hour of a wall is. */
function slotOf(shown: number): number {
  return (shown + slotOfEpoch) % slotsPerWeek;
}

function dayOf(shown: number): number {
  return Math.floor(shown / slotsPerDay);
}

/** Milliseconds by which a zone's clock is ahead. Asking is slow: every minute is asked for on days of a change only. */
function offsetsOf(zone: string, from: number, halfHours: number): (instant: number) => number {
  const offsetAt = (instant: number): number => {
    const { date, minutes } = toLocal(new Date(instant), zone);
    return Date.parse(`${date}T00:00:00Z`) + minutes * minuteMs - instant;
  };
  const days = Math.ceil((halfHours * halfHourMs) / dayMs) + 1;
  const atDays = Array.from({ length: days + 1 }, (_, day) => offsetAt(from + day * dayMs));
  return (instant) => {
    const day = Math.floor((instant - from) / dayMs);
    const offset = atDays[day] as number;
    return offset === atDays[day + 1] ? offset : offsetAt(instant);
  };
}
