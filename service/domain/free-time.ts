// When somebody is free: their week read on the wall clock of their own lab, for every half-hour of a span. Half-hours are
// those of universal time, so that two clocks that show the same hour are never taken for the same hour.
import { halfDayOf, hasOwnWays, isAbsentOn, slotsPerDay, slotsPerWeek, weeklySlots } from './availability.ts';
import { isClosedOn, type WorkingCalendar } from './calendar.ts';
import { commonModalities, type Attendee, type MeetingKind } from './meeting-kinds.ts';
import type { Modality } from './terms.ts';
import { halfHourMs, readWall, type Wall } from './wall-clock.ts';

/** Days to come of which the whole weeks after the answers are matched. */
export const daysAhead = 42;
/** The longest notice that a mentor may want. */
export const mostNoticeDays = 3;
/** Days to come for which times are on offer: whoever is introduced at the last moment still has all the weeks matched. */
export const daysOnOffer = daysAhead + mostNoticeDays;

/** Half-hours of the longest meeting. */
const mostHalfHours = 2;

/** Different weeks of a lab that a span keeps, two kilobytes each. */
const mostKept = 4000;

/** 1 for each half-hour of a span at which a meeting may start. */
export type MeetingStarts = Uint8Array;

/** The half-hours of the days after an instant, for many people: each zone's clock is looked at once. */
export class Span {
  /** Half-hours since 1970 of the first one that begins after the instant. */
  readonly first: number;
  readonly halfHours: number;
  readonly #walls = new Map<string, Wall>();
  readonly #starts = new Map<WorkingCalendar, Map<string, MeetingStarts>>();
  readonly #weeks = new Map<WorkingCalendar, Map<string, Weeks>>();
  /** Per calendar its days, 1 where it is open. */
  readonly #open = new Map<WorkingCalendar, Uint8Array>();

  constructor(from: Date, days: number) {
    this.first = Math.floor(from.getTime() / halfHourMs) + 1;
    this.halfHours = days * slotsPerDay;
  }

  /** Where a meeting may start that is free from end to end. People who say the same share it. */
  starts(attendee: Attendee, kind: MeetingKind): MeetingStarts {
    const { availability, modalities, calendar } = attendee;
    const { halfHours, modality } = kind;
    const ways = modality === undefined ? modalities : modalities.filter((one) => one === modality);
    // Where no hour has a way of its own, all ways are one.
    if (modality !== undefined && ways.length > 0 && !hasOwnWays(availability)) {
      return this.starts(attendee, { halfHours });
    }
    return keptFor(attendee, { in: this.#starts, kind }, () =>
      this.#runs(this.#free({ availability, ways, calendar }, halfHours - 1), halfHours),
    );
  }

  /** Where both could start a meeting: in one way at least, the same for both; in whatever way where they share none. */
  commonStarts(pair: readonly [Attendee, Attendee], halfHours: number): MeetingStarts {
    const ways = commonModalities(pair);
    const kinds = ways.length === 0 ? [{ halfHours }] : ways.map((modality) => ({ halfHours, modality }));
    return kinds.map((kind) => this.#both(pair, kind)).reduce(either);
  }

  /** The same for each way in which there is a time. */
  commonWays(pair: readonly [Attendee, Attendee], halfHours: number): Map<Modality, MeetingStarts> {
    const ways = commonModalities(pair).map(
      (modality) => [modality, this.#both(pair, { halfHours, modality })] as const,
    );
    return new Map(ways.filter(([, starts]) => starts.includes(1)));
  }

  instants(starts: MeetingStarts): Date[] {
    const instants: Date[] = [];
    for (const [at, start] of starts.entries()) {
      if (start === 1) instants.push(new Date((this.first + at) * halfHourMs));
    }
    return instants;
  }

  /**
   * For each week of the span the half-hours (0 to 335 from its beginning) at which somebody may start to meet, way after way
   * (see MatchPerson.starts); a way that is undefined is not theirs. Weeks that are alike are one list.
   */
  weeks(attendee: Attendee, ways: readonly (MeetingKind | undefined)[]): Weeks {
    return keptFor(attendee, { in: this.#weeks, kind: ways }, () => {
      const all = ways.map((way) => way && this.starts(attendee, way));
      const weeks: number[][] = [];
      for (let from = 0; from < this.halfHours; from += slotsPerWeek) {
        const alike = weeks.findIndex((_, week) =>
          all.every((starts) => isSameWeek(starts, week * slotsPerWeek, from)),
        );
        weeks.push(weeks[alike] ?? all.flatMap((starts, way) => weekOf(starts, from, way)));
      }
      return weeks;
    });
  }

  /** The half-days, on a zone's clock, in which the starts lie, in the order of the week. */
  halfDays(starts: MeetingStarts, zone: string): string[] {
    const { slots } = this.#wallOf(zone);
    const ofWeek = new Uint8Array(slotsPerWeek);
    for (let at = 0; at < starts.length; at++) if (starts[at] === 1) ofWeek[slots[at] as number] = 1;
    return [...new Set(listOf(ofWeek).map(halfDayOf))];
  }

  #both([one, other]: readonly [Attendee, Attendee], kind: MeetingKind): MeetingStarts {
    const [starts, others] = [this.starts(one, kind).slice(), this.starts(other, kind)];
    for (let at = 0; at < starts.length; at++) starts[at] = (starts[at] as number) & (others[at] as number);
    return starts;
  }

  #runs(free: Uint8Array, halfHours: number): MeetingStarts {
    const starts = free.slice(0, this.halfHours);
    for (let ahead = 1; ahead < halfHours; ahead++) {
      for (let at = 0; at < starts.length; at++) starts[at] = (starts[at] as number) & (free[at + ahead] as number);
    }
    return starts;
  }

  /** So many half-hours more than the span: the last meeting may end after it. */
  #free({ availability, ways, calendar }: Omit<Attendee, 'modalities'> & Ways, more: number): Uint8Array {
    const { slots, lastSlots, days, lastDays, dates } = this.#wallOf(calendar.zone);
    const ofWeek = new Uint8Array(slotsPerWeek);
    for (const slot of weeklySlots(availability, ways)) ofWeek[slot] = 1;
    let open = this.#openDays(calendar, dates);
    if (availability.absences.length > 0) {
      open = open.map((isOpen, day) => (isAbsentOn(availability, dates[day] as string) ? 0 : isOpen));
    }
    const free = new Uint8Array(this.halfHours + more);
    for (let at = 0; at < free.length; at++) {
      const begins = (ofWeek[slots[at] as number] as number) & (open[days[at] as number] as number);
      free[at] = begins & (ofWeek[lastSlots[at] as number] as number) & (open[lastDays[at] as number] as number);
    }
    return free;
  }

