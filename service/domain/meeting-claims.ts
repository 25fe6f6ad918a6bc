// The time that a planned meeting takes of the two. Each half-hour, and each of the meetings that a mentor wants in a week at
// most, is a key that no other planned meeting may hold: a unique index in the store keeps it, whoever acts at the same moment.
import { addDays, toLocal } from './calendar.ts';
import { halfHoursOf, type MeetingWishes } from './meeting.ts';
import { halfHourMs } from './wall-clock.ts';

/** One of the two, with what they want of meetings. */
export interface Claimant {
  readonly memberId: string;
  readonly wishes: Pick<MeetingWishes, 'marginMinutes'>;
}

/** The mentor, whose meetings of a week, from Monday on the clock of their lab, are counted. mostAWeek: left out, no limit. */
export interface WeekLimit {
  readonly memberId: string;
  readonly zone: string;
  readonly mostAWeek?: number;
}

export interface ClaimsInput {
  readonly startsAt: Date;
  readonly minutes: number;
  readonly people: readonly Claimant[];
  readonly limit?: WeekLimit | undefined;
}

/**
 * The keys of a meeting, none of which is among those that are taken; undefined when it has no room. The margin is claimed
 * after the end only: between two meetings there is then the margin of the first.
 */
export function claimsFor(
  { startsAt, minutes, people, limit }: ClaimsInput,
  taken: ReadonlySet<string>,
): string[] | undefined {
  const first = Math.floor(startsAt.getTime() / halfHourMs);
  const keys = people.flatMap(({ memberId, wishes }) =>
    Array.from({ length: halfHoursOf(minutes + wishes.marginMinutes) }, (_, at) => `${memberId} ${first + at}`),
  );
  if (keys.some((key) => taken.has(key))) return undefined;
  if (!limit) return keys;
  const week = placeInWeek(startsAt, limit, taken);
  return week === undefined ? undefined : [...keys, week];
}

/** The first free number of the week of an instant; two who take it at once are told apart. Counted without a limit, too. */
function placeInWeek(
  instant: Date,
  { memberId, zone, mostAWeek = Infinity }: WeekLimit,
  taken: ReadonlySet<string>,
): string | undefined {
  const { date } = toLocal(instant, zone);
  const sinceMonday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  const week = `${memberId} week ${addDays(date, -sinceMonday)} `;
  const held = [...taken].filter((key) => key.startsWith(week)).length;
  if (held >= mostAWeek) return undefined;
  let number = 1;
  while (taken.has(week + String(number))) number += 1;
  return week + String(number);
}

/** Of a meeting that took place its place in the week remains, if it has one; its hour is past. */
export function claimsAfter(claims: readonly string[] = []): string[] | null {
  const week = claims.filter((key) => key.includes(' week '));
  return week.length > 0 ? week : null;
}
