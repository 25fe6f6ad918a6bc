// Brings a database to the schema of this version before anything else is done with it. Of several copies that start
// together one does the work and the others wait; what a killed copy leaves half done, the next one goes on with.
import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import { firstIndexes } from '../first-indexes.ts';
import { ensureIndexes, missingIndexes } from '../indexes.ts';
import type { OwnIndex } from '../own-index.ts';
import { SchemaError } from './errors.ts';
import { LeaseLost, takeLease } from './lease.ts';
import { migrations as all } from './list.ts';
import type { Database, Migration } from './migration.ts';
import { markNotNeeded, noteIndexes, saveVersion } from './records.ts';
import { runMigrations, type MigrationProgress } from './run.ts';
import { newerSchema, readSchema, type SchemaState } from './state.ts';

export { SchemaError } from './errors.ts';
export { inBatches, type Migration, type MigrationContext } from './migration.ts';
export type { MigrationProgress } from './run.ts';
export { newerSchema, type SchemaState } from './state.ts';

export interface SchemaOptions {
  readonly secret: string;
  /** Indexes of collections that other rooms keep. */
  readonly indexes: readonly OwnIndex[];
  /** refuse: leave an older database as it is, and say so. */
  readonly older?: 'migrate' | 'refuse';
  readonly migrations?: readonly Migration[];
  /** So long a copy may be silent before another one takes over. */
  readonly leaseMs?: number;
  /** How often a copy that waits looks again. */
  readonly pollMs?: number;
  readonly onProgress?: (progress: MigrationProgress) => void;
  /** Told once when another copy is at work. */
  readonly onWait?: () => void;
}

/** Where the database stands; reads only. */
export async function schemaState(
  connection: Connection,
  migrations: readonly Migration[] = all,
): Promise<SchemaState> {
  return readSchema(databaseOf(connection), migrations);
}

/**
 * Migrates, makes the indexes, and writes the version down. Touches nothing when everything is as it should be.
 * @throws SchemaError for a database of a newer version, and for one that cannot be brought to this one
 */
export async function prepareSchema(connection: Connection, options: SchemaOptions): Promise<void> {
  const { leaseMs = 30_000, pollMs = 250, onWait = () => undefined, indexes } = options;
  const db = databaseOf(connection);
  for (let isWaiting = false; ;) {
    const state = await checked(db, options);
    const isReady = state.isRecorded && state.version === state.wanted && state.pending.length === 0;
    if (isReady && (await missingIndexes(connection, indexes)).length === 0) return;
    const lease = await takeLease(db, leaseMs);
    if (lease) {
      try {
        // Another copy may have done all of it between the look and the lease.
        await work(connection, { ...options, lease });
        return;
      } catch (error) {
        if (!(error instanceof LeaseLost)) throw error;
      } finally {
        // With the database away it runs out by itself.
        await lease.release().catch(() => undefined);
      }
    } else if (!isWaiting) {
      isWaiting = true;
      onWait();
    }
    await pause(pollMs);
  }
}

/** @throws SchemaError for a newer database, and for an older one that is to be left alone */
async function checked(db: Database, { migrations = all, older = 'migrate' }: SchemaOptions): Promise<SchemaState> {
  const state = await readSchema(db, migrations);
  if (state.unknown.length > 0) throw newerSchema(state);
  if (older === 'refuse' && state.pending.length > 0) {
    throw new SchemaError(
      `The database is of an older version (schema ${state.version ?? 'none'}, this version needs ${state.wanted}): run "npm run mentorat -- migrate", or start the service, which does the same.`,
    );
  }
  return state;
}

type Work = SchemaOptions & { readonly lease: NonNullable<Awaited<ReturnType<typeof takeLease>>> };

async function work(connection: Connection, options: Work): Promise<void> {
  const { migrations = all, secret, lease, indexes, onProgress = () => undefined } = options;
  const db = databaseOf(connection);
  const state = await checked(db, options);
  if (state.version === undefined) await markNotNeeded(db, migrations);
  else if (state.pending.length > 0) await runMigrations({ db, secret, migrations, lease, onProgress });
  lease.check();
  const own = await ensureIndexes(connection, {
    others: indexes,
    own: state.indexes ?? (state.version === undefined ? [] : firstIndexes),
  });
  await noteIndexes(db, own);
  await saveVersion(db, state.wanted);
}

function databaseOf(connection: Connection): Database {
  if (!connection.db) throw new Error('The schema is looked at on an open connection.');
  return connection.db;
}
