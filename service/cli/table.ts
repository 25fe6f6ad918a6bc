// Plain columns for a terminal.

export const withoutOrders = (text: string): string => text.replace(/\p{C}+/gu, ' ');

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  // A cell may hold what somebody typed elsewhere: it makes no rows, and gives a terminal no orders.
  const all = [head, ...rows].map((row) => row.map(withoutOrders));
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
