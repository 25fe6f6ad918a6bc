// Somebody's usual week in half-days, as cards and the night's table tell it.
import { halfDayOf, startsIn, weeklySlots } from './availability.ts';
import { Span } from './free-time.ts';
import type { Attendee } from './meeting-kinds.ts';

/**
 * The half-days of a usual week in which somebody has time to meet, on the clock of `zone`; absences and closures are left
 * out. from: the change of the clocks follows from it.
 */
export function usualHalfDays(
  { availability, modalities, calendar }: Attendee,
  { from, zone, halfHours }: { readonly from: Date; readonly zone: string; readonly halfHours: number },
): string[] {
  const { anyTime, windows } = availability;
  // Within one zone no clock is needed.
  if (calendar.zone === zone) {
    return [...new Set(startsIn(weeklySlots({ anyTime, windows }, modalities), halfHours).map(halfDayOf))];
  }
  const span = new Span(from, 7);
  const usual = { anyTime, windows, absences: [] };
  const open = { zone: calendar.zone, closures: [] };
  return span.halfDays(span.starts({ availability: usual, modalities, calendar: open }, { halfHours }), zone);
}
