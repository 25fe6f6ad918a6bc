import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { Availability } from '../../service/domain/availability.ts';
import type { WorkingCalendar } from '../../service/domain/calendar.ts';
import { daysAhead, Span } from '../../service/domain/free-time.ts';
import { usualHalfDays } from '../../service/domain/usual-half-days.ts';
import { commonModalities, waysAmong, type Attendee, type MeetingKind } from '../../service/domain/meeting-kinds.ts';
import { commonStarts as startsInCommon } from '../support/times.ts';
import { defaultMatchRules, match } from '../../service/domain/matching/index.ts';
import { modalities, type Modality } from '../../service/domain/terms.ts';
import { rounds } from '../support/rounds.ts';
import { example } from './matching/example.ts';

const paris: WorkingCalendar = { zone: 'Europe/Paris', closures: [] };
const free = (...windows: Availability['windows'][number][]): Availability => ({
  anyTime: false,
  windows,
  absences: [],
});
const attends = (availability: Availability, calendar = paris): Attendee => ({
  availability,
  modalities: ['video'],
  calendar,
});
/** Where the two could meet for an hour. */
const commonStarts = (pair: readonly [Attendee, Attendee], from: Date, days: number): Date[] =>
  startsInCommon(pair, { from, days, halfHours: 2 });
const anHour: MeetingKind = { halfHours: 2 };
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

  it('are an hour within both windows where a clock is a quarter of an hour off', () => {
    const kathmandu = { zone: 'Asia/Kathmandu', closures: [] };
    // 13:00 to 15:00 there is 08:15 to 10:15 in Paris.
    const one = attends(free({ weekday: 1, from: 13 * 60, to: 15 * 60 }), kathmandu);
    expect(shown(commonStarts([one, attends(free(mondayMorning))], at('2026-11-01T08:00'), 7))).to.deep.equal([
      '11-02T09:00',
    ]);
  });

  it('are none for two who can meet at any time where their clocks are half a day apart', () => {
    const anyTime: Availability = { anyTime: true, windows: [], absences: [] };
    const tahiti = { zone: 'Pacific/Tahiti', closures: [] };
    const pair: [Attendee, Attendee] = [attends(anyTime), attends(anyTime, tahiti)];
    expect(commonStarts(pair, at('2026-07-01T08:00'), daysAhead)).to.deep.equal([]);
    expect(shown(commonStarts(pair, at('2026-12-07T08:00'), 1))).to.deep.equal(['12-07T19:00']);
  });

  it('are exactly those at which each wall clock, in whatever zone, shows an hour that is free, open and not away', () => {
    fc.assert(
      fc.property(somebody, somebody, begin, (one, other, from) => {
        const starts = commonStarts([one, other], from, 9).map((start) => start.getTime());
        const first = Math.floor(from.getTime() / halfHour) + 1;
        const expected = Array.from({ length: 9 * 48 }, (_, at) => (first + at) * halfHour).filter((start) =>
          [0, 1, 2, 3].every((quarter) => [one, other].every((each) => isFree(each, start + (quarter * halfHour) / 2))),
        );
        expect(starts).to.deep.equal(expected);
      }),
      { numRuns: rounds({ short: 60, long: 600 }) },
    );
  });
});

