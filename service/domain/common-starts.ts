// Times on offer for a meeting: what the weeks of both have in common, each read on its own wall clock.
import { type Availability, isAbsentOn, slotsPerDay, weeklySlots } from './availability.ts';
import { addDays, fromLocal, isClosedOn, toLocal, weekdayOf, type WorkingCalendar } from './calendar.ts';

export interface Attendee {
  readonly availability: Availability;
  readonly calendar: WorkingCalendar;
}

const dayMs = 86_400_000;
const halfHourMs = 30 * 60_000;

/** The instant at which a day's wall clock shows so many minutes after midnight. */
type Wall = (minutes: number) => number;

/** Zones are looked up twice a day, and for each time of day only on the days on which the clock is changed. */
function wallOf(date: string, zone: string): Wall {
  const at = (minutes: number): number => fromLocal({ date, minutes }, zone).getTime();
  const midnight = at(0);
  const isEven = fromLocal({ date: addDays(date, 1), minutes: 0 }, zone).getTime() - midnight === dayMs;
  return isEven ? (minutes) => midnight + minutes * 60_000 : at;
}

/** Walls of days, each made once: the two mostly live in one zone. */
function rememberWalls(): typeof wallOf {
  const known = new Map<string, Wall>();
  return (date, zone) => {
    const key = `${zone} ${date}`;
    const wall = known.get(key) ?? wallOf(date, zone);
    known.set(key, wall);
    return wall;
  };
}

interface Span {
  readonly from: Date;
  readonly days: number;
  readonly walls: typeof wallOf;
}

function freeInstants({ availability, calendar }: Attendee, { from, days, walls }: Span): Set<number> {
  const slots = weeklySlots(availability);
  const start = toLocal(from, calendar.zone).date;
  const instants = new Set<number>();
  for (let day = 0; day < days; day += 1) {
    const date = addDays(start, day);
    const weekday = weekdayOf(date);
    const ofDay = slots.filter((slot) => Math.floor(slot / slotsPerDay) + 1 === weekday);
    if (ofDay.length === 0 || isClosedOn(calendar, date) || isAbsentOn(availability, date)) continue;
    const wall = walls(date, calendar.zone);
    for (const slot of ofDay) instants.add(wall((slot % slotsPerDay) * 30));
  }
  return instants;
}

/**
 * Instants at which both could start a meeting of an hour, ascending, on half-hours, in the `days` days after `from`.
 * Absences, closures and daylight saving of both sides are respected; each side is read in its own zone.
 */
export function commonStarts(pair: readonly [Attendee, Attendee], from: Date, days: number): Date[] {
  const span = { from, days, walls: rememberWalls() };
  const [one, other] = [freeInstants(pair[0], span), freeInstants(pair[1], span)];
  const isFree = (at: number): boolean => one.has(at) && other.has(at);
  return [...one]
    .filter((at) => at > from.getTime() && isFree(at) && isFree(at + halfHourMs))
    .sort((a, b) => a - b)
    .map((at) => new Date(at));
}
