// What a migration is, and how it goes through a collection: in batches, each of which may be the last before a crash.
import type mongoose from 'mongoose';
import type { StoredRecord } from '../collection.ts';

export type Database = mongoose.mongo.Db;

export interface MigrationContext {
  readonly db: Database;
  /** The service's own, for fields that are sealed or hashed. */
  readonly secret: string;
  /** Says how far the migration is. @throws LeaseLost when another copy has taken over: nothing may be written then. */
  readonly progress: (done: number, total: number) => void;
}

/**
 * One step from a schema version to the next. It may end at any moment, by a crash too, and is then run again from its
 * beginning: each of its writes has to be harmless when repeated.
 */
export interface Migration {
  /** Version that it leads to in four digits, and what it does: "0002-hours-in-minutes", like its file. */
  readonly name: string;
  /** For operators: what changes, in a few words. */
  readonly title: string;
  /** How many records it has still to change; reads only. */
  readonly count: (context: Pick<MigrationContext, 'db' | 'secret'>) => Promise<number>;
  readonly up: (context: MigrationContext) => Promise<void>;
}

/** A migration's records: those that are still of the old shape, so that what is done is not found again. */
export interface Batched {
  readonly collection: string;
  readonly todo: Readonly<Record<string, unknown>>;
  /** Records handed over at a time. */
  readonly size?: number;
}

type Records = mongoose.mongo.Collection<StoredRecord>;

/**
 * Hands over what is still to be changed, in the order of ids; `change` makes them such that `todo` finds them no more, by
 * writes that say in their filter what they expect.
 */
export async function inBatches(
  { db, progress }: MigrationContext,
  { collection, todo, size = 500 }: Batched,
  change: (records: readonly StoredRecord[], collection: Records) => Promise<void>,
): Promise<void> {
  const records = db.collection<StoredRecord>(collection);
  const total = await records.countDocuments(todo);
  let done = 0;
  let last: string | undefined;
  for (;;) {
    progress(done, total);
    const after = last === undefined ? todo : { $and: [todo, { _id: { $gt: last } }] };
    const batch = await records.find(after, { sort: { _id: 1 }, limit: size }).toArray();
    last = batch.at(-1)?._id;
    if (last === undefined) return;
    progress(done, total);
    await change(batch, records);
    done += batch.length;
  }
}
