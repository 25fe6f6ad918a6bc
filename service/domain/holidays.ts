// The public holidays of France, computed for any year: which days they are, and which lab has them when nobody says so.

/** From the fewest to the most: each has all the days of those before it. */
export const holidayKinds = ['none', 'france', 'alsace-moselle'] as const;
export type Holidays = (typeof holidayKinds)[number];

/** The same days of each year, "MM-DD". */
const fixedOfFrance = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'];
/** Days after Easter Sunday: Easter Monday, Ascension Day, Whit Monday. */
const movableOfFrance = [1, 39, 50];

/**
 * Of France the eleven of the Code du travail, article L3133-1. Of Haut-Rhin, Bas-Rhin and Moselle also Good Friday and
 * 26 December, article L3134-13; it gives Good Friday to towns with a Protestant or a shared church, as those with
 * universities are. Left out are the days that commemorate the abolition of slavery (article L3422-2) and other days of single
 * territories: each is its own date, and a lab there writes it down as a closure of one day.
 */
const days: Readonly<Record<Holidays, { readonly fixed: readonly string[]; readonly afterEaster: readonly number[] }>> =
  {
    none: { fixed: [], afterEaster: [] },
    france: { fixed: fixedOfFrance, afterEaster: movableOfFrance },
    'alsace-moselle': { fixed: [...fixedOfFrance, '12-26'], afterEaster: [-2, ...movableOfFrance] },
  };

/** Where France's eleven are public holidays, whatever else is one there. */
const frenchZones = [
  ...['Europe/Paris', 'America/Martinique', 'America/Guadeloupe', 'America/Marigot', 'America/St_Barthelemy'],
  ...['America/Cayenne', 'America/Miquelon', 'Indian/Reunion', 'Indian/Mayotte', 'Indian/Kerguelen'],
  ...['Pacific/Tahiti', 'Pacific/Marquesas', 'Pacific/Gambier', 'Pacific/Noumea', 'Pacific/Wallis'],
].map((zone) => zone.toLowerCase());

/** Of a lab that does not say which it has. Zones may be written in any case. */
export function usualHolidays(zone: string): Holidays {
  return frenchZones.includes(zone.toLowerCase()) ? 'france' : 'none';
}

/** Those of two labs together. */
export function joinHolidays(one: Holidays, other: Holidays): Holidays {
  return holidayKinds.findLast((kind) => kind === one || kind === other) ?? 'none';
}

/** day: "MM-DD". Whether it is a holiday in every year. */
export function isFixedHoliday(holidays: Holidays, day: string): boolean {
  return days[holidays].fixed.includes(day);
}

const years = new Map<string, ReadonlySet<string>>();

/** date: YYYY-MM-DD. Each year is worked out once. */
export function isHoliday(holidays: Holidays, date: string): boolean {
  const key = `${holidays} ${date.slice(0, 4)}`;
  const known = years.get(key) ?? holidaysIn(holidays, Number(date.slice(0, 4)));
  years.set(key, known);
  return known.has(date);
}

function holidaysIn(holidays: Holidays, year: number): ReadonlySet<string> {
  const { fixed, afterEaster } = days[holidays];
  const name = String(year).padStart(4, '0');
  return new Set([...fixed.map((day) => `${name}-${day}`), ...afterEaster.map((after) => dayFromEaster(year, after))]);
}

/**
 * The date some days after Easter Sunday, by the anonymous Gregorian algorithm (Nature, 20 April 1876; Butcher; Meeus,
 * Astronomical Algorithms, chapter 8), whose letters these are. It needs no table and holds for every Gregorian year.
 */
function dayFromEaster(year: number, after: number): string {
  const a = year % 19;
  const [b, c] = [Math.floor(year / 100), year % 100];
  const [d, e] = [Math.floor(b / 4), b % 4];
  const g = Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const l = (32 + 2 * e + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const n = h + l - 7 * Math.floor((a + 11 * h + 22 * l) / 451) + 114;
  return new Date(Date.UTC(year, Math.floor(n / 31) - 1, (n % 31) + 1 + after)).toISOString().slice(0, 10);
}
