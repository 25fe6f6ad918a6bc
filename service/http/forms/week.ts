// The week as rows: days, from, to, and in which ways. The editor of the page writes the same rows.
import { z } from 'zod';
import { mostWindows, type Availability, type WeeklyWindow } from '../../domain/availability.ts';
import { addDays } from '../../domain/calendar.ts';
import { modalities, type Modality } from '../../domain/terms.ts';
import { cellsOf, tooShort, windowsOf } from '../../domain/week-cells.ts';
import { many, type Raw } from './form.ts';

export const weekdays = ['1', '2', '3', '4', '5', '6', '7'] as const;
export const mostRows = mostWindows;
const rowNumbers = Array.from({ length: mostRows }, (_, row) => row);

const midnight = 24 * 60;

export const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

const time = z
  .string()
  .regex(/^(?:$|(?:[01]\d|2[0-3]):[03]0$)/u, 'forms:half_hours')
  .default('')
  .transform((typed) => (typed === '' ? undefined : Number(typed.slice(0, 2)) * 60 + Number(typed.slice(3))));

export const rowFields: Record<string, z.ZodType> = Object.fromEntries(
  rowNumbers.flatMap((row): [string, z.ZodType][] => [
    [`days${row}`, many(weekdays)],
    [`from${row}`, time],
    [`to${row}`, time],
    [`ways${row}`, many(modalities)],
  ]),
);

export type Typed = Readonly<Record<string, unknown>>;
export type Complain = (field: string, message: string) => void;

/** For a form as it was shown: what is missing in it is nobody's fault. */
export const silently: Complain = () => undefined;

/** What the rows are read by. ways: in which the person meets; halfHours: of the meetings that have to fit in. */
export interface WeekRules {
  readonly ways: readonly Modality[];
  readonly halfHours: number;
}

interface Row {
  readonly row: number;
  readonly windows: readonly WeeklyWindow[];
}

/** Windows that touch or overlap become one. */
export function windowsIn(typed: Typed, { ways, halfHours }: WeekRules, complain: Complain): WeeklyWindow[] {
  const rows = rowNumbers.flatMap((row) => readRow(typed, row, { ways, complain }));
  const windows = windowsOf(cellsOf(rows.flatMap((row) => row.windows)));
  for (const short of tooShort(windows, halfHours)) {
    const { row } = rows.find((one) => one.windows.some((window) => isWithin(window, short))) ?? { row: 0 };
    complain(`to${row}`, 'forms:short_window');
  }
  if (windows.length > mostWindows) complain('days0', 'forms:too_many_windows');
  return windows;
}

function isWithin(window: WeeklyWindow, { weekday, from, to }: WeeklyWindow): boolean {
  return window.weekday === weekday && window.from < to && window.to > from;
}

/** To 0:00 is to the end of the day. A way that is not the person's says nothing. */
function readRow(
  typed: Typed,
  row: number,
  { ways, complain }: { readonly ways: readonly Modality[]; readonly complain: Complain },
): Row[] {
  const days = typed[`days${row}`] as string[];
  const from = typed[`from${row}`] as number | undefined;
  const until = typed[`to${row}`] as number | undefined;
  const to = until === 0 ? midnight : until;
  if (days.length === 0 && from === undefined && to === undefined) return [];
  if (days.length === 0) complain(`days${row}`, 'forms:window_days');
  if (from === undefined || to === undefined || from >= to) {
    complain(from === undefined ? `from${row}` : `to${row}`, 'forms:window');
    return [];
  }
  const own = (typed[`ways${row}`] as Modality[]).filter((way) => ways.includes(way));
  const some = own.length > 0 && own.length < ways.length ? { modalities: own } : {};
  return [{ row, windows: days.map((day) => ({ weekday: Number(day), from, to, ...some })) }];
}

/** A row for all days that have the same window, in the order of the week. */
export function weekRaw({ windows }: Pick<Availability, 'windows'>, ways: readonly Modality[]): Raw {
  const rows = new Map<string, { days: string[]; window: WeeklyWindow }>();
  for (const window of windows) {
    const own = window.modalities ?? ways;
    const name = `${window.from} ${window.to} ${own.join()}`;
    const { days } = rows.get(name) ?? { days: [] };
    rows.set(name, { days: [...days, String(window.weekday)], window });
  }
  const fields = [...rows.values()].flatMap(({ days, window }, row): [string, string | string[]][] => [
    [`days${row}`, days],
    [`from${row}`, clock(window.from)],
    [`to${row}`, clock(window.to)],
    [`ways${row}`, [...(window.modalities ?? ways)]],
  ]);
  return Object.fromEntries(fields);
}

/** The Monday and Sunday after a local date. */
export function nextWeekOf(today: string): { readonly monday: string; readonly sunday: string } {
  const sinceMonday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
  const monday = addDays(today, 7 - sinceMonday);
  return { monday, sunday: addDays(monday, 6) };
}
