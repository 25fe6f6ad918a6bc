// Small counts are hidden before anything is stored or shown, and so is whatever would give them back by subtraction.

/** A count that may be shown, or the mark of a hidden one. */
export type Cell = { readonly shown: true; readonly count: number } | { readonly shown: false };

export const hidden: Cell = { shown: false };
export const smallestShown = 5;

/**
 * Suppresses one column of counts with its total. Counts below the threshold are hidden (zero too: "nobody" is a fact
 * about persons). If what is hidden adds up to less than the threshold, or is a single cell, it could be got back or
 * narrowed from the total: the next smallest cells are hidden too, or, where that would leave nothing, the total.
 * Source: complementary suppression, Cox 1980, J. Am. Stat. Assoc. 75 (370).
 */
export function suppressColumn(counts: readonly number[], threshold = smallestShown): { cells: Cell[]; total: Cell } {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const order = counts.map((_, index) => index).sort((a, b) => (counts[a] ?? 0) - (counts[b] ?? 0) || a - b);
  const concealed = new Set(order.filter((index) => (counts[index] ?? 0) < threshold));
  const sumHidden = (): number => [...concealed].reduce((sum, index) => sum + (counts[index] ?? 0), 0);
  for (const index of order) {
    if (concealed.size === 0 || (concealed.size >= 2 && sumHidden() >= threshold)) break;
    concealed.add(index);
  }
  const recoverable = concealed.size > 0 && (concealed.size < 2 || sumHidden() < threshold);
  return {
    cells: counts.map((count, index) => (concealed.has(index) ? hidden : { shown: true, count })),
    total: total < threshold || recoverable ? hidden : { shown: true, count: total },
  };
}