describe('The weeks that the matching is given', () => {
  const matched = ([one, other]: readonly [Attendee, Attendee], from: Date, halfHours: number): boolean => {
    const span = new Span(from, daysAhead);
    const hours = (attendee: Attendee) => ({
      starts: span.weeks(attendee, waysAmong([one, other], [halfHours])),
      anyTime: attendee.availability.anyTime,
      modalities: attendee.modalities,
    });
    const [mentee] = example.mentees;
    const [mentor] = example.mentors;
    const mentees = [{ ...mentee!, ...hours(one) }];
    const mentors = [{ ...mentor!, ...hours(other) }];
    const rules = { ...defaultMatchRules, floor: 0 };
    return match({ mentees, mentors, proposedBefore: [], rules }, { seed: 1 }).pairs.length === 1;
  };

  it('give two people to each other exactly if times can be offered to them', () => {
    fc.assert(
      fc.property(fc.tuple(choosy, choosy), begin, fc.constantFrom(1, 2), ([one, other], from, halfHours) => {
        const span = new Span(from, daysAhead);
        const ways = span.commonWays([one, other], halfHours);
        expect(matched([one, other], from, halfHours)).to.equal(ways.size > 0);
        const starts = new Set([...ways.values()].flatMap((each) => span.instants(each).map(Number)));
        const inAnyWay = startsInCommon([one, other], { from, days: daysAhead, halfHours }).map(Number);
        if (commonModalities([one, other]).length > 0) {
          expect(inAnyWay).to.deep.equal([...starts].sort((a, b) => a - b));
        }
      }),
      { numRuns: rounds({ short: 60, long: 600 }) },
    );
  });

  it('are one list for all weeks that are alike, and differ where the clock is changed or somebody is away', () => {
    const weeksFrom = (from: string, absences: Availability['absences'] = []) => {
      const span = new Span(at(from), daysAhead);
      return span.weeks(attends({ ...free(mondayMorning), absences }), [anHour]);
    };
    expect(new Set(weeksFrom('2026-11-02T06:00'))).to.have.lengthOf(1);
    expect(new Set(weeksFrom('2026-10-05T06:00'))).to.have.lengthOf(2);
    const away = [{ fromOn: '2026-11-09', toOn: '2026-11-09' }];
    expect(weeksFrom('2026-11-02T06:00', away).map((week) => week.length)).to.deep.equal([5, 0, 5, 5, 5, 5]);
  });

  it('tell half-days on each clock', () => {
    const span = new Span(at('2026-11-02T06:00'), daysAhead);
    const starts = span.starts(attends(free(mondayMorning)), anHour);
    const on = (zone: string): string[] => span.halfDays(starts, zone);
    expect([on('Europe/Paris'), on('Indian/Reunion'), on('Pacific/Noumea')]).to.deep.equal([['1am'], ['1pm'], ['1pm']]);
    const noumea = { zone: 'Pacific/Noumea', closures: [] };
    const tuesday = free({ weekday: 2, from: 8 * 60, to: 10 * 60 });
    const inNoumea = attends(tuesday, noumea);
    expect(usualHalfDays(inNoumea, { from: at('2026-11-02T06:00'), zone: 'Europe/Paris', halfHours: 2 })).to.deep.equal(
      ['1pm'],
    );
    expect(
      usualHalfDays(inNoumea, { from: at('2026-11-02T06:00'), zone: 'Pacific/Noumea', halfHours: 2 }),
    ).to.deep.equal(['2am']);
  });
});

const halfHour = 30 * 60_000;
const zones = [
  ...['Europe/Paris', 'America/Cayenne', 'Indian/Reunion', 'Pacific/Tahiti', 'Pacific/Marquesas', 'America/Miquelon'],
  ...['Pacific/Auckland', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Chatham'],
];
const somebody = fc
  .record({
    windows: fc.array(
      fc
        .tuple(fc.integer({ min: 1, max: 7 }), fc.nat(45), fc.integer({ min: 2, max: 20 }))
        .map(([weekday, from, length]) => ({ weekday, from: from * 30, to: Math.min(48, from + length) * 30 })),
      { maxLength: 4 },
    ),
    anyTime: fc.boolean(),
    awayFrom: fc.option(fc.integer({ min: 0, max: 700 })),
    zone: fc.constantFrom(...zones),
    closures: fc.constantFrom([], [{ from: '12-22', to: '01-03' }], [{ from: '03-20', to: '04-20' }]),
  })
  .map(({ windows, anyTime, awayFrom, zone, closures }): Attendee => {
    const day = (days: number): string => new Date(Date.UTC(2026, 0, 1) + days * dayMs).toISOString().slice(0, 10);
    const absences = awayFrom === null ? [] : [{ fromOn: day(awayFrom), toOn: day(awayFrom + 40) }];
    return {
      ...{ availability: { anyTime, windows: anyTime ? [] : windows, absences }, modalities: ['video'] },
      calendar: { zone, closures },
    };
  });
/** Who meets in some ways only, and in some windows in fewer. */
const choosy = fc
  .tuple(somebody, fc.subarray([...modalities], { minLength: 1 }), fc.infiniteStream(fc.subarray([...modalities])))
  .map(([attendee, ways, some]): Attendee => {
    const windows = attendee.availability.windows.map((window) => {
      const own = (some.next().value ?? []) as Modality[];
      return own.length > 0 ? { ...window, modalities: own } : window;
    });
    return { ...attendee, modalities: ways, availability: { ...attendee.availability, windows } };
  });
/** Often in the weeks around a change of the clocks. */
const begin = fc.oneof(
  fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
  fc.date({ min: new Date('2026-03-01'), max: new Date('2026-04-10'), noInvalidDate: true }),
  fc.date({ min: new Date('2026-09-20'), max: new Date('2026-11-01'), noInvalidDate: true }),
);

/** By the calendar of a library of its own. */
function isFree({ availability, calendar: { zone, closures } }: Attendee, instant: number): boolean {
  const local = DateTime.fromMillis(instant, { zone });
  const [minutes, date, day] = [local.hour * 60 + local.minute, local.toISODate() ?? '', local.toFormat('MM-dd')];
  const isClosed = closures.some(({ from, to }) => (from <= to ? from <= day && day <= to : from <= day || day <= to));
  const isAway = availability.absences.some(({ fromOn, toOn }) => fromOn <= date && date <= toOn);
  if (isClosed || isAway) return false;
  if (availability.anyTime) return local.weekday <= 5 && minutes >= 480 && minutes < 1200;
  return availability.windows.some(
    ({ weekday, from, to }) => weekday === local.weekday && from <= minutes && minutes < to,
  );
}
