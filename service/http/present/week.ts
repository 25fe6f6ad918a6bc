// The week for its page: rows of days and hours, exceptions, what the lab's calendar takes out, and the words of the editor.
import type { Availability, WeeklyWindow } from '../../domain/availability.ts';
import { addDays, isClosedOn, toLocal, type WorkingCalendar } from '../../domain/calendar.ts';
import { daysAhead } from '../../domain/free-time.ts';
import { modalities, type Modality } from '../../domain/terms.ts';
import { absenceLines, weekToLeaveOut } from '../forms/availability.ts';
import { mostRows, nextWeekOf, weekdays } from '../forms/week.ts';
import type { ParticipantVisit } from '../visit.ts';
import type { Fields, Filled } from './fields.ts';
import { listed, term, terms, toldDay } from './words.ts';

/** Empty rows beyond those that are filled. */
const spare = 2;

/** How many rows, or lines, are shown: all that hold something, and some more. */
function shownOf({ raw }: Filled, names: readonly string[], most: number): number[] {
  const isUsed = (row: number): boolean => names.some((name) => [raw[`${name}${row}`] ?? ''].flat().join('') !== '');
  const all = Array.from({ length: most }, (_, row) => row);
  return all.slice(0, all.findLastIndex(isUsed) + 1 + spare);
}

export function presentWeek(visit: ParticipantVisit, fields: Fields, filled: Filled): object {
  const { t, profile, lab, ports } = visit;
  const today = toLocal(ports.clock.now(), lab.calendar.zone).date;
  const ways = modalities.filter((way) => profile.modalities.includes(way));
  const rows = shownOf(filled, ['days', 'from', 'to'], mostRows).map((row) => ({
    number: row + 1,
    days: fields.choices(`days${row}`, weekdays, (day) => t(`terms:weekday_short.${day}`)),
    from: fields.text(`from${row}`),
    to: fields.text(`to${row}`),
    ways: ways.length > 1 && fields.choices(`ways${row}`, ways, (way) => term(visit, 'modality', way)),
  }));
  const lines = shownOf(filled, ['awayFrom', 'awayTo'], absenceLines);
  const { monday, sunday } = nextWeekOf(today);
  const isLeftOut = weekToLeaveOut(profile.availability, today) === undefined;
  return {
    rows,
    anyTime: fields.box('anyTime'),
    zone: lab.calendar.zone,
    today,
    week: {
      ...fields.text('awayWeek'),
      value: monday,
      chosen: [filled.raw['awayWeek']].flat()[0] === monday,
      isThere: isLeftOut,
      label: t('week:exceptions.next', { from: shortDay(visit, monday), to: shortDay(visit, sunday) }),
    },
    hasLines: lines.length > spare,
    lines: lines.map((line) => ({
      number: line + 1,
      from: fields.text(`awayFrom${line}`),
      to: fields.text(`awayTo${line}`),
    })),
    closed: closedDays(lab.calendar, today).map(({ fromOn, toOn }) => rangeWords(visit, fromOn, toOn)),
    words: JSON.stringify(editorWords(visit, ways)),
  };
}

/** What the editor says; it has no words of its own. */
function editorWords(visit: ParticipantVisit, ways: readonly Modality[]): object {
  const { t } = visit;
  // Filled in by the editor.
  const ends = { from: '{{from}}', to: '{{to}}' };
  return {
    ways: ways.map((way) => ({
      way,
      bit: 1 << modalities.indexOf(way),
      label: term(visit, 'modality', way),
      letter: t(`week:letter.${way}`),
    })),
    days: weekdays.map((day) => t(`terms:weekday.${day}`)),
    short: weekdays.map((day) => t(`terms:weekday_short.${day}`)),
    hours: Array.from({ length: 49 }, (_, at) => hourWords(visit, at * 30)),
    sentences: {
      ...{
        grid: t('week:editor.grid'),
        help: t('week:editor.help'),
        free: t('week:editor.free', { range: '{{range}}' }),
      },
      ...{
        taken: t('week:editor.taken', { range: '{{range}}' }),
        range: t('week:editor.range', { day: '{{day}}', ...ends }),
      },
      ...{ more: t('week:editor.more'), less: t('week:editor.less'), clear: t('week:editor.clear') },
      ...{ undo: t('week:editor.undo'), redo: t('week:editor.redo'), brush: t('week:editor.brush') },
      ...{ copy: t('week:editor.copy'), to: t('week:editor.to'), workdays: t('week:editor.workdays') },
      ...{ copied: t('week:editor.copied', ends), presets: t('week:editor.presets') },
    },
    presets: [
      { label: t('week:preset.lunch'), from: 24, to: 28 },
      { label: t('week:preset.mornings'), from: 18, to: 24 },
      { label: t('week:preset.afternoons'), from: 28, to: 34 },
      { label: t('week:preset.late'), from: 34, to: 38 },
    ],
  };
}

