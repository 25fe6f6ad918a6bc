// Whether the secret is the one that the data were written with: otherwise nothing that was sealed opens.
import { createStore } from './store/index.ts';
import type { Connection } from './wiring.ts';

/** One member's record tells; undefined while there is none. */
export async function opensWhatIsStored(connection: Connection, secret: string): Promise<boolean | undefined> {
  const someone = await connection.db?.collection<{ _id: string }>('members').findOne({}, { projection: { _id: 1 } });
  if (!someone) return undefined;
  try {
    await createStore(connection, secret).members.find(someone._id);
    return true;
  } catch {
    return false;
  }
}
