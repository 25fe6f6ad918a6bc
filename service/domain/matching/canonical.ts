// One order for people that does not depend on how the caller listed them.

/** A copy sorted by a text of each item, ascending by UTF-16 code units. */
export function byText<T>(items: readonly T[], textOf: (item: T) => string): T[] {
  return [...items].sort((a, b) => {
    const x = textOf(a);
    const y = textOf(b);
    return x < y ? -1 : x > y ? 1 : 0;
  });
}
