// The public holidays of France beside a package that is kept up to date: every day of a hundred years.
import { expect } from 'chai';
import Holidays from 'date-holidays';
import { isHoliday, type Holidays as Kind } from '../../service/domain/holidays.ts';

const first = Date.UTC(2000, 0, 1);
const dayMs = 86_400_000;
const days = Array.from({ length: (Date.UTC(2101, 0, 1) - first) / dayMs }, (_, day) =>
  new Date(first + day * dayMs).toISOString().slice(0, 10),
);

/** Those on which nobody works, without the days that are merely observed. */
function publicHolidays(country: string, state?: string): ReadonlySet<string> {
  const calendar = state === undefined ? new Holidays(country) : new Holidays(country, state);
  const years = Array.from({ length: 101 }, (_, year) => 2000 + year);
  const all = years.flatMap((year) => calendar.getHolidays(year));
  return new Set(all.filter(({ type }) => type === 'public').map(({ date }) => date.slice(0, 10)));
}

describe('The public holidays', () => {
  const kinds: readonly (readonly [Kind, string, string | undefined])[] = [
    ['france', 'France', undefined],
    ['alsace-moselle', 'Moselle', '57'],
    ['alsace-moselle', 'Bas-Rhin', '67'],
    ['alsace-moselle', 'Haut-Rhin', '68'],
  ];
  for (const [kind, where, state] of kinds) {
    it(`of ${where} are those of date-holidays on every day from 2000 to 2100`, () => {
      const expected = publicHolidays('FR', state);
      expect(days.filter((day) => isHoliday(kind, day) !== expected.has(day))).to.deep.equal([]);
      expect(expected.size).to.be.above(1000);
    });
  }
});