  #openDays(calendar: WorkingCalendar, dates: readonly string[]): Uint8Array {
    const known = this.#open.get(calendar) ?? Uint8Array.from(dates, (date) => (isClosedOn(calendar, date) ? 0 : 1));
    this.#open.set(calendar, known);
    return known;
  }

  #wallOf(zone: string): Wall {
    const known = this.#walls.get(zone) ?? readWall(zone, this.first, this.halfHours + mostHalfHours);
    this.#walls.set(zone, known);
    return known;
  }
}

interface Ways {
  readonly ways: readonly Modality[];
}

type Weeks = readonly (readonly number[])[];

/** What was made for others who say the same, or is made now. */
function keptFor<T>(
  { availability, modalities, calendar }: Attendee,
  { in: all, kind }: { readonly in: Map<WorkingCalendar, Map<string, T>>; readonly kind: unknown },
  make: () => T,
): T {
  const kept = all.get(calendar) ?? new Map<string, T>();
  all.set(calendar, kept);
  const name = JSON.stringify([kind, modalities, availability]);
  const made = kept.get(name) ?? make();
  if (kept.size >= mostKept) kept.clear();
  kept.set(name, made);
  return made;
}

function either(one: MeetingStarts, other: MeetingStarts): MeetingStarts {
  return one.map((start, at) => start | (other[at] as number));
}

function isSameWeek(starts: MeetingStarts | undefined, one: number, other: number): boolean {
  if (!starts) return true;
  for (let slot = 0; slot < slotsPerWeek; slot++) if (starts[one + slot] !== starts[other + slot]) return false;
  return true;
}

function weekOf(starts: MeetingStarts | undefined, from: number, way: number): number[] {
  return starts ? listOf(starts.subarray(from, from + slotsPerWeek)).map((slot) => way * slotsPerWeek + slot) : [];
}

/** Where there is a 1, ascending. */
function listOf(flags: Uint8Array): number[] {
  const list: number[] = [];
  for (let at = 0; at < flags.length; at++) if (flags[at] === 1) list.push(at);
  return list;
}

/**
 * The whole weeks that begin when both must have answered, so many days after `now`, and the longest notice is over: an hour before
 * that could not be on offer to the two.
 */
export function spanAfterAnswers(now: Date, answerDays: number): Span {
  const days = 7 * Math.max(1, Math.floor((daysAhead - answerDays) / 7));
  return new Span(new Date(now.getTime() + (daysOnOffer - days) * slotsPerDay * halfHourMs), days);
}
