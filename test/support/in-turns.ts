// Many records made for a test: some at a time, so that a busy machine is not asked for more connections than there are.

const atOnce = 16;

/** Does all of them, at most sixteen at once. */
export async function inTurns<T>(items: Iterable<T>, act: (item: T) => Promise<unknown>): Promise<void> {
  const waiting = [...items].values();
  const work = async (): Promise<void> => {
    for (const item of waiting) await act(item);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
