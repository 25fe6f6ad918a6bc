// What time two people look for: so long, in such a way; and how many meetings a week has room for.
import { hasOwnWays, startsIn, weeklySlots, type Availability } from './availability.ts';
import type { WorkingCalendar } from './calendar.ts';
import { halfHoursOf, type MeetingWishes } from './meeting.ts';
import { modalities as allModalities, type Modality } from './terms.ts';

/** Somebody's hours, in which ways they meet, and the lab on whose wall clock the hours are meant. */
export interface Attendee {
  readonly availability: Availability;
  readonly modalities: readonly Modality[];
  readonly calendar: WorkingCalendar;
}

/** What time is looked for. halfHours: so many without a break. modality: to meet in this way; left out: in any of one's own. */
export interface MeetingKind {
  readonly halfHours: number;
  readonly modality?: Modality;
}

/** The ways to meet that two have in common, in the order of the first. */
export function commonModalities([one, other]: readonly [Attendee, Attendee]): Modality[] {
  return one.modalities.filter((modality) => other.modalities.includes(modality));
}

/** The ways to meet that make a difference: modalities if hours differ by them, and the lengths that mentors wish. */
export function waysAmong(people: readonly Attendee[], lengths: readonly number[]): MeetingKind[] {
  const byModality = people.some(({ availability }) => hasOwnWays(availability));
  return [...new Set(lengths)]
    .sort((one, other) => one - other)
    .flatMap((halfHours) =>
      byModality ? allModalities.map((modality) => ({ halfHours, modality })) : [{ halfHours }],
    );
}

/** How many meetings a usual week has room for, in whatever ways. */
export function meetingsAWeek(
  availability: Availability,
  { minutes, marginMinutes, mostAWeek = Infinity }: MeetingWishes,
): number {
  const [length, step] = [halfHoursOf(minutes), halfHoursOf(minutes + marginMinutes)];
  const inWay = (way: Modality): number[] => startsIn(weeklySlots(availability, [way]), length);
  const starts = [...new Set(allModalities.flatMap(inWay))].sort((one, other) => one - other);
  let [count, next] = [0, -1];
  for (const start of starts) {
    if (start < next) continue;
    count += 1;
    next = start + step;
  }
  return Math.min(count, mostAWeek);
}
