// Weeks in which nobody's hours differ are of one kind: looked at once, counted as often as they come.
import type { Starts } from './week.ts';

/** of: for each kind the week that stands for it. counts: how many weeks are of it. weeks: how many there are in all. */
export interface WeekKinds {
  readonly of: readonly number[];
  readonly counts: readonly number[];
  readonly weeks: number;
}

/**
 * Most weeks are like the week before for everybody: only closures, absences and changes of the clock make them differ.
 * Linear in the people where they are. @throws RangeError unless everybody has as many weeks
 */
export function weekKinds(people: Iterable<{ readonly starts: Starts }>): WeekKinds {
  let kindOf: number[] | undefined;
  for (const { starts } of people) {
    kindOf ??= starts.map(() => 0);
    if (starts.length !== kindOf.length) throw new RangeError('people have different numbers of weeks');
    if (starts.some((week) => week !== starts[0])) kindOf = refined(kindOf, starts);
  }
  return kindsFrom(kindOf ?? [0]);
}

/** Every week a kind of its own: for people of whom only some are known yet. */
export function everyWeek(people: readonly { readonly starts: Starts }[]): WeekKinds {
  return kindsFrom([...(people[0]?.starts ?? [[]]).keys()]);
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

function kindsFrom(kindOf: readonly number[]): WeekKinds {
  const kinds = [...new Set(kindOf)];
  return {
    of: kinds.map((kind) => kindOf.indexOf(kind)),
    counts: kinds.map((kind) => kindOf.filter((one) => one === kind).length),
    weeks: kindOf.length,
  };
}
