// A database on the run's real engine for each suite: fresh, or emptied after another suite of the same process.
import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { databaseUri } from '../../service/store/engine/index.ts';
import { sharedEngineUri } from './engine.ts';

export interface TestDatabase {
  /** Names the suite's own database; for code that connects by itself. */
  uri(): string;
  connection(): mongoose.Connection;
}

/** Databases of suites that are over, emptied. Making the programme's indexes takes ten times as long as finding them. */
const emptied: string[] = [];

/** What says of which version the database is. */
const kept = ['schema', 'migrations'];

interface Wanted {
  /** Whether it may hold the programme's indexes already; for what is not about them. */
  readonly mayBeUsed?: boolean;
}

/** Call inside a `describe`: the database exists from its `before` hooks to its `after` hooks. */
export function useDatabase({ mayBeUsed = false }: Wanted = {}): TestDatabase {
  let open: { uri: string; connection: mongoose.Connection } | undefined;

  before('open a database', async () => {
    const used = mayBeUsed ? emptied.pop() : undefined;
    const uri = used ?? databaseUri(sharedEngineUri(), `test_${randomUUID().slice(0, 13)}`);
    open = { uri, connection: await mongoose.createConnection(uri).asPromise() };
  });

  after('drop or empty the database', async () => {
    if (!open) return;
    const { uri, connection } = open;
    await (mayBeUsed ? empty(connection) : connection.dropDatabase());
    if (mayBeUsed) emptied.push(uri);
    await connection.close();
    open = undefined;
  });

  const ready = (): NonNullable<typeof open> => {
    if (open === undefined) throw new Error('The database is open inside tests and hooks only.');
    return open;
  };
  return { uri: () => ready().uri, connection: () => ready().connection };
}

/** All records of all collections but those, by one command. */
export async function empty(connection: mongoose.Connection, but: readonly string[] = kept): Promise<void> {
  const collections = (await connection.db?.collections()) ?? [];
  const filled = collections.filter(({ collectionName }) => !but.includes(collectionName));
  const deeds = filled.map(({ namespace }) => ({ name: 'deleteMany', namespace, filter: {} }) as const);
  if (deeds.length > 0) await connection.getClient().bulkWrite(deeds);
}
