// Days and hours as people of a lab say them: "mardi 1er décembre à 14 h 30 (heure de Paris)".
import type { Locale } from '../domain/terms.ts';

const tags: Readonly<Record<Locale, string>> = { fr: 'fr-FR', en: 'en-GB' };
const nbsp = '\u00a0';

/** What the zones of French labs are called; any other one has the name of its city. */
const places: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  'America/Guadeloupe': { fr: 'de la Guadeloupe', en: 'Guadeloupe' },
  'America/Martinique': { fr: 'de la Martinique', en: 'Martinique' },
  'Indian/Mayotte': { fr: 'de Mayotte', en: 'Mayotte' },
  'Indian/Reunion': { fr: 'de La Réunion', en: 'Réunion' },
  'Pacific/Noumea': { fr: 'de Nouméa', en: 'Nouméa' },
};

/** zone: IANA. */
interface Reader {
  readonly locale: Locale;
  readonly zone: string;
}

/** "mardi 1er décembre", "Tuesday 1 December". */
export function tellDay(instant: Date, { locale, zone }: Reader): string {
  const format = { weekday: 'long', day: 'numeric', month: 'long', timeZone: zone } as const;
  const parts = new Intl.DateTimeFormat(tags[locale], format).formatToParts(instant);
  return parts.map(({ type, value }) => (locale === 'fr' && type === 'day' && value === '1' ? '1er' : value)).join('');
}

/** The day, the hour, and whose hour it is. */
export function tellMoment(instant: Date, reader: Reader): string {
  const { locale, zone } = reader;
  const format = { hour: 'numeric', minute: '2-digit', hourCycle: 'h23', timeZone: zone } as const;
  const parts = new Intl.DateTimeFormat(tags.en, format).formatToParts(instant);
  const [hour = '', minute = ''] = (['hour', 'minute'] as const).map(
    (type) => parts.find((part) => part.type === type)?.value,
  );
  const day = tellDay(instant, reader);
  if (locale === 'en') return `${day}, ${Number(hour)}:${minute} (${placeOf(reader)} time)`;
  const minutes = minute === '00' ? '' : `${nbsp}${minute}`;
  return `${day} à ${Number(hour)}${nbsp}h${minutes} (heure ${placeOf({ locale, zone })})`;
}

function placeOf({ locale, zone }: Reader): string {
  const city = (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
  const known = places[zone]?.[locale];
  if (known !== undefined || locale === 'en') return known ?? city;
  return /^[AEIOUÉÎ]/u.test(city) ? `d’${city}` : `de ${city}`;
}
