// The store on the suite's own database, with its indexes, through the connection that the service uses.
import type { Connection } from 'mongoose';
import { connect, createStore, ensureIndexes, type Store } from '../../service/store/index.ts';
import { useDatabase } from './database.ts';

export const testSecret = 'a secret of the tests only, 32 characters or more';

export interface TestStore {
  readonly store: () => Store;
  readonly connection: () => Connection;
}

/** Call inside a `describe`: the store exists from its `before` hooks to its `after` hooks. */
export function useStore(): TestStore {
  const database = useDatabase({ mayBeUsed: true });
  let open: { connection: Connection; store: Store } | undefined;

  before('open the store', async () => {
    const connection = await connect(database.uri());
    await ensureIndexes(connection);
    open = { connection, store: createStore(connection, testSecret) };
  });

  after('close the store', async () => {
    await open?.connection.close();
    open = undefined;
  });

  const ready = (): NonNullable<typeof open> => {
    if (open === undefined) throw new Error('The store is open inside tests and hooks only.');
    return open;
  };
  return { store: () => ready().store, connection: () => ready().connection };
}
