import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  addOpenDays,
  fromLocal,
  isClosedOn,
  joinCalendars,
  lastRegularRun,
  nextRegularRun,
  nextSendingTime,
  quarterOf,
  toLocal,
  weekdayOf,
  type WorkingCalendar,
} from '../../service/domain/calendar.ts';
import { rounds } from '../support/rounds.ts';

const paris = 'Europe/Paris';
const calendar: WorkingCalendar = {
  zone: paris,
  closures: [
    { from: '08-01', to: '08-25' },
    { from: '12-22', to: '01-03' },
  ],
};
const at = (local: string): Date => DateTime.fromISO(local, { zone: paris }).toJSDate();
const shown = (instant: Date): string => DateTime.fromJSDate(instant, { zone: paris }).toFormat("yyyy-MM-dd'T'HH:mm");

describe('The wall clock of a lab', () => {
  it('agrees with luxon at any minute of any year in any zone', () => {
    const zones = [paris, 'America/Martinique', 'Pacific/Noumea', 'Australia/Lord_Howe'];
    fc.assert(
      fc.property(fc.integer({ min: 27_000_000, max: 34_000_000 }), fc.constantFrom(...zones), (minute, zone) => {
        const instant = new Date(minute * 60_000);
        const expected = DateTime.fromJSDate(instant, { zone });
        expect(toLocal(instant, zone)).to.deep.equal({
          date: expected.toFormat('yyyy-MM-dd'),
          minutes: expected.hour * 60 + expected.minute,
        });
      }),
      { numRuns: rounds({ short: 100, long: 1000 }) },
    );
  });

  it('gives back the instant of every wall-clock time that exists once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 27_000_000, max: 34_000_000 }), (minute) => {
        const instant = new Date(minute * 60_000);
        const local = toLocal(instant, paris);
        expect(toLocal(fromLocal(local, paris), paris)).to.deep.equal(local);
      }),
      { numRuns: rounds({ short: 200, long: 2000 }) },
    );
  });

  it('takes the first of the two instants when the clocks go back in autumn', () => {
    const instant = fromLocal({ date: '2026-10-25', minutes: 150 }, paris);
    expect(instant.toISOString()).to.equal('2026-10-25T00:30:00.000Z');
  });

  it('moves a time that the clocks skip in spring past the gap', () => {
    const instant = fromLocal({ date: '2026-03-29', minutes: 150 }, paris);
    expect(shown(instant)).to.equal('2026-03-29T03:30');
  });
});

describe('Timers in open days', () => {
  it('count calendar days while the lab is open', () => {
    expect(shown(addOpenDays(calendar, at('2026-11-02T10:15'), 7))).to.equal('2026-11-09T10:15');
  });

  it('freeze during a closure', () => {
    expect(shown(addOpenDays(calendar, at('2026-07-30T10:15'), 3))).to.equal('2026-08-27T10:15');
  });

  it('freeze over New Year', () => {
    expect(shown(addOpenDays(calendar, at('2026-12-20T09:00'), 2))).to.equal('2027-01-04T09:00');
  });

  it('begin when the lab opens again if they are started in a closure', () => {
    expect(shown(addOpenDays(calendar, at('2026-08-10T22:00'), 1))).to.equal('2026-08-27T00:00');
  });

  it('freeze nothing, and end, where no day of a year is open: one lab’s closures, or two labs’ together', () => {
    const always = [{ from: '01-01', to: '12-31' }];
    const halves = [[{ from: '01-01', to: '06-30' }], [{ from: '07-01', to: '12-31' }]];
    const [one = [], other = []] = halves;
    const joined = joinCalendars({ zone: paris, closures: one }, { zone: paris, closures: other });
    const leapDayOnly = [{ from: '03-01', to: '02-28' }];
    for (const closures of [always, joined.closures, leapDayOnly]) {
      const closed = { zone: paris, closures };
      expect(shown(addOpenDays(closed, at('2026-11-02T10:15'), 7))).to.equal('2026-11-09T10:15');
      expect(shown(nextSendingTime(closed, at('2026-11-02T10:15')))).to.equal('2026-11-03T08:30');
      expect(isClosedOn(closed, '2026-11-02')).to.equal(false);
    }
  });

  it('wait for the one day of a year that is open', () => {
    const most = { zone: paris, closures: [{ from: '05-02', to: '04-30' }] };
    expect(shown(addOpenDays(most, at('2026-11-02T10:15'), 2))).to.equal('2029-05-01T00:00');
    expect([2, 3, 4]).to.include(DateTime.fromJSDate(nextSendingTime(most, at('2026-11-02T10:15'))).weekday);
  });

  it('keep the wall-clock hour over a change to summer time', () => {
    expect(shown(addOpenDays(calendar, at('2026-03-28T09:00'), 1))).to.equal('2026-03-29T09:00');
  });

  it('freeze for a pair while either lab is closed', () => {
    const other = { zone: paris, closures: [{ from: '11-03', to: '11-05' }] };
    expect(shown(addOpenDays(joinCalendars(calendar, other), at('2026-11-02T10:00'), 1))).to.equal('2026-11-06T10:00');
  });
});

