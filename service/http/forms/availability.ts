// Somebody's hours as a form: the usual week, or any time, and the exceptions.
import { z } from 'zod';
import { addDays } from '../../domain/calendar.ts';
import { mostAbsences, type Absence, type Availability } from '../../domain/availability.ts';
import type { Modality } from '../../domain/terms.ts';
import { box, maybeDay, type Raw } from './form.ts';
import {
  nextWeekOf,
  rowFields,
  silently,
  weekRaw,
  windowsIn,
  type Complain,
  type Typed,
  type WeekRules,
} from './week.ts';

/** Lines for absences: all that are stored and a few empty ones, at most this many. */
export const absenceLines = mostAbsences;
const lines = Array.from({ length: absenceLines }, (_, line) => line);

export const availabilityFields: Record<string, z.ZodType> = {
  anyTime: box,
  ...rowFields,
  /** The Monday of a week of absence. */
  awayWeek: maybeDay,
  ...Object.fromEntries(
    lines.flatMap((line) => [
      [`awayFrom${line}`, maybeDay],
      [`awayTo${line}`, maybeDay],
    ]),
  ),
};

function absencesOf(typed: Typed, today: string, complain: Complain): Absence[] {
  const typedLines = lines.flatMap((line): Absence[] => {
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
  const monday = typed['awayWeek'] as string | undefined;
  const week = monday === undefined ? [] : [{ fromOn: monday, toOn: addDays(monday, 6) }];
  const added = week.filter(({ fromOn, toOn }) => !typedLines.some((one) => one.fromOn <= fromOn && toOn <= one.toOn));
  if (typedLines.length + added.length > absenceLines) complain('awayWeek', 'forms:too_many_absences');
  return [...typedLines, ...added].sort((a, b) => (a.fromOn < b.fromOn ? -1 : 1));
}

/** today: local date YYYY-MM-DD; one that a page was shown with the day before is taken. */
export function availabilityIn(
  typed: Typed,
  rules: WeekRules & { readonly today: string },
  complain: Complain,
): Availability {
  const anyTime = typed['anyTime'] === true;
  const windows = windowsIn(typed, anyTime ? { ...rules, halfHours: 1 } : rules, complain);
  return { anyTime, windows, absences: absencesOf(typed, addDays(rules.today, -1), complain) };
}

const typedForm = z.strictObject(availabilityFields);

interface Rules extends WeekRules {
  readonly today: string;
  /** The form as it was shown, not as it was sent. */
  readonly asShown?: boolean;
}

export const availabilityForm = (rules: Rules) =>
  typedForm.transform((typed: Typed, context): Availability => {
    const complain: Complain = (field, message) => {
      context.addIssue({ code: 'custom', path: [field], message });
    };
    if (rules.asShown) return availabilityIn(typed, rules, silently);
    const availability = availabilityIn(typed, rules, complain);
    if (!availability.anyTime && availability.windows.length === 0 && context.issues.length === 0) {
      complain('anyTime', 'forms:no_window');
    }
    return availability;
  });

/** Past absences are left out: they are of no use any more. */
export function availabilityRaw(
  { anyTime, windows, absences }: Availability,
  { today, ways }: { readonly today: string; readonly ways: readonly Modality[] },
): Raw {
  const away = absences.filter(({ toOn }) => toOn >= today).slice(0, absenceLines);
  return {
    ...(anyTime && { anyTime: 'yes' }),
    ...weekRaw({ windows }, ways),
    ...Object.fromEntries(
      away.flatMap(({ fromOn, toOn }, line) => [
        [`awayFrom${line}`, fromOn],
        [`awayTo${line}`, toOn],
      ]),
    ),
  };
}

/** The week that one tick takes out, unless it is taken out already. */
export function weekToLeaveOut({ absences }: Pick<Availability, 'absences'>, today: string): string | undefined {
  const { monday, sunday } = nextWeekOf(today);
  return absences.some(({ fromOn, toOn }) => fromOn <= monday && sunday <= toOn) ? undefined : monday;
}
