// When somebody can talk: a week of half-hours in their lab's local time, absences, or "any time".
import { MentoringError } from './errors.ts';
import { modalities as allModalities, type Modality } from './terms.ts';

/**
 * One weekly window. weekday: 1 Monday to 7 Sunday (ISO). from, to: minutes after local midnight, multiples of 30, from < to.
 * modalities: only so, in this window; left out: in every way of the person's profile.
 */
export interface WeeklyWindow {
  readonly weekday: number;
  readonly from: number;
  readonly to: number;
  readonly modalities?: readonly Modality[];
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

/** Most in one record: eight windows a day, and a dozen absences to come. */
export const mostWindows = 56;
export const mostAbsences = 12;

export const slotsPerDay = 48;
export const slotsPerWeek = 7 * slotsPerDay;
/** "Any time" means office hours here: nobody is proposed a meeting at night for having been generous. */
const anyTimeWindow = { from: 8 * 60, to: 20 * 60 };

/**
 * The half-hours of the week (0 = Monday 00:00, 335 = Sunday 23:30) in which the person can talk, ascending.
 * ways: only those windows that are meant for one of these; left out: all windows.
 */
export function weeklySlots(
  { anyTime, windows }: Pick<Availability, 'anyTime' | 'windows'>,
  ways: readonly Modality[] = allModalities,
): number[] {
  if (ways.length === 0) return [];
  const said = anyTime
    ? [1, 2, 3, 4, 5].map((weekday): WeeklyWindow => ({ weekday, ...anyTimeWindow }))
    : windows.filter(({ modalities }) => modalities === undefined || modalities.some((way) => ways.includes(way)));
  const slots = new Set<number>();
  for (const { weekday, from, to } of said) {
    for (let minute = from; minute < to; minute += 30) slots.add((weekday - 1) * slotsPerDay + minute / 30);
  }
  return [...slots].sort((a, b) => a - b);
}

/** Whether the way to meet depends on the hour. */
export function hasOwnWays({ anyTime, windows }: Pick<Availability, 'anyTime' | 'windows'>): boolean {
  return !anyTime && windows.some(({ modalities }) => modalities !== undefined);
}

/** Half-hours at which something of so many half-hours may start, past midnight and the week's end as well. */
export function startsIn(slots: readonly number[], halfHours: number): number[] {
  const present = new Set(slots);
  const isFree = (slot: number): boolean =>
    Array.from({ length: halfHours }, (_, at) => (slot + at) % slotsPerWeek).every((one) => present.has(one));
  return slots.filter(isFree);
}

/** The half-day of a half-hour of the week: "1am" Monday morning to "7pm". */
export function halfDayOf(slot: number): string {
  const weekday = Math.floor(slot / slotsPerDay) + 1;
  return `${weekday}${slot % slotsPerDay < slotsPerDay / 2 ? 'am' : 'pm'}`;
}

/** @throws MentoringError availability_invalid when a window or an absence is not what the types say. */
export function checkAvailability(availability: Availability): Availability {
  const { windows, absences } = availability;
  const windowIsSound = ({ weekday, from, to, modalities }: WeeklyWindow): boolean =>
    weekday >= 1 &&
    weekday <= 7 &&
    from >= 0 &&
    from < to &&
    to <= 1440 &&
    from % 30 === 0 &&
    to % 30 === 0 &&
    (modalities === undefined || isListOf(modalities, allModalities));
  if (windows.length > mostWindows || absences.length > mostAbsences) throw new MentoringError('availability_invalid');
  if (!windows.every(windowIsSound) || !absences.every(({ fromOn, toOn }) => fromOn <= toOn)) {
    throw new MentoringError('availability_invalid');
  }
  return availability;
}

function isListOf<T>(list: readonly T[], known: readonly T[]): boolean {
  return list.length > 0 && new Set(list).size === list.length && list.every((one) => known.includes(one));
}

/** Whether the person is away on a local date (YYYY-MM-DD). */
export function isAbsentOn(availability: Pick<Availability, 'absences'>, date: string): boolean {
  return availability.absences.some(({ fromOn, toOn }) => fromOn <= date && date <= toOn);
}
