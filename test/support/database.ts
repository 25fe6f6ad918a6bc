// A fresh database on the run's real engine for each suite.
import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { databaseUri } from '../../service/store/engine/index.ts';
import { sharedEngineUri } from './engine.ts';

export interface TestDatabase {
  /** Names the suite's own database; for code that connects by itself. */
  uri(): string;
  connection(): mongoose.Connection;
}

/** Call inside a `describe`: the database exists from its `before` hooks to its `after` hooks. */
export function useDatabase(): TestDatabase {
  let open: { uri: string; connection: mongoose.Connection } | undefined;

  before('open a fresh database', async () => {
    const uri = databaseUri(sharedEngineUri(), `test_${randomUUID().slice(0, 13)}`);
    open = { uri, connection: await mongoose.createConnection(uri).asPromise() };
  });

  after('drop the database', async () => {
    await open?.connection.dropDatabase();
    await open?.connection.close();
    open = undefined;
  });

  const ready = (): NonNullable<typeof open> => {
    if (open === undefined) throw new Error('The database is open inside tests and hooks only.');
    return open;
  };
  return { uri: () => ready().uri, connection: () => ready().connection };
}
