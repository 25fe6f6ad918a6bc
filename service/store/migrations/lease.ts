// Which copy of the service works on the schema: one document, held for a while and renewed. All instants are the
// database's own, so that machines whose clocks differ agree.
import { randomUUID } from 'node:crypto';
import { unlessTaken } from '../collection.ts';
import type { Database } from './migration.ts';

/** The copy was silent for too long, and another one may have taken over. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

export interface Lease {
  /** @throws LeaseLost */
  check(): void;
  release(): Promise<void>;
}

interface LeaseRecord {
  readonly _id: 'lease';
  readonly holder?: string;
  readonly until: Date;
}

const leases = (db: Database) => db.collection<LeaseRecord>('schema');
const theLease = { _id: 'lease' } as const;

/** undefined as long as another copy holds it. */
export async function takeLease(db: Database, leaseMs: number): Promise<Lease | undefined> {
  const holder = randomUUID();
  const until = { $add: ['$$NOW', leaseMs] };
  const first = leases(db).updateOne(theLease, { $setOnInsert: { until: new Date(0) } }, { upsert: true });
  await unlessTaken(first, undefined);
  let validUntil = performance.now() + leaseMs;
  const free = { ...theLease, $expr: { $lte: ['$until', '$$NOW'] } };
  const { matchedCount } = await leases(db).updateOne(free, [{ $set: { holder, until } }]);
  if (matchedCount === 0) return undefined;
  let renewing: Promise<unknown> = Promise.resolve();
  const renew = async (): Promise<void> => {
    const asked = performance.now();
    const renewed = await leases(db).updateOne({ ...theLease, holder }, [{ $set: { until } }]);
    validUntil = renewed.matchedCount === 1 ? asked + leaseMs : -Infinity;
  };
  // While the database is away the lease runs out by itself.
  const timer = setInterval(() => (renewing = renew().catch(() => undefined)), leaseMs / 3);
  timer.unref();
  return {
    check() {
      if (performance.now() > validUntil) throw new LeaseLost('another copy works on the schema');
    },
    async release() {
      clearInterval(timer);
      await renewing;
      await leases(db).updateOne({ ...theLease, holder }, { $set: { until: new Date(0) }, $unset: { holder: '' } });
    },
  };
}
