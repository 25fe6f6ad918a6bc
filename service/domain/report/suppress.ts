// Small counts are hidden before anything is stored or shown, and so is whatever would give them back by subtraction.

/** A count that may be shown, or the mark of a hidden one. */
export type Cell = { readonly shown: true; readonly count: number } | { readonly shown: false };

export const hidden: Cell = { shown: false };
export const smallestShown = 5;

/** What one cell counts. persons: the fewest distinct persons on any side (for pairs: mentees or mentors), else the count. */
export interface Tally {
  readonly count: number;
  readonly persons: number;
}

export interface SuppressOptions {
  /** Fewest persons that a shown cell may stand for. */
  readonly threshold?: number;
  /** A column about the same persons, in the same order: what is hidden there is hidden here. */
  readonly within?: readonly Cell[];
}

/**
 * Suppresses one column of tallies with its total. What stands for fewer persons than the threshold is hidden (zero too:
 * "nobody" is a fact about persons). The total would give a single hidden cell back, and narrow several: so unless a
 * larger one is hidden already, the next one by persons is always hidden with them; every one of that size, or the
 * choice among equals would tell; by persons, so that columns about the same persons hide the same cells. Whoever knows
 * this rule still sees the same column when the hidden counts are exchanged among their labs, so none can be got back,
 * nor which of them is a small one. If all are small, the total is shown as long as each could still be zero.
 * Source: complementary suppression, Cox 1980, J. Am. Stat. Assoc. 75 (370), 377-385; against attackers who know the
 * rule: Wong et al. 2007, Minimality attack in privacy preserving data publishing, VLDB, 543-554.
 */
export function suppressColumn(
  tallies: readonly Tally[],
  all: Tally,
  { threshold = smallestShown, within = [] }: SuppressOptions = {},
): { cells: Cell[]; total: Cell } {
  const small = tallies.filter(({ persons }) => persons < threshold);
  const linked = tallies.filter((_, index) => within[index]?.shown === false);
  const concealed = new Set([...small, ...linked]);
  if (concealed.size > 0 && concealed.size === small.length) {
    const others = tallies.filter((tally) => !concealed.has(tally));
    const fewest = Math.min(...others.map(({ persons }) => persons));
    for (const tally of others) if (tally.persons === fewest) concealed.add(tally);
  }
  const areAllSmall = small.length > 0 && concealed.size === small.length;
  const personsInSmall = small.reduce((sum, { persons }) => sum + persons, 0);
  const isNarrow = areAllSmall && personsInSmall > (threshold - 1) * (small.length - 1);
  return {
    cells: tallies.map((tally) => (concealed.has(tally) ? hidden : { shown: true, count: tally.count })),
    total: all.persons < threshold || isNarrow ? hidden : { shown: true, count: all.count },
  };
}
