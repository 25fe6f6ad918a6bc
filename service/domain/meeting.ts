// A meeting of a dialogue: only its time and modality are stored. Times on offer are what both weeks have in common.
import { type Availability, isAbsentOn, weeklySlots, slotsPerDay } from './availability.ts';
import { addDays, fromLocal, isClosedOn, toLocal, weekdayOf, type WorkingCalendar } from './calendar.ts';
import type { Due } from './follow-up.ts';
import type { Modality } from './terms.ts';

export type MeetingStatus = 'suggested' | 'agreed' | 'held' | 'cancelled';

export interface Meeting {
  readonly id: string;
  readonly dialogueId: string;
  readonly status: MeetingStatus;
  readonly suggestedById: string;
  readonly startsAt: Date;
  readonly minutes: number;
  readonly modality: Modality;
  /** Raised at each change, as calendar programs expect (RFC 5545, SEQUENCE). */
  readonly sequence: number;
  readonly due?: Due;
}

/** Usual length, in minutes; times on offer leave room for it. */
export const meetingMinutes = 60;

export interface Attendee {
  readonly availability: Availability;
  readonly calendar: WorkingCalendar;
}

function openInstants({ availability, calendar }: Attendee, from: Date, days: number): Set<number> {
  const slots = weeklySlots(availability);
  const start = toLocal(from, calendar.zone).date;
  const instants = new Set<number>();
  for (let day = 0; day < days; day += 1) {
    const date = addDays(start, day);
    if (isClosedOn(calendar, date) || isAbsentOn(availability, date)) continue;
    const weekday = weekdayOf(date);
    for (const slot of slots) {
      if (Math.floor(slot / slotsPerDay) + 1 !== weekday) continue;
      instants.add(fromLocal({ date, minutes: (slot % slotsPerDay) * 30 }, calendar.zone).getTime());
    }
  }
  return instants;
}

/**
 * Instants at which both could start a meeting of an hour, ascending, on half-hours, in the `days` days after `from`.
 * Absences, closures and daylight saving of both sides are respected; each side is read in its own zone.
 */
export function commonStarts(pair: readonly [Attendee, Attendee], from: Date, days: number): Date[] {
  const [one, other] = pair.map((attendee) => openInstants(attendee, from, days));
  const halfHour = 30 * 60_000;
  return [...(one ?? [])]
    .filter((at) => at > from.getTime() && other?.has(at) && one?.has(at + halfHour) && other.has(at + halfHour))
    .sort((a, b) => a - b)
    .map((at) => new Date(at));
}
