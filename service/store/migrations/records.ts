// What a database says of its schema: a record for each migration, which umzug asks for, and one document with the version.
import type { UmzugStorage } from 'umzug';
import { unlessTaken } from '../collection.ts';
import { firstVersion } from './list.ts';
import type { Database, Migration } from './migration.ts';

/** Noted when it begins: an older version must not start on what is half of a newer one. */
interface MigrationRecord {
  readonly _id: string;
  readonly begunAt: Date;
  readonly doneAt?: Date;
  readonly seconds?: number;
  /** The database was made by a version that knew it already. */
  readonly notNeeded?: boolean;
}

interface SchemaNote {
  readonly _id: 'version';
  readonly version: number;
  /** The indexes that are the programme's own, as "collection.index": only these may ever be dropped. */
  readonly indexes?: readonly string[];
}

const records = (db: Database) => db.collection<MigrationRecord>('migrations');
const notes = (db: Database) => db.collection<SchemaNote>('schema');
const theNote = { _id: 'version' } as const;

/** Records in MongoDB for umzug. */
export function recordsOf(db: Database): UmzugStorage & { begin(name: string): Promise<void> } {
  return {
    executed: async () =>
      (
        await records(db)
          .find({ doneAt: { $exists: true } })
          .toArray()
      ).map(({ _id }) => _id),
    async begin(name) {
      await unlessTaken(
        records(db).updateOne({ _id: name }, { $setOnInsert: { begunAt: new Date() } }, { upsert: true }),
        undefined,
      );
    },
    async logMigration({ name }) {
      const doneAt = new Date();
      const seconds = { $round: [{ $divide: [{ $subtract: [doneAt, '$begunAt'] }, 1000] }, 1] };
      await records(db).updateOne({ _id: name, doneAt: { $exists: false } }, [{ $set: { doneAt, seconds } }]);
    },
    async unlogMigration({ name }) {
      await records(db).deleteOne({ _id: name });
    },
  };
}

/** In a database that nobody has used yet there is nothing to change. */
export async function markNotNeeded(db: Database, all: readonly Migration[]): Promise<void> {
  const at = new Date();
  for (const { name } of all) {
    const $setOnInsert = { begunAt: at, doneAt: at, notNeeded: true };
    await unlessTaken(records(db).updateOne({ _id: name }, { $setOnInsert }, { upsert: true }), undefined);
  }
}

export interface Recorded {
  /** undefined: no version was ever written. */
  readonly version: number | undefined;
  readonly indexes: readonly string[] | undefined;
  /** Names of the migrations that were begun, and of those that were done. */
  readonly begun: readonly string[];
  readonly done: readonly string[];
}

export async function readRecords(db: Database): Promise<Recorded> {
  const [note, all] = await Promise.all([notes(db).findOne(theNote), records(db).find().sort({ _id: 1 }).toArray()]);
  return {
    version: note?.version,
    indexes: note?.indexes,
    begun: all.map(({ _id }) => _id),
    done: all.filter(({ doneAt }) => doneAt !== undefined).map(({ _id }) => _id),
  };
}

/** Only ever raised: a copy that was slow does not take it back. */
export async function saveVersion(db: Database, version: number): Promise<void> {
  const save = (): Promise<unknown> => notes(db).updateOne(theNote, { $max: { version } }, { upsert: true });
  await unlessTaken(save(), undefined);
}

/** Adds to the indexes that are the programme's own. */
export async function noteIndexes(db: Database, names: readonly string[]): Promise<void> {
  const change = { $addToSet: { indexes: { $each: [...names] } }, $setOnInsert: { version: firstVersion } };
  await notes(db).updateOne(theNote, change, { upsert: true });
}
