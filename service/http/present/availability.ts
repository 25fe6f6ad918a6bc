// The week as a form: office hours on offer, and whatever else is stored.
import type { Availability } from '../../domain/availability.ts';
import { toLocal } from '../../domain/calendar.ts';
import { absenceLines, availabilityRaw, clock, halfDays, rows, weekdays } from '../forms/availability.ts';
import type { ParticipantVisit } from '../visit.ts';
import { type Fields, fieldsOf } from './fields.ts';
import { presentAge, type Retold } from './overtaken.ts';
import { type Row, toldDay } from './words.ts';

/** Hours on offer in the lists, in minutes; anything stored outside is added, so that nothing is lost by saving. */
const usual = { from: 7 * 60, to: 22 * 60 };
const halfHours = Array.from({ length: 49 }, (_, index) => index * 30);

function times(fields: Fields, name: string): object {
  const { value } = fields.text(name);
  const offered = halfHours.filter((minutes) => minutes >= usual.from && minutes <= usual.to).map(clock);
  const codes = value === '' || offered.includes(value) ? offered : [...offered, value].sort();
  return fields.choices(name, codes, (code) => code);
}

function day({ t }: ParticipantVisit, fields: Fields, weekday: number): object {
  const windows = rows.map((row) => {
    const [from, to] = [`from${weekday}_${row}`, `to${weekday}_${row}`];
    return { row, from: times(fields, from), to: times(fields, to) };
  });
  const isUsed = rows.some((row) => ['from', 'to'].some((end) => fields.text(`${end}${weekday}_${row}`).value !== ''));
  return {
    name: t(`terms:weekday.${weekday}`),
    half: fields.choices(`half${weekday}`, ['morning', 'afternoon'] as const, (half) =>
      t(`availability:half.${half}`, { from: clock(halfDays[half].from), to: clock(halfDays[half].to) }),
    ),
    windows,
    isUsed,
  };
}

const nothing: Availability = { anyTime: false, windows: [], absences: [] };
/** Empty lines for absences beyond those that are stored. */
const spareLines = 3;

/** The stored week by its days, and the absences. */
function storedRows({ t, profile: { availability }, ...visit }: ParticipantVisit): Row[] {
  const { anyTime, windows, absences } = availability;
  const days = weekdays.flatMap((weekday) => {
    const ofDay = windows.filter((window) => window.weekday === weekday);
    const hours = ofDay.map(({ from, to }) => `${clock(from)} – ${clock(to)}`).join(', ');
    return hours === '' ? [] : [{ label: t(`terms:weekday.${weekday}`), value: hours }];
  });
  const away = absences.map(({ fromOn, toOn }) => ({
    label: t('availability:absences.heading'),
    value: `${toldDay(visit, fromOn)} – ${toldDay(visit, toOn)}`,
  }));
  return [
    ...(anyTime ? [{ label: t('availability:week'), value: t('availability:any.label') }] : []),
    ...days,
    ...away,
  ];
}

export function presentAvailability(visit: ParticipantVisit, filled?: Retold): object {
  const { t, profile, ports, lab } = visit;
  const today = toLocal(ports.clock.now(), lab.calendar.zone).date;
  const stored = availabilityRaw(profile.availability, today);
  const { raw } = filled ?? { raw: stored };
  const fields = fieldsOf(t, filled ?? { raw: stored, problems: [] });
  const used = Array.from({ length: absenceLines }, (_, line) => raw[`awayFrom${line}`] ?? raw[`awayTo${line}`] ?? '');
  const lines = Math.min(absenceLines, used.findLastIndex((value) => value !== '') + 1 + spareLines);
  const week = weekdays.map((weekday) => day(visit, fields, weekday));
  return {
    ...presentAge(visit.member, 'week', { filled, stored: () => storedRows(visit) }),
    first: JSON.stringify(profile.availability) === JSON.stringify(nothing),
    summary: fields.summary(),
    zone: lab.calendar.zone,
    today,
    anyTime: fields.box('anyTime'),
    days: week.slice(0, 5),
    weekend: week.slice(5),
    absences: Array.from({ length: lines }, (_, line) => ({
      number: line + 1,
      from: fields.text(`awayFrom${line}`),
      to: fields.text(`awayTo${line}`),
    })),
  };
}
