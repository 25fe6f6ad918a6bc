// Hundreds of records in one command, past the mapper, which costs two milliseconds a record. Whoever writes here gives
// what the schema asks for; each write is still conditional by itself, so a command that dies half way does no harm.
import mongoose, { type Connection } from 'mongoose';
import type { Filter, StoredRecord, StoredSchema } from './collection.ts';

export type Raw = mongoose.mongo.Collection<StoredRecord>;

/** Records that the server sends, and the process takes in, at a time: some milliseconds of work. */
const chunkSize = 250;

/** The driver's own collection of a schema. */
export function rawOf(connection: Connection, schema: StoredSchema): Raw {
  return connection
    .getClient()
    .db(connection.name)
    .collection<StoredRecord>(String(schema.get('collection')));
}

/** The ids that were stored; what a unique index holds already is left out. */
export async function insertAll(collection: Raw, records: readonly StoredRecord[]): Promise<Set<string>> {
  if (records.length === 0) return new Set();
  const taken = new Set<number>();
  try {
    await collection.insertMany([...records], { ordered: false, ignoreUndefined: true });
  } catch (error) {
    const errors = error instanceof mongoose.mongo.MongoBulkWriteError ? [error.writeErrors].flat() : [];
    if (errors.length === 0 || errors.some(({ code }) => code !== 11000)) throw error;
    for (const { index } of errors) taken.add(index);
  }
  return new Set(records.filter((_, index) => !taken.has(index)).map(({ _id }) => _id));
}

/** The fields asked for of the records that match, in chunks: between two of them the process does other things. */
export async function* readAll<T>(
  collection: Raw,
  filter: Filter,
  { fields, order = {} }: { fields: readonly string[]; order?: Readonly<Record<string, 1 | -1>> },
): AsyncGenerator<T[]> {
  const projection = Object.fromEntries(fields.map((field) => [field, 1]));
  const cursor = collection.find(filter, { projection, sort: order, batchSize: chunkSize });
  try {
    while (await cursor.hasNext()) {
      // Sound because the strict schema lets nothing in but what the domain gave.
      yield cursor.readBufferedDocuments().map(({ _id: id, ...rest }) => ({ id, ...rest }) as unknown as T);
    }
  } finally {
    await cursor.close();
  }
}

/** Lets the process answer whoever waits. */
export async function breathe(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** Slices of a long list, with a breath between two of them. */
export async function* slicesOf<T>(items: readonly T[], size = chunkSize): AsyncGenerator<readonly T[]> {
  for (let from = 0; from < items.length; from += size) {
    if (from > 0) await breathe();
    yield items.slice(from, from + size);
  }
}
