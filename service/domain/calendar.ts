// The working calendar of a lab: local time without daylight-saving mistakes, closed days that freeze timers, the hours in
// which messages may leave, and the regular matching runs. Uses only the language's own time-zone data.
import { isClosedOn, nameOf, type ClosedDays } from './closures.ts';
import { joinHolidays } from './holidays.ts';

export { isClosedOn } from './closures.ts';

export interface WorkingCalendar extends ClosedDays {
  /** IANA time zone, for example Europe/Paris. */
  readonly zone: string;
}

/** A local day and the minutes passed since its midnight on the wall clock. */
export interface LocalTime {
  readonly date: string;
  readonly minutes: number;
}

const dayMs = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** The wall clock of a zone at an instant. */
export function toLocal(instant: Date, zone: string): LocalTime {
  const parts = Object.fromEntries(
    formatterFor(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  return {
    date: `${parts['year'] ?? ''}-${parts['month'] ?? ''}-${parts['day'] ?? ''}`,
    minutes: Number(parts['hour']) * 60 + Number(parts['minute']),
  };
}

/** The instant at which the wall clock shows this time; a time skipped in spring becomes the same distance after the gap. */
export function fromLocal({ date, minutes }: LocalTime, zone: string): Date {
  const wall = Date.parse(`${date}T00:00:00Z`) + minutes * 60_000;
  const offsetAt = (instant: number): number => {
    const local = toLocal(new Date(instant), zone);
    return Date.parse(`${local.date}T00:00:00Z`) + local.minutes * 60_000 - Math.floor(instant / 60_000) * 60_000;
  };
  // Two rounds settle every offset change; in the autumn's doubled hour the first one is taken.
  const first = wall - offsetAt(wall - offsetAt(wall));
  const before = wall - offsetAt(first - dayMs / 8);
  return new Date(toLocal(new Date(before), zone).minutes === minutes % 1440 ? Math.min(first, before) : first);
}

/** The local date some days later (negative: earlier). */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** ISO weekday of a local date: 1 Monday to 7 Sunday. */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

/** The quarter of a local date, for example "2026-Q4"; quarters sort as text. */
export function quarterOf(date: string): string {
  return `${date.slice(0, 4)}-Q${String(Math.ceil(Number(date.slice(5, 7)) / 3))}`;
}

/** One calendar for two persons: a day closed for either freezes what both wait for. Times are read in the first's zone. */
export function joinCalendars(one: WorkingCalendar, other: WorkingCalendar): WorkingCalendar {
  return {
    zone: one.zone,
    closures: [...one.closures, ...other.closures],
    holidays: joinHolidays(one.holidays ?? 'none', other.holidays ?? 'none'),
  };
}

/**
 * The instant `days` open days after `from`, at the same wall-clock time; closed days do not count (product rule "D").
 * Negative days: so many calendar days before.
 */
export function addOpenDays(calendar: WorkingCalendar, from: Date, days: number): Date {
  const { date, minutes } = toLocal(from, calendar.zone);
  if (days < 0) return fromLocal({ date: addDays(date, days), minutes }, calendar.zone);
  const isClosed = closedDays(calendar);
  let day = Date.parse(`${date}T00:00:00Z`) / dayMs;
  const startsClosed = isClosed(day);
  while (isClosed(day)) day += 1;
  for (let counted = 0; counted < days;) {
    day += 1;
    if (!isClosed(day)) counted += 1;
  }
  const end = new Date(day * dayMs).toISOString().slice(0, 10);
  return fromLocal({ date: end, minutes: startsClosed ? 0 : minutes }, calendar.zone);
}

const closedYears = new Map<string, Set<number>>();

/** Whether a day (days since 1970) is closed; each year of each set of closed days is worked out once. */
function closedDays(calendar: WorkingCalendar): (day: number) => boolean {
  const name = nameOf(calendar);
  const years = new Map<number, Set<number>>();
  return (day) => {
    const year = new Date(day * dayMs).getUTCFullYear();
    let closed = years.get(year);
    if (!closed) {
      const key = `${String(year)} ${name}`;
      closed = closedYears.get(key) ?? closedIn(calendar, year);
      closedYears.set(key, closed);
      years.set(year, closed);
    }
    return closed.has(day);
  };
}

function closedIn(calendar: WorkingCalendar, year: number): Set<number> {
  const closed = new Set<number>();
  const end = Date.UTC(year + 1, 0, 1) / dayMs;
  for (let day = Date.UTC(year, 0, 1) / dayMs; day < end; day += 1) {
    if (isClosedOn(calendar, new Date(day * dayMs).toISOString().slice(0, 10))) closed.add(day);
  }
  return closed;
}

/** When messages may leave: Tuesday to Thursday, 08:30 to 17:00, never on a closed day. */
const sending = { weekdays: [2, 3, 4], from: 8 * 60 + 30, to: 17 * 60 };

/** The first instant at or after `from` at which a message may leave. */
export function nextSendingTime(calendar: WorkingCalendar, from: Date): Date {
  const start = toLocal(from, calendar.zone);
  for (let date = start.date, minutes = start.minutes; ; date = addDays(date, 1), minutes = 0) {
    const open = sending.weekdays.includes(weekdayOf(date)) && !isClosedOn(calendar, date) && minutes < sending.to;
    if (!open) continue;
    return minutes >= sending.from ? from : fromLocal({ date, minutes: sending.from }, calendar.zone);
  }
}

/** The regular matching runs: Tuesday and Friday at 06:00, also on closed days: labs differ, and letters and timers wait. */
const regularRuns = { weekdays: [2, 5], minutes: 6 * 60 };

/** The first regular run strictly after an instant. */
export function nextRegularRun(zone: string, after: Date): Date {
  for (let date = toLocal(after, zone).date; ; date = addDays(date, 1)) {
    const run = fromLocal({ date, minutes: regularRuns.minutes }, zone);
    if (regularRuns.weekdays.includes(weekdayOf(date)) && run > after) return run;
  }
}

/** The last regular run at or before an instant: what a service that slept has to catch up with. */
export function lastRegularRun(zone: string, until: Date): Date {
  for (let date = toLocal(until, zone).date; ; date = addDays(date, -1)) {
    const run = fromLocal({ date, minutes: regularRuns.minutes }, zone);
    if (regularRuns.weekdays.includes(weekdayOf(date)) && run <= until) return run;
  }
}
