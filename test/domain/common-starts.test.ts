import { expect } from 'chai';
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
});
