// Where a database stands: which migrations it has had, which it lacks, and whether it is ahead of this version.
import { collections } from '../indexes.ts';
import { SchemaError } from './errors.ts';
import { firstVersion } from './list.ts';
import type { Database, Migration } from './migration.ts';
import { readRecords, type Recorded } from './records.ts';

export interface SchemaState extends Pick<Recorded, 'indexes'> {
  /** As recorded, or that of the first databases; undefined when nothing was ever stored. */
  readonly version: number | undefined;
  /** Whether that is written down. */
  readonly isRecorded: boolean;
  /** The version that this version of the programme works with. */
  readonly wanted: number;
  readonly pending: readonly Migration[];
  /** Migrations that this version does not know, or the number of a version beyond its own. */
  readonly unknown: readonly string[];
}

/** Reads only. */
export async function readSchema(db: Database, migrations: readonly Migration[]): Promise<SchemaState> {
  const recorded = await readRecords(db);
  const names = migrations.map(({ name }) => name);
  const wanted = firstVersion + names.length;
  const unknown = recorded.begun.filter((name) => !names.includes(name));
  const isRecorded = recorded.version !== undefined;
  const isFresh = !isRecorded && unknown.length === 0 && (await isEmpty(db));
  const version = recorded.version ?? (isFresh ? undefined : firstVersion);
  return {
    ...{ version, isRecorded, wanted, indexes: recorded.indexes },
    pending: isFresh ? [] : migrations.filter(({ name }) => !recorded.done.includes(name)),
    unknown: unknown.length === 0 && (version ?? 0) > wanted ? [`version ${String(version)}`] : unknown,
  };
}

/** The sentence for a database that a newer version of the programme has worked on. */
export function newerSchema({ unknown, wanted }: SchemaState): SchemaError {
  return new SchemaError(
    `The database was written by a newer version of Mentorat Dialogue (it has ${unknown.join(', ')}; this version knows schema ${wanted}): start that version or a later one, or restore the backup made before the upgrade.`,
  );
}

/** Nothing was ever stored in any of the programme's collections. */
async function isEmpty(db: Database): Promise<boolean> {
  const found = await Promise.all(
    collections.map((name) => db.collection(name).findOne({}, { projection: { _id: 1 } })),
  );
  return found.every((one) => one === null);
}
