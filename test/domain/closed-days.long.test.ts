// Public holidays and closures, in everything that asks for them: times on offer, mails, timers.
import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  addOpenDays,
  isClosedOn,
  joinCalendars,
  nextSendingTime,
  weekdayOf,
  type WorkingCalendar,
} from '../../service/domain/calendar.ts';
import { leavesADayOpen } from '../../service/domain/closures.ts';
import { daysAhead } from '../../service/domain/free-time.ts';
import type { Attendee } from '../../service/domain/meeting-kinds.ts';
import { commonStarts } from '../support/times.ts';
import { isHoliday, usualHolidays, type Holidays } from '../../service/domain/holidays.ts';
import { leaveAt } from '../../service/domain/notice.ts';
import { rounds } from '../support/rounds.ts';

const paris = 'Europe/Paris';
const at = (local: string): Date => DateTime.fromISO(local, { zone: paris }).toJSDate();
const shown = (instant: Date, zone = paris): string =>
  DateTime.fromJSDate(instant, { zone }).toFormat("yyyy-MM-dd'T'HH:mm");
const lab = (holidays: Holidays, closures: WorkingCalendar['closures'] = []): WorkingCalendar => ({
  ...{ zone: paris, closures, holidays },
});
const anyTime = { anyTime: true, windows: [], absences: [] };
const attends = (calendar: WorkingCalendar): Attendee => ({ availability: anyTime, modalities: ['video'], calendar });

/** As published by the administration, not computed. */
const published = {
  france: [
    ...['2026-01-01', '2026-04-06', '2026-05-01', '2026-05-08', '2026-05-14', '2026-05-25', '2026-07-14', '2026-08-15'],
    ...['2026-11-01', '2026-11-11', '2026-12-25'],
    ...['2027-01-01', '2027-03-29', '2027-05-01', '2027-05-06', '2027-05-08', '2027-05-17', '2027-07-14', '2027-08-15'],
    ...['2027-11-01', '2027-11-11', '2027-12-25', '2028-01-01'],
  ],
  alone: ['2026-04-03', '2026-12-26', '2027-03-26', '2027-12-26'],
};
const publishedFor: Readonly<Record<Holidays, readonly string[]>> = {
  none: [],
  france: published.france,
  'alsace-moselle': [...published.france, ...published.alone],
};

/** Whether a lab is shut, by another way than the programme's. */
function isShut({ closures, holidays = 'none' }: WorkingCalendar, date: string): boolean {
  if (publishedFor[holidays].includes(date)) return true;
  return closures.some(({ from, to }) => {
    if (from.length === 10) return from <= date && date <= to;
    const [year, next] = [date.slice(0, 4), String(Number(date.slice(0, 4)) + 1)];
    if (from <= to) return `${year}-${from}` <= date && date <= `${year}-${to}`;
    return (`${year}-${from}` <= date && date < `${next}-01-01`) || date <= `${year}-${to}`;
  });
}

const zones = [paris, 'Indian/Reunion', 'America/Cayenne', 'Pacific/Noumea'];
const calendars = fc.record({
  zone: fc.constantFrom(...zones),
  holidays: fc.constantFrom<Holidays[]>('none', 'france', 'alsace-moselle'),
  closures: fc.constantFrom<WorkingCalendar['closures'][]>(
    [],
    [
      { from: '08-01', to: '08-25' },
      { from: '12-22', to: '01-03' },
    ],
    [{ from: '2027-04-26', to: '2027-05-12' }],
    [
      { from: '2026-12-28', to: '2027-01-08' },
      { from: '05-27', to: '05-27' },
    ],
  ),
});
/** Often in the weeks that hold most of the holidays, and at the end of a year. */
const instants = fc.oneof(
  fc.date({ min: new Date('2026-01-01T12:00Z'), max: new Date('2027-11-15'), noInvalidDate: true }),
  fc.date({ min: new Date('2026-03-20'), max: new Date('2026-05-30'), noInvalidDate: true }),
  fc.date({ min: new Date('2027-03-15'), max: new Date('2027-05-20'), noInvalidDate: true }),
  fc.date({ min: new Date('2026-12-10'), max: new Date('2027-01-05'), noInvalidDate: true }),
);

