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

/**
 * Suppresses one column of tallies with its total. What stands for fewer persons than the threshold is hidden (zero too:
 * "nobody" is a fact about persons). If the hidden cells are a single one, or add up to less than the threshold, the
 * total would give them back or narrow them: the next smallest cells are hidden too, or, where none is left, the total.
 * Source: complementary suppression, Cox 1980, J. Am. Stat. Assoc. 75 (370), 377-385.
 */
export function suppressColumn(
  tallies: readonly Tally[],
  all: Tally,
  threshold = smallestShown,
): { cells: Cell[]; total: Cell } {
  const concealed = new Set(tallies.filter(({ persons }) => persons < threshold));
  const enough = (): boolean =>
    concealed.size >= 2 && [...concealed].reduce((sum, { count }) => sum + count, 0) >= threshold;
  const byCount = [...tallies].sort((a, b) => a.count - b.count);
  for (const tally of byCount) {
    if (concealed.size === 0 || enough()) break;
    concealed.add(tally);
  }
  const totalHidden = all.persons < threshold || (concealed.size > 0 && !enough());
  return {
    cells: tallies.map((tally) => (concealed.has(tally) ? hidden : { shown: true, count: tally.count })),
    total: totalHidden ? hidden : { shown: true, count: all.count },
  };
}