/** "12 h", "12 h 30"; "12:00" in English. */
export function hourWords({ locale }: Pick<ParticipantVisit, 'locale'>, minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), String(minutes % 60).padStart(2, '0')];
  if (locale === 'en') return `${hours}:${rest}`;
  return rest === '00' ? `${hours}\u00a0h` : `${hours}\u00a0h\u00a0${rest}`;
}

/** "mardi et jeudi de 12 h à 14 h (vidéo), sauf du 7 au 13 décembre". today: past absences are left out. */
export function weekSentence(
  visit: ParticipantVisit,
  { anyTime, windows, absences }: Availability,
  today: string,
): string {
  const { t } = visit;
  const away = absences.filter(({ toOn }) => toOn >= today).map(({ fromOn, toOn }) => rangeWords(visit, fromOn, toOn));
  const hours = anyTime ? t('week:sentence.any_time') : hoursInWords(visit, windows);
  if (hours === '') return t('week:sentence.none');
  return away.length === 0
    ? t('week:sentence.all', { hours })
    : t('week:sentence.except', { hours, away: listed(visit, away) });
}

function hoursInWords(visit: ParticipantVisit, windows: readonly WeeklyWindow[]): string {
  const { t } = visit;
  const byDay = new Map<string, number[]>();
  for (const day of [1, 2, 3, 4, 5, 6, 7]) {
    const ofDay = windows.filter(({ weekday }) => weekday === day).map((window) => windowWords(visit, window));
    const words = listed(visit, ofDay);
    if (words !== '') byDay.set(words, [...(byDay.get(words) ?? []), day]);
  }
  const parts = [...byDay].map(([hours, days]) => t('week:sentence.on', { days: daysInWords(visit, days), hours }));
  return parts.join(t('week:sentence.then'));
}

function daysInWords(visit: ParticipantVisit, days: readonly number[]): string {
  const [first = 0] = days;
  const isRun = days.length > 2 && days.every((day, at) => day === first + at);
  const name = (day: number | undefined): string => visit.t(`week:every.${day ?? 0}`);
  if (isRun) return visit.t('week:sentence.run', { from: name(first), to: name(days.at(-1)) });
  return listed(visit, days.map(name));
}

function windowWords(visit: ParticipantVisit, { from, to, modalities: ways }: WeeklyWindow): string {
  const hours = { from: hourWords(visit, from), to: hourWords(visit, to) };
  if (!ways) return visit.t('week:sentence.window', hours);
  return visit.t('week:sentence.window_only', { ...hours, ways: terms(visit, 'modality', ways) });
}

function shortDay({ locale }: Pick<ParticipantVisit, 'locale'>, day: string): string {
  const language = locale === 'en' ? 'en-GB' : 'fr-FR';
  const style = { timeZone: 'UTC', day: 'numeric', month: 'long' } as const;
  return new Intl.DateTimeFormat(language, style).format(new Date(`${day}T12:00:00Z`));
}

function rangeWords(visit: ParticipantVisit, fromOn: string, toOn: string): string {
  if (fromOn === toOn) return visit.t('week:sentence.day', { day: toldDay(visit, fromOn) });
  return visit.t('week:sentence.days', { from: shortDay(visit, fromOn), to: toldDay(visit, toOn) });
}

/** In the weeks for which times are on offer. */
function closedDays(calendar: WorkingCalendar, today: string): { fromOn: string; toOn: string }[] {
  const ranges: { fromOn: string; toOn: string }[] = [];
  for (let ahead = 0; ahead <= daysAhead; ahead++) {
    const day = addDays(today, ahead);
    if (!isClosedOn(calendar, day)) continue;
    const last = ranges.at(-1);
    if (last && addDays(last.toOn, 1) === day) last.toOn = day;
    else ranges.push({ fromOn: day, toOn: day });
  }
  return ranges;
}