describe('Sending hours', () => {
  const cases: [string, string, string][] = [
    ['let a message of Tuesday noon leave at once', '2026-11-03T12:00', '2026-11-03T12:00'],
    ['keep a message of Tuesday dawn until half past eight', '2026-11-03T06:00', '2026-11-03T08:30'],
    ['keep a message of Thursday evening until Tuesday', '2026-11-05T17:00', '2026-11-10T08:30'],
    ['keep a message of a closure until a Tuesday after it', '2026-08-05T10:00', '2026-08-26T08:30'],
  ];
  for (const [title, from, expected] of cases) {
    it(title, () => {
      expect(shown(nextSendingTime(calendar, at(from)))).to.equal(expected);
    });
  }

  it('always give a Tuesday, Wednesday or Thursday outside closures, never before the message', () => {
    fc.assert(
      fc.property(fc.integer({ min: 29_000_000, max: 31_000_000 }), (minute) => {
        const from = new Date(minute * 60_000);
        const leaves = nextSendingTime(calendar, from);
        const { date, minutes } = toLocal(leaves, paris);
        expect(leaves.getTime()).to.be.at.least(from.getTime());
        expect(weekdayOf(date)).to.be.within(2, 4);
        expect(isClosedOn(calendar, date)).to.equal(false);
        expect(minutes).to.be.within(510, 1019);
      }),
      { numRuns: rounds({ short: 60, long: 600 }) },
    );
  });
});

describe('Regular runs', () => {
  it('follow one another on Tuesday and Friday at six', () => {
    const tuesday = nextRegularRun(paris, at('2026-11-02T10:00'));
    const friday = nextRegularRun(paris, tuesday);
    expect([tuesday, friday].map(shown)).to.deep.equal(['2026-11-03T06:00', '2026-11-06T06:00']);
  });

  it('are found again by a service that slept', () => {
    expect(shown(lastRegularRun(paris, at('2026-11-05T23:00')))).to.equal('2026-11-03T06:00');
    expect(shown(lastRegularRun(paris, at('2026-11-06T06:00')))).to.equal('2026-11-06T06:00');
  });
});

describe('Quarters of a year', () => {
  const quarters = {
    '2026-01-01': 'Q1',
    '2026-03-31': 'Q1',
    '2026-04-01': 'Q2',
    '2026-09-30': 'Q3',
    '2026-12-31': 'Q4',
  };
  for (const [date, quarter] of Object.entries(quarters)) {
    it(`take ${date} into ${quarter}`, () => {
      expect(quarterOf(date)).to.equal(`2026-${quarter}`);
    });
  }

  it('sort as text in the order of time', () => {
    const inTime = ['2025-12-31', '2026-01-01', '2026-06-01', '2026-11-11', '2027-02-03'].map(quarterOf);
    expect(inTime.toSorted()).to.deep.equal(inTime);
  });
});