describe('A closed day', () => {
  it('is one that is published as a holiday, lies in a closure of each year, or in one of a year', () => {
    const days = Array.from({ length: 730 }, (_, day) =>
      new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10),
    );
    fc.assert(
      fc.property(calendars, (calendar) => {
        const wrong = days.filter((day) => isClosedOn(calendar, day) !== isShut(calendar, day));
        expect(wrong).to.deep.equal([]);
      }),
      { numRuns: 40 },
    );
  });

  for (const [day, holidays] of [
    ['2026-05-14', 'france'],
    ['2027-05-06', 'france'],
    ['2026-04-03', 'alsace-moselle'],
  ] as const) {
    it(`offers no time on ${day} where the holidays are those of ${holidays}, and times the day before`, () => {
      const eve = DateTime.fromISO(day).minus({ days: 1 }).toISODate() ?? '';
      const on = (some: WorkingCalendar): string[] =>
        commonStarts([attends(lab('none')), attends(some)], { from: at(`${eve}T00:00`), days: 2, halfHours: 2 }).map(
          (start) => shown(start),
        );
      const isOn = (date: string) => (start: string) => start.startsWith(date);
      expect(on(lab('none')).filter(isOn(day))).to.have.lengthOf(23);
      expect(on(lab(holidays)).filter(isOn(day))).to.deep.equal([]);
      expect(on(lab(holidays)).filter(isOn(eve))).to.have.lengthOf(weekdayOf(eve) < 6 ? 23 : 0);
    });
  }

  it('of either lab, in its own zone, holds no time on offer', () => {
    fc.assert(
      fc.property(calendars, calendars, instants, (one, other, from) => {
        const starts = commonStarts([attends(one), attends(other)], { from: from, days: daysAhead, halfHours: 2 });
        for (const calendar of [one, other]) {
          const touched = starts.flatMap((start) =>
            [start, new Date(start.getTime() + 59 * 60_000)].map((end) => shown(end, calendar.zone).slice(0, 10)),
          );
          expect(touched.filter((date) => isShut(calendar, date))).to.deep.equal([]);
        }
      }),
      { numRuns: rounds({ short: 60, long: 600 }) },
    );
  });

  it('of a person’s lab sees no mail leave that can wait: it goes in the next sending hour, and not later', () => {
    fc.assert(
      fc.property(calendars, instants, (calendar, now) => {
        const leaves = leaveAt('proposal_sent', calendar, { now });
        const isSendingDay = (date: string): boolean =>
          [2, 3, 4].includes(DateTime.fromISO(date).weekday) && !isShut(calendar, date);
        expect(isSendingDay(shown(leaves, calendar.zone).slice(0, 10))).to.equal(true);
        const hour = shown(leaves, calendar.zone).slice(11);
        expect('08:30' <= hour && hour < '17:00').to.equal(true);
        const days = DateTime.fromJSDate(now, { zone: calendar.zone }).startOf('day');
        for (let day = days; day < DateTime.fromJSDate(leaves); day = day.plus({ days: 1 })) {
          const closes = day.set({ hour: 17 }).toJSDate();
          const wasMissed = isSendingDay(day.toISODate() ?? '') && now < closes && leaves >= closes;
          expect(wasMissed).to.equal(false);
        }
      }),
      { numRuns: rounds({ short: 100, long: 1000 }) },
    );
  });

  it('of either lab freezes what the two wait for, and each open day counts once', () => {
    fc.assert(
      fc.property(
        fc.tuple(calendars, calendars),
        instants,
        fc.integer({ min: 1, max: 60 }),
        ([one, other], from, days) => {
          const joined = joinCalendars(one, { ...other, zone: one.zone });
          const end = shown(addOpenDays(joined, from, days), one.zone).slice(0, 10);
          const isOpen = (date: string): boolean => !isShut(one, date) && !isShut(other, date);
          const begun = shown(from, one.zone).slice(0, 10);
          let counted = 0;
          let day = DateTime.fromISO(begun);
          // Begun on a closed day it counts from the first open one.
          while (!isOpen(day.toISODate() ?? '')) day = day.plus({ days: 1 });
          while ((day.toISODate() ?? '') < end) {
            day = day.plus({ days: 1 });
            if (isOpen(day.toISODate() ?? '')) counted += 1;
          }
          expect(isOpen(end)).to.equal(true);
          expect(counted).to.equal(days);
        },
      ),
      { numRuns: rounds({ short: 100, long: 1000 }) },
    );
  });
});

