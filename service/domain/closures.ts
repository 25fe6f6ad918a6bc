// On which days a lab is closed: those of each year, those of one year, and public holidays.
import { isFixedHoliday, isHoliday, type Holidays } from './holidays.ts';

/**
 * First and last day, both included: of each year as "MM-DD", where they may pass over New Year (12-22 to 01-03), or of one
 * year as "YYYY-MM-DD".
 */
export interface Closure {
  readonly from: string;
  readonly to: string;
}

/** holidays: none where it is left out. */
export interface ClosedDays {
  readonly closures: readonly Closure[];
  readonly holidays?: Holidays;
}

/** Whether a day or a closure is of one year. */
export function isDated(day: string): boolean {
  return day.length > 'MM-DD'.length;
}

/** Whether a local date is a public holiday or lies in a closure. Yearly closures that leave no day open freeze nothing. */
export function isClosedOn(closed: ClosedDays, date: string): boolean {
  const { closures, holidays = 'none' } = closed;
  if (isHoliday(holidays, date)) return true;
  if (closures.some(({ from, to }) => isDated(from) && from <= date && date <= to)) return true;
  return isInYearly(closures, date.slice(5)) && leavesADayOpen(closed);
}

/** day: "MM-DD". */
function isInYearly(closures: readonly Closure[], day: string): boolean {
  return closures.some(({ from, to }) => {
    if (isDated(from)) return false;
    return from <= to ? from <= day && day <= to : day >= from || day <= to;
  });
}

/** Every day that a year can have, "MM-DD". */
const daysOfYear = Array.from({ length: 366 }, (_, day) =>
  new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(5, 10),
);
const leavings = new Map<string, boolean>();

/**
 * Whether a day comes on which whatever waits can go on: two labs may have none in common, and nothing would ever be due.
 * The leap day is none: it would be waited for for years. Dated closures are over one day, and movable feasts are not on the
 * same day each year.
 */
export function leavesADayOpen(closed: ClosedDays): boolean {
  const { closures, holidays = 'none' } = closed;
  const name = nameOf(closed);
  const isOpen = (day: string): boolean =>
    day !== '02-29' && !isInYearly(closures, day) && !isFixedHoliday(holidays, day);
  const known = leavings.get(name) ?? daysOfYear.some(isOpen);
  leavings.set(name, known);
  return known;
}

/** The same for calendars with the same closed days. */
export function nameOf({ closures, holidays = 'none' }: ClosedDays): string {
  return [holidays, ...closures.map(({ from, to }) => `${from}/${to}`)].join(' ');
}
