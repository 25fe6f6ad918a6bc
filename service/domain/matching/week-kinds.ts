// Weeks in which nobody's hours differ are of one kind: looked at once, counted as often as they come.
import { waysIn, type Starts } from './week.ts';

/**
 * of: for each kind the week that stands for it. counts: how many weeks are of it. weeks: how many there are in all. ways: in
 * which people meet.
 */
export interface WeekKinds {
  readonly of: readonly number[];
  readonly counts: readonly number[];
  readonly weeks: number;
  readonly ways: number;
}

/**
 * Most weeks are like the week before for everybody: only closures, absences and changes of the clock make them differ.
 * Linear in the people where they are. @throws RangeError unless everybody has as many weeks
 */
export function weekKinds(people: Iterable<{ readonly starts: Starts }>): WeekKinds {
  let kindOf: number[] | undefined;
  let ways = 1;
  for (const { starts } of people) {
    kindOf ??= starts.map(() => 0);
    if (starts.length !== kindOf.length) throw new RangeError('people have different numbers of weeks');
    if (starts.some((week) => week !== starts[0])) kindOf = refined(kindOf, starts);
    ways = mostWaysIn(starts, ways);
  }
  return kindsFrom(kindOf ?? [0], ways);
}

/** Every week a kind of its own: for people of whom only some are known yet. In a way that only others know, nobody meets. */
export function everyWeek(people: readonly { readonly starts: Starts }[]): WeekKinds {
  const ways = people.reduce((most, { starts }) => mostWaysIn(starts, most), 1);
  return kindsFrom([...(people[0]?.starts ?? [[]]).keys()], ways);
}

function mostWaysIn(starts: Starts, least: number): number {
  let most = least;
  for (let week = 0; week < starts.length; week++) {
    if (week === 0 || starts[week] !== starts[week - 1]) most = Math.max(most, waysIn(starts[week] ?? []));
  }
  return most;
}

/** Weeks stay of one kind if they are so for this person, too. */
function refined(kindOf: readonly number[], starts: Starts): number[] {
  const known = new Map<string, number>();
  return kindOf.map((kind, at) => {
    const name = `${kind} ${starts.findIndex((week) => isSameWeek(week, starts[at]))}`;
    if (!known.has(name)) known.set(name, known.size);
    return known.get(name) as number;
  });
}

function isSameWeek(one: readonly number[], other: readonly number[] | undefined): boolean {
  return one === other || (one.length === other?.length && one.every((start, at) => start === other[at]));
}

function kindsFrom(kindOf: readonly number[], ways: number): WeekKinds {
  const kinds = [...new Set(kindOf)];
  return {
    of: kinds.map((kind) => kindOf.indexOf(kind)),
    counts: kinds.map((kind) => kindOf.filter((one) => one === kind).length),
    weeks: kindOf.length,
    ways,
  };
}
