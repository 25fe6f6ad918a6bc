// Figures about few things at a time are released in blocks of whole quarters: a block is counted once, when it holds
// enough, and no two overlap. So no figure can be subtracted from another one to find what a single person did.

/** A share in percent that may be shown, or the mark of a hidden one. */
export type Rate = { readonly shown: true; readonly percent: number } | { readonly shown: false };

/** Whole quarters, both included, for example "2026-Q1" to "2026-Q3". */
export interface Block {
  readonly from: string;
  readonly until: string;
}

/** Fewest that a rate may be of. */
export const smallestDenominator = 10;
/** Below it one person would be read from a finer figure: rounded to steps of five points. */
const roundedBelow = 50;
const roundedTo = 5;

const hiddenRate: Rate = { shown: false };

/** A share as it may be shown. */
export function rateOf(part: number, whole: number): Rate {
  if (whole < smallestDenominator) return hiddenRate;
  const percent = (100 * Math.min(part, whole)) / whole;
  return {
    shown: true,
    percent: whole < roundedBelow ? Math.round(percent / roundedTo) * roundedTo : Math.round(percent),
  };
}

export interface Waiting<T> {
  /** Everything that is kept, with its quarter. */
  readonly items: readonly T[];
  readonly quarterOf: (item: T) => string;
  /** What was released last. */
  readonly last?: Block;
  /** The first quarter to which something may still be added. */
  readonly before: string;
  /** Fewest items of a block. */
  readonly least: number;
}

/** The next block with what it counts; undefined as long as it holds too little. */
export function nextBlock<T>({
  items,
  quarterOf,
  last,
  before,
  least,
}: Waiting<T>): { block: Block; counted: T[] } | undefined {
  const isDue = (quarter: string): boolean => quarter < before && (!last || quarter > last.until);
  const counted = items.filter((item) => isDue(quarterOf(item)));
  if (counted.length < least) return undefined;
  const quarters = counted.map(quarterOf).sort();
  return { block: { from: quarters[0] ?? before, until: quarters.at(-1) ?? before }, counted };
}
