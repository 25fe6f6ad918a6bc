// The week as a form: per weekday two usual half-days to tick and up to three windows of one's own; absences by date.
import { z } from 'zod';
import { addDays } from '../../domain/calendar.ts';
import type { Absence, Availability, WeeklyWindow } from '../../domain/availability.ts';
const meetingMinutes = 60;
import { box, many, maybeDay, type Raw } from './form.ts';

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
export const rows = [1, 2, 3] as const;
/** Lines for absences: all that are stored and a few empty ones, at most this many. */
export const absenceLines = 12;

/** The two half-days that can be ticked, in minutes after midnight. */
export const halfDays = { morning: { from: 540, to: 720 }, afternoon: { from: 840, to: 1020 } } as const;
const halfDayNames = ['morning', 'afternoon'] as const;

export const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

const time = z
  .string()
  .regex(/^(?:$|(?:[01]\d|2[0-3]):[03]0|24:00)$/u, 'forms:time')
  .default('')
  .transform((typed) => (typed === '' ? undefined : Number(typed.slice(0, 2)) * 60 + Number(typed.slice(3))));

function fields(): Record<string, z.ZodType> {
  const week = weekdays.flatMap((weekday): [string, z.ZodType][] => [
    [`half${weekday}`, many(halfDayNames)],
    ...rows.flatMap((row): [string, z.ZodType][] => [
      [`from${weekday}_${row}`, time],
      [`to${weekday}_${row}`, time],
    ]),
  ]);
  const away = Array.from({ length: absenceLines }, (_, line): [string, z.ZodType][] => [
    [`awayFrom${line}`, maybeDay],
    [`awayTo${line}`, maybeDay],
  ]);
  return Object.fromEntries([['anyTime', box], ...week, ...away.flat()]);
}

const midnight = 24 * 60;

type Typed = Readonly<Record<string, unknown>>;
type Complain = (field: string, message: string) => void;

/** Windows of a day that touch or overlap become one. */
function merge(windows: readonly WeeklyWindow[]): WeeklyWindow[] {
  const merged: WeeklyWindow[] = [];
  for (const next of [...windows].sort((a, b) => a.weekday - b.weekday || a.from - b.from)) {
    const last = merged.at(-1);
    if (last?.weekday === next.weekday && next.from <= last.to) {
      merged[merged.length - 1] = { ...last, to: Math.max(last.to, next.to) };
    } else merged.push(next);
  }
  return merged;
}

function windowsOf(typed: Typed, complain: Complain): WeeklyWindow[] {
  const windows = weekdays.flatMap((weekday): WeeklyWindow[] => {
    const ticked = typed[`half${weekday}`] as (keyof typeof halfDays)[];
    const own = rows.flatMap((row) => {
      const from = typed[`from${weekday}_${row}`] as number | undefined;
      const to = typed[`to${weekday}_${row}`] as number | undefined;
      if (from === undefined && to === undefined) return [];
      if (from !== undefined && to !== undefined && from < to) return [{ weekday, from, to }];
      complain(from === undefined ? `from${weekday}_${row}` : `to${weekday}_${row}`, 'forms:window');
      return [];
    });
    return [...ticked.map((name) => ({ weekday, ...halfDays[name] })), ...own];
  });
  const merged = merge(windows);
  for (const { weekday, from } of merged.filter((window) => isTooShort(window, merged))) {
    const row = rows.find((one) => typed[`from${weekday}_${one}`] === from) ?? 1;
    complain(`to${weekday}_${row}`, 'forms:short_window');
  }
  return merged;
}

/** No meeting fits in, also with what goes on before or after midnight. */
function isTooShort({ weekday, from, to }: WeeklyWindow, all: readonly WeeklyWindow[]): boolean {
  const isThere = (day: number, touches: (window: WeeklyWindow) => boolean): boolean =>
    all.some((one) => one.weekday === ((day + 6) % 7) + 1 && touches(one));
  const goesOn = to === midnight && isThere(weekday + 1, (next) => next.from === 0);
  const wentOn = from === 0 && isThere(weekday - 1, (before) => before.to === midnight);
  return to - from < meetingMinutes && !goesOn && !wentOn;
}

function absencesOf(typed: Typed, today: string, complain: Complain): Absence[] {
  return Array.from({ length: absenceLines }, (_, line) => line).flatMap((line): Absence[] => {
    const fromOn = typed[`awayFrom${line}`] as string | undefined;
    const toOn = (typed[`awayTo${line}`] as string | undefined) ?? fromOn;
    if (fromOn === undefined && toOn === undefined) return [];
    if (fromOn !== undefined && toOn !== undefined && fromOn <= toOn) {
      // Nobody is away in the past: the year, or the month, is another one than was meant.
      if (toOn < today) complain(`awayTo${line}`, 'forms:past_absence');
      return [{ fromOn, toOn }];
    }
    complain(fromOn === undefined ? `awayFrom${line}` : `awayTo${line}`, 'forms:absence');
    return [];
  });
}

const typedForm = z.strictObject(fields());

/** today: local date YYYY-MM-DD; one that a page was shown with the day before is taken. */
export const availabilityForm = (today: string) =>
  typedForm.transform((typed: Typed, context): Availability => {
    const complain: Complain = (field, message) => {
      context.addIssue({ code: 'custom', path: [field], message });
    };
    const windows = windowsOf(typed, complain);
    const absences = absencesOf(typed, addDays(today, -1), complain);
    const anyTime = typed['anyTime'] === true;
    if (!anyTime && windows.length === 0 && context.issues.length === 0) complain('anyTime', 'forms:no_window');
    return { anyTime, windows, absences: absences.sort((a, b) => (a.fromOn < b.fromOn ? -1 : 1)) };
  });

/** Past absences are left out: they are of no use any more. */
export function availabilityRaw({ anyTime, windows, absences }: Availability, today: string): Raw {
  const raw: Record<string, string | string[]> = anyTime ? { anyTime: 'yes' } : {};
  for (const weekday of weekdays) {
    let row = 0;
    const ticked: string[] = [];
    for (const { from, to } of windows.filter((window) => window.weekday === weekday)) {
      const name = halfDayNames.find((half) => halfDays[half].from === from && halfDays[half].to === to);
      if (name) ticked.push(name);
      else {
        row += 1;
        raw[`from${weekday}_${row}`] = clock(from);
        raw[`to${weekday}_${row}`] = clock(to);
      }
    }
    raw[`half${weekday}`] = ticked;
  }
  absences
    .filter(({ toOn }) => toOn >= today)
    .slice(0, absenceLines)
    .forEach(({ fromOn, toOn }, line) => {
      raw[`awayFrom${line}`] = fromOn;
      raw[`awayTo${line}`] = toOn;
    });
  return raw;
}
