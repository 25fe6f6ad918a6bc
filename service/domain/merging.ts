// Two forms about one thing, saved one after the other: what each of them changed is kept.
import { isDeepStrictEqual } from 'node:util';

export type Parts = Readonly<Record<string, unknown>>;

/** base: as the form showed it. wanted: as it was sent. stored: as it is now. */
export interface ThreeSides<T extends Parts> {
  readonly base: T;
  readonly wanted: T;
  readonly stored: T;
}

/** conflicts: parts that were changed on both sides, each to something else; `value` has them as wanted. */
export interface Merged<T extends Parts> {
  readonly value: T;
  readonly conflicts: readonly (keyof T & string)[];
}

/** Part by part: one that the form left as it was shown stays as it is stored. */
export function merge<T extends Parts>({ base, wanted, stored }: ThreeSides<T>): Merged<T> {
  const names = [...new Set([base, wanted, stored].flatMap((side) => Object.keys(side)))];
  const conflicts = names.filter((name) => {
    const isChanged = !isDeepStrictEqual(base[name], wanted[name]) && !isDeepStrictEqual(base[name], stored[name]);
    return isChanged && !isDeepStrictEqual(wanted[name], stored[name]);
  });
  const kept = names.filter((name) => isDeepStrictEqual(base[name], wanted[name]));
  const entries = names.map((name) => [name, (kept.includes(name) ? stored : wanted)[name]] as const);
  // The parts are those of the three sides.
  return { value: Object.fromEntries(entries.filter(([, part]) => part !== undefined)) as unknown as T, conflicts };
}

/** Lists without an order: what the form took out goes, what it added comes. */
export function mergeLists<T>({
  base,
  wanted,
  stored,
}: {
  base: readonly T[];
  wanted: readonly T[];
  stored: readonly T[];
}): T[] {
  const has = (list: readonly T[], one: T): boolean => list.some((other) => isDeepStrictEqual(one, other));
  const left = stored.filter((one) => has(wanted, one) || !has(base, one));
  return [...left, ...wanted.filter((one) => !has(base, one) && !has(left, one))];
}
