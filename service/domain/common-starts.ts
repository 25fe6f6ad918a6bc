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

/**
 * Walls of days. Looking a zone up is slow: it is done once for each midnight, and for each time of day only on the days
 * on which the clock is changed.
 */
function rememberWalls(): (date: string, zone: string) => Wall {
  const midnights = new Map<string, number>();
  const midnightOf = (date: string, zone: string): number => {
    const key = `${zone} ${date}`;
    const midnight = midnights.get(key) ?? fromLocal({ date, minutes: 0 }, zone).getTime();
    midnights.set(key, midnight);
    return midnight;
  };
  return (date, zone) => {
    const midnight = midnightOf(date, zone);
    if (midnightOf(addDays(date, 1), zone) - midnight === dayMs) return (minutes) => midnight + minutes * 60_000;
    return (minutes) => fromLocal({ date, minutes }, zone).getTime();
  };
}

interface Span {
  readonly from: Date;
  readonly days: number;
  readonly walls: ReturnType<typeof rememberWalls>;
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
