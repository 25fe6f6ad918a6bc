// When somebody is free: their week read on the wall clock of their own lab, for every half-hour of a span. Half-hours are
// those of universal time, so that two clocks that show the same hour are never taken for the same hour.
import {
  halfDayOf,
  hourStarts,
  isAbsentOn,
  slotsPerDay,
  slotsPerWeek,
  weeklySlots,
  type Availability,
} from './availability.ts';
import { addDays, isClosedOn, toLocal, type WorkingCalendar } from './calendar.ts';

/** Somebody's hours, and the lab on whose wall clock they are meant. */
export interface Attendee {
  readonly availability: Availability;
  readonly calendar: WorkingCalendar;
}

/** Days to come in which two people must have an hour in common, and for which times are on offer. */
export const daysAhead = 42;

const minuteMs = 60_000;
const dayMs = 86_400_000;
const halfHourMs = 30 * minuteMs;
/** 1 January 1970 was a Thursday. */
const slotOfEpoch = 3 * slotsPerDay;

/** What a wall clock shows when each half-hour of a span begins and when it ends, as half-hours of the wall since 1970. */
interface Wall {
  readonly begins: Int32Array;
  readonly ends: Int32Array;
  readonly dates: readonly string[];
}

/** 1 for each half-hour of a span at which a full hour starts. */
export type HourStarts = Uint8Array;

/** The half-hours of the days after an instant, for many people: each zone's clock is looked at once. */
export class Span {
  /** Half-hours since 1970 of the first one that begins after the instant. */
  readonly first: number;
  readonly halfHours: number;
  readonly #walls = new Map<string, Wall>();

  constructor(from: Date, days: number) {
    this.first = Math.floor(from.getTime() / halfHourMs) + 1;
    this.halfHours = days * slotsPerDay;
  }

  /** Where an hour starts that is free from end to end. */
  hourStarts(attendee: Attendee): HourStarts {
    const free = this.#free(attendee);
    for (let at = 0; at < this.halfHours; at++) free[at] = (free[at] as number) & (free[at + 1] as number);
    return free.subarray(0, this.halfHours);
  }

  /** Where an hour starts that is free for both. */
  commonStarts([one, other]: readonly [Attendee, Attendee]): HourStarts {
    const others = this.hourStarts(other);
    return this.hourStarts(one).map((start, at) => start & (others[at] as number));
  }

  instants(starts: HourStarts): Date[] {
    const instants: Date[] = [];
    starts.forEach((start, at) => {
      if (start === 1) instants.push(new Date((this.first + at) * halfHourMs));
    });
    return instants;
  }

  /** For each week of the span the half-hours (0 to 335 from its beginning) of the starts. Weeks that are alike are one list. */
  weeks(starts: HourStarts): readonly (readonly number[])[] {
    const weeks: number[][] = [];
    for (let from = 0; from < this.halfHours; from += slotsPerWeek) {
      const week: number[] = [];
      for (let slot = 0; slot < slotsPerWeek; slot++) if (starts[from + slot] === 1) week.push(slot);
      const before = weeks.find((one) => isSame(one, week));
      weeks.push(before ?? week);
    }
    return weeks;
  }

  /** The half-days, on a zone's clock, in which the starts lie, in the order of the week. */
  halfDays(starts: HourStarts, zone: string): string[] {
    const { begins } = this.#wallOf(zone);
    const slots = new Set<number>();
    starts.forEach((start, at) => {
      if (start === 1) slots.add(slotOf(begins[at] as number));
    });
    return [...new Set([...slots].sort((a, b) => a - b).map(halfDayOf))];
  }

  /** One half-hour more than the span: the last hour may end after it. */
  #free({ availability, calendar }: Attendee): Uint8Array {
    const { begins, ends, dates } = this.#wallOf(calendar.zone);
    const ofWeek = new Uint8Array(slotsPerWeek);
    for (const slot of weeklySlots(availability)) ofWeek[slot] = 1;
    const open = dates.map((date) => !isClosedOn(calendar, date) && !isAbsentOn(availability, date));
    const firstDay = dayOf(begins[0] as number);
    const isFree = (shown: number): boolean => ofWeek[slotOf(shown)] === 1 && open[dayOf(shown) - firstDay] === true;
    const free = new Uint8Array(this.halfHours + 1);
    for (let at = 0; at < free.length; at++) {
      const [begin, end] = [begins[at] as number, ends[at] as number];
      // Where the clock is a quarter of an hour off, a half-hour lies in two of the wall's.
      if (isFree(begin) && (end === begin || isFree(end))) free[at] = 1;
    }
    return free;
  }

  #wallOf(zone: string): Wall {
    const known = this.#walls.get(zone) ?? this.#look(zone);
    this.#walls.set(zone, known);
    return known;
  }

  #look(zone: string): Wall {
    const count = this.halfHours + 1;
    const [begins, ends] = [new Int32Array(count), new Int32Array(count)];
    const offsetAt = offsetsOf(zone, this.first * halfHourMs, count);
    for (let at = 0; at < count; at++) {
      const begin = (this.first + at) * halfHourMs;
      const lastMinute = begin + halfHourMs - minuteMs;
      begins[at] = Math.floor((begin + offsetAt(begin)) / halfHourMs);
      ends[at] = Math.floor((lastMinute + offsetAt(lastMinute)) / halfHourMs);
    }
    const days = dayOf(ends[count - 1] as number) - dayOf(begins[0] as number) + 1;
    const start = new Date(dayOf(begins[0] as number) * dayMs).toISOString().slice(0, 10);
    return { begins, ends, dates: Array.from({ length: days }, (_, day) => addDays(start, day)) };
  }
}

/** The half-hour of the week. */
function slotOf(shown: number): number {
  return (shown + slotOfEpoch) % slotsPerWeek;
}

function isSame(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((slot, at) => slot === other[at]);
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

/**
 * Instants at which both could start a meeting of an hour, ascending, on half-hours, in the `days` days after `from`.
 * Absences, closures and daylight saving of both sides are respected; each side is read in its own zone.
 */
export function commonStarts(pair: readonly [Attendee, Attendee], from: Date, days: number): Date[] {
  const span = new Span(from, days);
  return span.instants(span.commonStarts(pair));
}

/**
 * The half-days of a usual week in which somebody is free for an hour, on the clock of `zone`; absences and closures are left
 * out. from: the change of the clocks follows from it.
 */
export function usualHalfDays({ availability, calendar }: Attendee, from: Date, zone: string): string[] {
  const { anyTime, windows } = availability;
  // Within one zone no clock is needed.
  if (calendar.zone === zone) return [...new Set(hourStarts(weeklySlots({ anyTime, windows })).map(halfDayOf))];
  const span = new Span(from, 7);
  const usual = { availability: { anyTime, windows, absences: [] }, calendar: { zone: calendar.zone, closures: [] } };
  return span.halfDays(span.hourStarts(usual), zone);
}
