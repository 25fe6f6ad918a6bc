// When somebody can talk: a week of half-hours in their lab's local time, absences, or "any time".
import { MentoringError } from './errors.ts';

/** One weekly window. weekday: 1 Monday to 7 Sunday (ISO). from, to: minutes after local midnight, multiples of 30, from < to. */
export interface WeeklyWindow {
  readonly weekday: number;
  readonly from: number;
  readonly to: number;
}

/** Days away, local dates YYYY-MM-DD, both included. */
export interface Absence {
  readonly fromOn: string;
  readonly toOn: string;
}

export interface Availability {
  readonly anyTime: boolean;
  readonly windows: readonly WeeklyWindow[];
  readonly absences: readonly Absence[];
}

/** Most in one record: five windows a day, and a dozen absences to come. */
const mostWindows = 35;
const mostAbsences = 12;

export const slotsPerDay = 48;
export const slotsPerWeek = 7 * slotsPerDay;
/** "Any time" means office hours here: nobody is proposed a meeting at night for having been generous. */
const anyTimeWindow = { from: 8 * 60, to: 20 * 60 };

/** The half-hours of the week (0 = Monday 00:00, 335 = Sunday 23:30) in which the person can talk, ascending. */
export function weeklySlots(availability: Pick<Availability, 'anyTime' | 'windows'>): number[] {
  const windows = availability.anyTime
    ? [1, 2, 3, 4, 5].map((weekday) => ({ weekday, ...anyTimeWindow }))
    : availability.windows;
  const slots = new Set<number>();
  for (const { weekday, from, to } of windows) {
    for (let minute = from; minute < to; minute += 30) slots.add((weekday - 1) * slotsPerDay + minute / 30);
  }
  return [...slots].sort((a, b) => a - b);
}

/** Half-hours at which a full hour starts, past midnight and the week's end as well. */
export function hourStarts(slots: readonly number[]): number[] {
  const present = new Set(slots);
  return slots.filter((slot) => present.has((slot + 1) % slotsPerWeek));
}

/** The half-day of a half-hour of the week: "1am" Monday morning to "7pm". */
export function halfDayOf(slot: number): string {
  const weekday = Math.floor(slot / slotsPerDay) + 1;
  return `${weekday}${slot % slotsPerDay < slotsPerDay / 2 ? 'am' : 'pm'}`;
}

/** @throws MentoringError availability_invalid when a window or an absence is not what the types say. */
export function checkAvailability(availability: Availability): Availability {
  const { windows, absences } = availability;
  const windowIsSound = ({ weekday, from, to }: WeeklyWindow): boolean =>
    weekday >= 1 && weekday <= 7 && from >= 0 && from < to && to <= 1440 && from % 30 === 0 && to % 30 === 0;
  if (windows.length > mostWindows || absences.length > mostAbsences) throw new MentoringError('availability_invalid');
  if (!windows.every(windowIsSound) || !absences.every(({ fromOn, toOn }) => fromOn <= toOn)) {
    throw new MentoringError('availability_invalid');
  }
  return availability;
}

/** Whether the person is away on a local date (YYYY-MM-DD). */
export function isAbsentOn(availability: Pick<Availability, 'absences'>, date: string): boolean {
  return availability.absences.some(({ fromOn, toOn }) => fromOn <= date && date <= toOn);
}
