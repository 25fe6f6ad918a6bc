// Codes and instants in the person's language: terms from the locales, lists and dates by Intl in the lab's zone.
import { halfDayOf, weeklySlots, type Availability } from '../../domain/availability.ts';
import type { Visit } from '../visit.ts';

type Speaker = Pick<Visit, 't' | 'locale'>;
type Place = Pick<Visit, 'locale' | 'lab'>;

/** "a, b et c"; nothing for an empty list. */
export function listed({ locale }: Pick<Visit, 'locale'>, items: readonly string[]): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(items);
}

const styles = {
  /** mardi 24 novembre */
  day: { weekday: 'long', day: 'numeric', month: 'long' },
  /** 24 novembre 2026 */
  date: { day: 'numeric', month: 'long', year: 'numeric' },
  /** 14:30 */
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  /** mardi 24 novembre à 14:30 */
  moment: { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** An instant, on the wall clock of the person's lab. */
export function told({ locale, lab }: Place, instant: Date, style: keyof typeof styles): string {
  const language = locale === 'en' ? 'en-GB' : 'fr-FR';
  const key = `${language} ${lab.calendar.zone} ${style}`;
  const formatter =
    formatters.get(key) ?? new Intl.DateTimeFormat(language, { timeZone: lab.calendar.zone, ...styles[style] });
  formatters.set(key, formatter);
  return formatter.format(instant);
}

/** A local day YYYY-MM-DD, as a date. */
export function toldDay({ locale }: Pick<Visit, 'locale'>, day: string): string {
  const language = locale === 'en' ? 'en-GB' : 'fr-FR';
  return new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...styles.date }).format(new Date(`${day}T12:00:00Z`));
}

export type TermKind = 'topic' | 'language' | 'format' | 'modality' | 'careerStage' | 'labPreference' | 'halfDay';

export function term({ t }: Pick<Visit, 't'>, kind: TermKind, code: string): string {
  return t(`terms:${kind}.${code}`);
}

/** Codes of one kind as a list in a sentence. */
export function terms(speaker: Speaker, kind: TermKind, codes: readonly string[]): string {
  return listed(
    speaker,
    codes.map((code) => term(speaker, kind, code)),
  );
}

/** Half-days of a week, "1am" to "7pm", in which somebody can talk. */
export function halfDaysOf(availability: Availability): string[] {
  return [...new Set(weeklySlots(availability).map(halfDayOf))];
}

const weekdays = [1, 2, 3, 4, 5, 6, 7];

/** Half-days in few words: "du lundi au vendredi", "mardi matin et jeudi"; "to be agreed" when there are none. */
export function halfDayWords(speaker: Speaker, codes: readonly string[]): string {
  const { t } = speaker;
  const isWhole = (day: number): boolean => codes.includes(`${day}am`) && codes.includes(`${day}pm`);
  const workWeek = weekdays.slice(0, 5).every(isWhole);
  const words = weekdays.slice(workWeek ? 5 : 0).flatMap((day) => {
    if (isWhole(day)) return [t(`terms:day.${day}`)];
    return codes.filter((code) => code.startsWith(String(day))).map((code) => term(speaker, 'halfDay', code));
  });
  return listed(speaker, [...(workWeek ? [t('terms:work_week')] : []), ...words]) || t('card:no_half_days');
}

/** A line of a description list. */
export interface Row {
  readonly label: string;
  readonly value: string;
}

/** Words of ours as a line of their own: with a capital, unlike in a sentence. */
export function row({ t, locale }: Speaker, label: string, words: string): Row {
  const [first = '', ...rest] = words;
  return { label: t(label), value: first.toLocaleUpperCase(locale) + rest.join('') };
}
