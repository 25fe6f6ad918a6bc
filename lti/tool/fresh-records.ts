// The first page follows its launch at once, nearly always in the same process: the record just written is kept for it, for
// five seconds and for one use, so that a launch costs one database operation in all.
import type { SessionRecord } from './ports.ts';

const LIFE_MS = 5_000;
const MOST = 1_000;

export interface FreshRecords {
  put(record: SessionRecord): void;
  /** Gives the record once; undefined afterwards, and when it is older than its life. */
  take(id: string): SessionRecord | undefined;
  drop(id: string): void;
  dropAll(): void;
}

export function createFreshRecords(): FreshRecords {
  const kept = new Map<string, { record: SessionRecord; until: number }>();
  return {
    put: (record) => {
      const [oldest] = kept.keys();
      if (kept.size >= MOST && oldest !== undefined) kept.delete(oldest);
      kept.set(record.id, { record, until: performance.now() + LIFE_MS });
    },
    take: (id) => {
      const found = kept.get(id);
      kept.delete(id);
      return found !== undefined && performance.now() < found.until ? found.record : undefined;
    },
    drop: (id) => {
      kept.delete(id);
    },
    dropAll: () => {
      kept.clear();
    },
  };
}
