// How often somebody did something on one day of their lab: for what may be done a few times a day.

/** on: local date YYYY-MM-DD in the lab's zone. */
export interface DayCount {
  readonly on: string;
  readonly count: number;
}

/** Count of one more on a day; undefined when the day has had its number. */
export function oneMoreOn(before: DayCount | undefined, on: string, most: number): DayCount | undefined {
  const count = before?.on === on ? before.count + 1 : 1;
  return count > most ? undefined : { on, count };
}
