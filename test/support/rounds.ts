// How often a trial is repeated. `npm test` does the short form of each; `npm run test:long` does the long form of every
// suite whose file is named `*.long.test.ts`, which are those that call this.

const isLong = process.env['TEST_LONG'] !== undefined;

export function rounds({ short, long }: { readonly short: number; readonly long: number }): number {
  return isLong ? long : short;
}

/** The first so many in the short form, all of them in the long one. */
export function someOf<T>(all: readonly T[], short: number): readonly T[] {
  return all.slice(0, rounds({ short, long: all.length }));
}

/** Language and width of a window, so that the first two show both of each. */
export const looks = [
  ['fr', 360],
  ['en', 1280],
  ['fr', 1280],
  ['en', 360],
] as const;
