import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { Availability } from '../../service/domain/availability.ts';
import type { WorkingCalendar } from '../../service/domain/calendar.ts';
import { commonStarts, type Attendee } from '../../service/domain/common-starts.ts';

const paris: WorkingCalendar = { zone: 'Europe/Paris', closures: [] };
const free = (...windows: Availability['windows'][number][]): Availability => ({
  anyTime: false,
  windows,
  absences: [],
});
const attends = (availability: Availability, calendar = paris): Attendee => ({ availability, calendar });
const at = (local: string): Date => DateTime.fromISO(local, { zone: paris.zone }).toJSDate();
const shown = (instants: Date[]): string[] =>
  instants.map((instant) => DateTime.fromJSDate(instant, { zone: paris.zone }).toFormat("MM-dd'T'HH:mm"));

const dayMs = 86_400_000;
const mondayMorning = { weekday: 1, from: 9 * 60, to: 12 * 60 };

describe('Times on offer for a meeting', () => {
  it('are the half-hours from which both are free for an hour', () => {
    const one = attends(free(mondayMorning));
    const other = attends(free({ weekday: 1, from: 10 * 60, to: 11 * 60 + 30 }));
    expect(shown(commonStarts([one, other], at('2026-11-01T08:00'), 7))).to.deep.equal(['11-02T10:00', '11-02T10:30']);
  });

  it('leave out the days on which one is away', () => {
    const one = attends({ ...free(mondayMorning), absences: [{ fromOn: '2026-11-02', toOn: '2026-11-06' }] });
    const starts = shown(commonStarts([one, attends(free(mondayMorning))], at('2026-11-01T08:00'), 14));
    expect(new Set(starts.map((start) => start.slice(0, 5)))).to.deep.equal(new Set(['11-09']));
  });

  it('leave out the closure of either lab', () => {
    const closed = { zone: paris.zone, closures: [{ from: '11-01', to: '11-07' }] };
    const pair: [Attendee, Attendee] = [attends(free(mondayMorning)), attends(free(mondayMorning), closed)];
    expect(commonStarts(pair, at('2026-11-01T08:00'), 7)).to.deep.equal([]);
  });

  it('keep the hour on the wall over the end of summer time', () => {
    const pair: [Attendee, Attendee] = [attends(free(mondayMorning)), attends(free(mondayMorning))];
    const starts = commonStarts(pair, at('2026-10-18T12:00'), 14);
    expect(shown(starts).filter((start) => start.endsWith('09:00'))).to.deep.equal(['10-19T09:00', '10-26T09:00']);
    expect(starts.map((start) => start.getUTCHours())).to.include.members([7, 8]);
  });

  it('meet in one instant for labs in two time zones', () => {
    const martinique = { zone: 'America/Martinique', closures: [] };
    const one = attends(free({ weekday: 1, from: 14 * 60, to: 16 * 60 }));
    const other = attends(free({ weekday: 1, from: 9 * 60, to: 10 * 60 }), martinique);
    expect(shown(commonStarts([one, other], at('2026-11-01T08:00'), 7))).to.deep.equal(['11-02T14:00']);
  });

  it('are never in the past', () => {
    const pair: [Attendee, Attendee] = [attends(free(mondayMorning)), attends(free(mondayMorning))];
    expect(shown(commonStarts(pair, at('2026-11-02T10:10'), 1))).to.deep.equal(['11-02T10:30', '11-02T11:00']);
  });

  it('are exactly those at which each wall clock, in whatever zone, shows a free hour', () => {
    const zone = fc.constantFrom('Europe/Paris', 'America/Martinique', 'Pacific/Auckland', 'Australia/Lord_Howe');
    const window = fc
      .tuple(fc.integer({ min: 1, max: 7 }), fc.nat(45), fc.integer({ min: 2, max: 20 }))
      .map(([weekday, from, length]) => ({ weekday, from: from * 30, to: Math.min(48, from + length) * 30 }));
    const person = fc
      .tuple(fc.array(window, { maxLength: 4 }), zone)
      .map(([windows, name]) => attends(free(...windows), { zone: name, closures: [] }));
    const begin = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
    const isFree = ({ availability, calendar }: Attendee, at: number): boolean => {
      const local = DateTime.fromMillis(at, { zone: calendar.zone });
      const minutes = local.hour * 60 + local.minute;
      return availability.windows.some(
        ({ weekday, from, to }) => weekday === local.weekday && from <= minutes && minutes < to,
      );
    };
    fc.assert(
      fc.property(person, person, begin, (one, other, from) => {
        const starts = commonStarts([one, other], from, 9).map((start) => start.getTime());
        const bothFree = (instant: number): boolean => isFree(one, instant) && isFree(other, instant);
        const halfHour = 30 * 60_000;
        const week = from.getTime() + 7 * dayMs;
        const days = new Set(starts.filter((start) => start < week).map((start) => Math.floor(start / dayMs)));
        for (const start of starts) expect(bothFree(start) && bothFree(start + halfHour)).to.equal(true);
        expect(starts).to.deep.equal([...new Set(starts)].sort((a, b) => a - b));
        // Nothing is left out on days without a change of the clocks: each half-hour between two starts was tried.
        for (const day of days) {
          for (let slot = 0; slot < 48; slot += 1) {
            const instant = day * dayMs + slot * halfHour;
            const isOffered = starts.includes(instant);
            const isEven = [one, other].every(({ calendar }) => !changesOn(instant, calendar.zone));
            if (isEven && instant > from.getTime() && bothFree(instant) && bothFree(instant + halfHour)) {
              expect(isOffered, new Date(instant).toISOString()).to.equal(true);
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** Whether the clocks are changed within a day around an instant. */
function changesOn(instant: number, zone: string): boolean {
  const at = (days: number): number => DateTime.fromMillis(instant + days * dayMs, { zone }).offset;
  return at(-1) !== at(1);
}
