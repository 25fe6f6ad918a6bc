// The one shape of every sweep: take what is due in batches, do each by itself, so that one bad record stops nobody else.
import type { Ports } from './ports.ts';

export interface SweepCount {
  readonly done: number;
  readonly failed: number;
}

/** Records taken at a time. */
const batchSize = 200;

export interface Sweep<T> {
  readonly name: string;
  readonly list: (limit: number) => Promise<readonly T[]>;
  readonly act: (item: T) => Promise<unknown>;
}

/** Records in hand at a time: while the database writes for one, the next ones are thought about. */
const lanes = 8;

/** Goes on as long as a batch brings something new; what failed stays due and is met again at the next sweep. */
export async function sweep<T extends { readonly id: string }>(
  ports: Pick<Ports, 'noteFailure'>,
  { name, list, act }: Sweep<T>,
): Promise<SweepCount> {
  const failed = new Set<string>();
  let done = 0;
  for (;;) {
    const items = await list(batchSize + failed.size);
    const fresh = items.filter(({ id }) => !failed.has(id));
    if (fresh.length === 0) return { done, failed: failed.size };
    const waiting = fresh.values();
    const work = async (): Promise<void> => {
      for (const item of waiting) {
        try {
          await act(item);
          done += 1;
        } catch (error) {
          ports.noteFailure(name, error);
          failed.add(item.id);
        }
      }
    };
    await Promise.all(Array.from({ length: lanes }, work));
  }
}
