// One of the programme's indexes in a database that others look after too: found, made, or made anew if it is provably the
// programme's own. What an operator made is accepted where it does the same, and never dropped.
import mongoose from 'mongoose';
import { SchemaError } from './migrations/errors.ts';

export interface OwnIndex {
  readonly collection: string;
  readonly key: Readonly<Record<string, unknown>>;
  readonly options: {
    readonly name: string;
    readonly unique?: boolean | undefined;
    readonly sparse?: boolean | undefined;
    readonly partialFilterExpression?: object | undefined;
  };
}

export type KeptIndex = Readonly<Record<string, unknown>> & { readonly name: string };
type Records = mongoose.mongo.Collection;

/** "collection.index", as indexes are named to people and in the database's own note. */
export const fullName = ({ collection, options }: OwnIndex): string => `${collection}.${options.name}`;

/** What an index may say without changing what it does; the simple collation is what everybody has who asks for none. */
const silent = ['v', 'ns', 'name', 'background'];

/** Key and options as text, whatever the order in which a filter is written. */
function effectOf(index: object): string {
  const { key, collation, ...rest } = index as Record<string, unknown>;
  const { locale = 'simple' } = (collation ?? {}) as { locale?: string };
  const said = Object.entries(rest).filter(
    ([name, value]) => !silent.includes(name) && value !== undefined && value !== false,
  );
  const others = locale === 'simple' ? said : [...said, ['collation', collation]];
  return JSON.stringify([Object.entries(key as object), sorted(Object.fromEntries(others) as object)]);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => JSON.stringify(sorted(one))).sort();
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}

/** Whether an index does what this one is to do, under whatever name. */
export function doesTheSame({ key, options }: OwnIndex, kept: KeptIndex): boolean {
  return effectOf({ key, ...options }) === effectOf(kept);
}

/** Of a collection that is not there, none. */
export async function listIndexes(records: Records): Promise<KeptIndex[]> {
  try {
    return (await records.listIndexes().toArray()) as KeptIndex[];
  } catch (error) {
    if (error instanceof mongoose.mongo.MongoServerError && error.codeName === 'NamespaceNotFound') return [];
    throw error;
  }
}

export interface Place {
  readonly records: Records;
  /** What the collection has. */
  readonly kept: readonly KeptIndex[];
  /** Full names of what the programme made in this database. */
  readonly own: readonly string[];
}

/**
 * Makes the index unless it is there; whether it is the programme's own now.
 * @throws SchemaError naming an index that stands in the way, or records that collide
 */
export async function ensureIndex({ records, kept, own }: Place, index: OwnIndex): Promise<boolean> {
  const isOwn = (name: string): boolean => own.includes(`${index.collection}.${name}`);
  const named = kept.find(({ name }) => name === index.options.name);
  if (named && doesTheSame(index, named)) return isOwn(named.name);
  if (kept.some((one) => doesTheSame(index, one))) return false;
  const inTheWay = [named, twinOf(index, kept)].filter((one) => one !== undefined);
  for (const { name } of inTheWay) if (!isOwn(name)) throw standsInTheWay(index, name);
  for (const { name } of inTheWay) await records.dropIndex(name);
  return make(records, index);
}

/** By these the engine tells indexes on the same keys apart; two that differ in nothing of them cannot stand together. */
const apart = ['key', 'unique', 'sparse', 'partialFilterExpression', 'collation'] as const;

/** An index of another name that the engine takes for the same one, though it is hidden or deletes records by age. */
function twinOf(index: OwnIndex, kept: readonly KeptIndex[]): KeptIndex | undefined {
  const bare = (one: object): string => {
    const all = one as Record<string, unknown>;
    return effectOf(Object.fromEntries(apart.map((name) => [name, all[name]])));
  };
  const wanted = bare({ key: index.key, ...index.options });
  return kept.find((one) => one.name !== index.options.name && bare(one) === wanted);
}

function standsInTheWay(index: OwnIndex, name: string): SchemaError {
  const { collection } = index;
  const why =
    name === index.options.name
      ? 'has the name of one that Mentorat Dialogue needs, but other keys or options'
      : `has the keys of ${fullName(index)}, which Mentorat Dialogue needs, but other options (hidden, or deleting by age)`;
  return new SchemaError(
    `The index "${name}" of the collection "${collection}" ${why}. It was not made by Mentorat Dialogue and is left alone: drop it, or make it again under another name and with other keys, then start again.`,
  );
}

/** false when the engine knows an index that does the same, written in another way. */
async function make(records: Records, index: OwnIndex): Promise<boolean> {
  const { key, options } = index;
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  try {
    await records.createIndex(key as Record<string, 1>, given, {});
    return true;
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string };
    if (code === 85 && message.startsWith('Index already exists with a different name')) return false;
    if (code !== 11000) throw error;
    throw new SchemaError(
      `The unique index "${options.name}" of the collection "${index.collection}" cannot be made, because records have the same ${Object.keys(key).join(' and ')}: see "Indexes" in docs/operations.md, mend the records, then start again.`,
    );
  }
}
