// How often a trial is repeated. `npm test` does the short form of each; `npm run test:long` does the long form of every
// suite whose file is named `*.long.test.ts`, which are those that call this.

const isLong = process.env['TEST_LONG'] !== undefined;

export function rounds({ short, long }: { readonly short: number; readonly long: number }): number {
  return isLong ? long : short;
}
