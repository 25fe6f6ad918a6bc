// Days and minutes of administration, on the wall clock of the programme's own place.
import type { AdminVisit } from '../visit.ts';

type Speaker = Pick<AdminVisit, 'locale' | 'zone'>;

const formats = {
  /** 24 novembre 2026 */
  day: { day: 'numeric', month: 'long', year: 'numeric' },
  /** 24 novembre 2026 à 14:30 */
  moment: { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  /** 24/11 14:30 */
  short: { day: '2-digit', month: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

export function told({ locale, zone }: Speaker, instant: Date, format: keyof typeof formats): string {
  const language = locale === 'en' ? 'en-GB' : 'fr-FR';
  return new Intl.DateTimeFormat(language, { timeZone: zone, ...formats[format] }).format(instant);
}

/** Names of labs; a lab that left the configuration keeps its id. */
export function labName({ labs }: Pick<AdminVisit, 'labs'>, id: string): string {
  return labs.find((lab) => lab.id === id)?.name ?? id;
}

export function labItems({ labs }: Pick<AdminVisit, 'labs'>, chosen: string | undefined) {
  return labs.map(({ id, name }) => ({ value: id, label: name, chosen: id === chosen }));
}
