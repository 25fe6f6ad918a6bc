// One order for people that does not depend on how the caller listed them.
import type { MatchInput } from './types.ts';

/** The input with mentees by request id and mentors by personId: the order of a certificate's arrays. */
export function canonical(input: MatchInput): MatchInput {
  const mentees = byText(input.mentees, ({ id }) => id);
  const mentors = byText(input.mentors, ({ personId }) => personId);
  return { ...input, mentees, mentors };
}

/** A copy sorted by a text of each item, ascending by UTF-16 code units. */
export function byText<T>(items: readonly T[], textOf: (item: T) => string): T[] {
  const texts = items.map(textOf);
  const order = [...texts.keys()].sort((a, b) => {
    const [x, y] = [texts[a] as string, texts[b] as string];
    return x < y ? -1 : x > y ? 1 : a - b;
  });
  return order.map((at) => items[at] as T);
}
