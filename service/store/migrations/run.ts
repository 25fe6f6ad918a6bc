// Runs what is pending, one migration after the other, by umzug.
import { describeError } from '../../../lti/log/index.ts';
import { SchemaError } from './errors.ts';
import { LeaseLost, type Lease } from './lease.ts';
import { firstVersion } from './list.ts';
import type { Database, Migration } from './migration.ts';
import { recordsOf, saveVersion } from './records.ts';

export interface MigrationProgress {
  readonly migration: string;
  readonly title: string;
  readonly done: number;
  readonly total: number;
}

export interface RunParts {
  readonly db: Database;
  readonly secret: string;
  readonly migrations: readonly Migration[];
  readonly lease: Lease;
  readonly onProgress: (progress: MigrationProgress) => void;
}

/** @throws SchemaError when a migration fails, LeaseLost when another copy has taken over */
export async function runMigrations({ db, secret, migrations, lease, onProgress }: RunParts): Promise<void> {
  // Loaded only now: it brings a command line of its own, which costs every start a quarter of a second.
  const { Umzug } = await import('umzug');
  const records = recordsOf(db);
  const umzug = new Umzug({
    migrations: migrations.map(({ name, title, up }, index) => ({
      name,
      async up() {
        lease.check();
        await records.begin(name);
        const progress = (done: number, total: number): void => {
          lease.check();
          onProgress({ migration: name, title, done, total });
        };
        await up({ db, secret, progress });
        lease.check();
        // Written before the record: a copy that knows this version only must never find the record without it.
        await saveVersion(db, firstVersion + index + 1);
      },
    })),
    storage: records,
    logger: undefined,
  });
  try {
    await umzug.up();
  } catch (error) {
    throw failureOf(error);
  }
}

/** The words of the error itself may hold somebody's data: they stay in `cause`, which no sentence shows. */
function failureOf(error: unknown): unknown {
  const { cause, migration } = error as { cause?: unknown; migration?: { name: string } };
  if (cause instanceof LeaseLost || migration === undefined) return cause ?? error;
  const { kind, code } = describeError(cause);
  const what = code === undefined ? kind : `${kind} ${code}`;
  const sentence = `The migration ${migration.name} failed (${what}). What it has done is kept: mend the cause and start again, it goes on from there.`;
  return new SchemaError(sentence, { cause });
}