describe('Timers and mails', () => {
  it('stand still over Easter Monday', () => {
    // Good Friday and the two days of Easter lie in between: of these, Easter Monday alone is a holiday in Paris.
    expect(shown(addOpenDays(lab('none'), at('2027-03-25T10:00'), 7))).to.equal('2027-04-01T10:00');
    expect(shown(addOpenDays(lab('france'), at('2027-03-25T10:00'), 7))).to.equal('2027-04-02T10:00');
    expect(shown(addOpenDays(lab('alsace-moselle'), at('2027-03-25T10:00'), 7))).to.equal('2027-04-03T10:00');
    const pair = joinCalendars(lab('france'), lab('alsace-moselle'));
    expect(shown(addOpenDays(pair, at('2027-03-25T10:00'), 7))).to.equal('2027-04-03T10:00');
  });

  it('stand still in a dated closure in its year alone', () => {
    const dated = lab('none', [{ from: '2027-03-01', to: '2027-03-05' }]);
    expect(shown(addOpenDays(dated, at('2027-02-28T10:00'), 2))).to.equal('2027-03-07T10:00');
    expect(shown(addOpenDays(dated, at('2028-02-28T10:00'), 2))).to.equal('2028-03-01T10:00');
  });

  it('wait from the eve of Ascension Day until Tuesday, and on 11 November until Thursday', () => {
    expect(shown(nextSendingTime(lab('france'), at('2027-05-05T17:00')))).to.equal('2027-05-11T08:30');
    expect(shown(nextSendingTime(lab('none'), at('2027-05-05T17:00')))).to.equal('2027-05-06T08:30');
    expect(shown(nextSendingTime(lab('france'), at('2026-11-11T10:00')))).to.equal('2026-11-12T08:30');
  });

  it('go on where closures leave open nothing but a holiday, and still keep the holidays', () => {
    const firstOfMay = [{ from: '05-02', to: '04-30' }];
    expect(leavesADayOpen(lab('none', firstOfMay))).to.equal(true);
    const never = lab('france', firstOfMay);
    expect(leavesADayOpen(never)).to.equal(false);
    expect(shown(addOpenDays(never, at('2027-04-30T10:00'), 1))).to.equal('2027-05-02T10:00');
    expect(isClosedOn(never, '2027-05-06')).to.equal(true);
    expect(isClosedOn(never, '2027-05-07')).to.equal(false);
    // Open on one day of the year, on which Easter Monday falls now and then.
    const most = lab('france', [{ from: '04-07', to: '04-05' }]);
    expect(shown(addOpenDays(most, at('2026-01-10T10:00'), 1))).to.equal('2028-04-06T00:00');
  });
});

describe('The holidays of a lab that names none', () => {
  const zonesOf: readonly (readonly [string, Holidays])[] = [
    [paris, 'france'],
    ['europe/paris', 'france'],
    ['America/Cayenne', 'france'],
    ['Pacific/Tahiti', 'france'],
    ['Europe/Brussels', 'none'],
    ['America/Montreal', 'none'],
    ['UTC', 'none'],
  ];
  for (const [zone, holidays] of zonesOf) {
    it(`are ${holidays} in ${zone}`, () => {
      expect(usualHolidays(zone)).to.equal(holidays);
    });
  }

  it('are never a day in a country that has none here', () => {
    expect(isHoliday('none', '2027-01-01')).to.equal(false);
  });
});
