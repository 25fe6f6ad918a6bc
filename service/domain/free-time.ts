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
import { isClosedOn, type WorkingCalendar } from './calendar.ts';
import { halfHourMs, readWall, type Wall } from './wall-clock.ts';

/** Somebody's hours, and the lab on whose wall clock they are meant. */
export interface Attendee {
  readonly availability: Availability;
  readonly calendar: WorkingCalendar;
}

/** Days to come in which two people must have an hour in common, and for which times are on offer. */
export const daysAhead = 42;

/** Different weeks of a lab that a span keeps, two kilobytes each. */
const mostKept = 4000;

/** 1 for each half-hour of a span at which a full hour starts. */
export type HourStarts = Uint8Array;

/** The half-hours of the days after an instant, for many people: each zone's clock is looked at once. */
export class Span {
  /** Half-hours since 1970 of the first one that begins after the instant. */
  readonly first: number;
  readonly halfHours: number;
  readonly #walls = new Map<string, Wall>();
  readonly #starts = new Map<WorkingCalendar, Map<string, HourStarts>>();
  /** Per calendar its days, 1 where it is open. */
  readonly #open = new Map<WorkingCalendar, Uint8Array>();

  constructor(from: Date, days: number) {
    this.first = Math.floor(from.getTime() / halfHourMs) + 1;
    this.halfHours = days * slotsPerDay;
  }

  /** Where an hour starts that is free from end to end. People who say the same share it. */
  hourStarts({ availability, calendar }: Attendee): HourStarts {
    const kept = this.#starts.get(calendar) ?? new Map<string, HourStarts>();
    this.#starts.set(calendar, kept);
    const name = JSON.stringify(availability);
    const starts = kept.get(name) ?? this.#hoursIn(this.#free({ availability, calendar }));
    if (kept.size >= mostKept) kept.clear();
    kept.set(name, starts);
    return starts;
  }

  /** Where an hour starts that is free for both. */
  commonStarts([one, other]: readonly [Attendee, Attendee]): HourStarts {
    const [starts, others] = [this.hourStarts(one).slice(), this.hourStarts(other)];
    for (let at = 0; at < starts.length; at++) starts[at] = (starts[at] as number) & (others[at] as number);
    return starts;
  }

  instants(starts: HourStarts): Date[] {
    const instants: Date[] = [];
    for (const [at, start] of starts.entries()) {
      if (start === 1) instants.push(new Date((this.first + at) * halfHourMs));
    }
    return instants;
  }

  /** For each week of the span the half-hours (0 to 335 from its beginning) of the starts. Weeks that are alike are one list. */
  weeks(starts: HourStarts): readonly (readonly number[])[] {
    const weeks: number[][] = [];
    for (let from = 0; from < this.halfHours; from += slotsPerWeek) {
      const alike = weeks.findIndex((_, week) => isSameWeek(starts, week * slotsPerWeek, from));
      weeks.push(weeks[alike] ?? listOf(starts.subarray(from, from + slotsPerWeek)));
    }
    return weeks;
  }

  /** The half-days, on a zone's clock, in which the starts lie, in the order of the week. */
  halfDays(starts: HourStarts, zone: string): string[] {
    const { slots } = this.#wallOf(zone);
    const ofWeek = new Uint8Array(slotsPerWeek);
    for (let at = 0; at < starts.length; at++) if (starts[at] === 1) ofWeek[slots[at] as number] = 1;
    return [...new Set(listOf(ofWeek).map(halfDayOf))];
  }

  #hoursIn(free: Uint8Array): HourStarts {
    const starts = new Uint8Array(this.halfHours);
    for (let at = 0; at < starts.length; at++) starts[at] = (free[at] as number) & (free[at + 1] as number);
    return starts;
  }

  /** One half-hour more than the span: the last hour may end after it. */
  #free({ availability, calendar }: Attendee): Uint8Array {
    const { slots, lastSlots, days, lastDays, dates } = this.#wallOf(calendar.zone);
    const ofWeek = new Uint8Array(slotsPerWeek);
    for (const slot of weeklySlots(availability)) ofWeek[slot] = 1;
    let open = this.#openDays(calendar, dates);
    if (availability.absences.length > 0) {
      open = open.map((isOpen, day) => (isAbsentOn(availability, dates[day] as string) ? 0 : isOpen));
    }
    const free = new Uint8Array(this.halfHours + 1);
    for (let at = 0; at < free.length; at++) {
      const begins = (ofWeek[slots[at] as number] as number) & (open[days[at] as number] as number);
      free[at] = begins & (ofWeek[lastSlots[at] as number] as number) & (open[lastDays[at] as number] as number);
    }
    return free;
  }

  #openDays(calendar: WorkingCalendar, dates: readonly string[]): Uint8Array {
    const known = this.#open.get(calendar) ?? Uint8Array.from(dates, (date) => (isClosedOn(calendar, date) ? 0 : 1));
    this.#open.set(calendar, known);
    return known;
  }

  #wallOf(zone: string): Wall {
    const known = this.#walls.get(zone) ?? readWall(zone, this.first, this.halfHours + 1);
    this.#walls.set(zone, known);
    return known;
  }
}

function isSameWeek(starts: HourStarts, one: number, other: number): boolean {
  for (let slot = 0; slot < slotsPerWeek; slot++) if (starts[one + slot] !== starts[other + slot]) return false;
  return true;
}

/** Where there is a 1, ascending. */
function listOf(flags: Uint8Array): number[] {
  const list: number[] = [];
  for (let at = 0; at < flags.length; at++) if (flags[at] === 1) list.push(at);
  return list;
}

/**
 * The whole weeks of the days ahead that begin when both must have answered, so many days after `now`: an hour before that would
 * be over when they are introduced.
 */
export function spanAfterAnswers(now: Date, answerDays: number): Span {
  const days = 7 * Math.max(1, Math.floor((daysAhead - answerDays) / 7));
  return new Span(new Date(now.getTime() + (daysAhead - days) * slotsPerDay * halfHourMs), days);
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
