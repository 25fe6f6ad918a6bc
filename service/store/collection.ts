// One collection as the repositories see it: domain objects in and out, sealed fields, conditional writes.
import mongoose, { Schema, type Connection, type Model, type SchemaDefinition, type UpdateQuery } from 'mongoose';
import type { Due } from '../domain/follow-up.ts';
import { checkChange, checkNew, statesWithDue, type Life } from '../domain/life.ts';
import type { Change } from '../usecases/ports.ts';
import type { Cipher } from './cipher.ts';

export type Filter = Readonly<Record<string, unknown>>;
export type StoredRecord = Record<string, unknown> & { _id: string };
export type StoredSchema = Schema<StoredRecord>;

/** Unknown fields are refused, empty objects kept, nothing is added: what is written is what the domain gave. */
const plain = { strict: 'throw', minimize: false, id: false, versionKey: false } as const;

/** A collection's schema. Indexes are made by `ensureIndexes`, never on the way. */
export function schemaOf(collection: string, definition: SchemaDefinition): StoredSchema {
  const withId = { _id: { type: String, required: true }, ...definition };
  return new Schema<StoredRecord>(withId, { ...plain, collection, autoIndex: false, autoCreate: false });
}

/** A value object inside a record. */
export function part(definition: SchemaDefinition): Schema {
  return new Schema(definition, { ...plain, _id: false });
}

/** Gives a record its place in the list of what waits, as long as its state has a due instant of its own. */
export function indexDue(schema: StoredSchema, life: Life<string>): void {
  schema.add({ due: part({ step: { type: String, required: true }, at: { type: Date, required: true } }) });
  const partialFilterExpression = { status: { $in: statesWithDue(life) }, 'due.at': { $exists: true } };
  schema.index({ 'due.at': 1 }, { name: 'due_of_live', partialFilterExpression });
}

/** The collection's model on a connection, made once. */
export function modelOf(connection: Connection, schema: StoredSchema): Model<StoredRecord> {
  const name = String(schema.get('collection'));
  return (connection.models[name] as Model<StoredRecord> | undefined) ?? connection.model<StoredRecord>(name, schema);
}

/** What `write` gives, or `otherwise` if a unique index holds somebody else's record already. */
export async function unlessTaken<R, S>(write: Promise<R>, otherwise: S): Promise<R | S> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof mongoose.mongo.MongoServerError && error.code === 11000) return otherwise;
    throw error;
  }
}

export interface CollectionParts {
  readonly schema: StoredSchema;
  readonly cipher: Cipher;
  /** Text fields that are encrypted at rest. */
  readonly sealed?: readonly string[];
  /** Changes of status that the table does not know are refused, by whatever way they come. */
  readonly life?: Life<string>;
}

/** Lets a record through as long as it waits for what it waited for. */
export function waitingStill(due: Due | undefined): Filter {
  return due ? { 'due.step': due.step, 'due.at': due.at } : {};
}

/** The states that a filter lets through. */
function statesIn({ status }: Filter): readonly string[] {
  return typeof status === 'string' ? [status] : ((status as { $in?: readonly string[] } | undefined)?.$in ?? []);
}

export class Collection<T extends { readonly id: string }> {
  readonly #model: Model<StoredRecord>;
  readonly #cipher: Cipher;
  readonly #sealed: readonly string[];
  readonly #life: Life<string> | undefined;

  constructor(connection: Connection, { schema, cipher, sealed = [], life }: CollectionParts) {
    this.#model = modelOf(connection, schema);
    this.#cipher = cipher;
    this.#sealed = sealed;
    this.#life = life;
  }

  async findOne(filter: Filter): Promise<T | undefined> {
    return this.#toDomain(await this.#model.findOne(filter).lean<StoredRecord>());
  }

  async list(filter: Filter, order: Readonly<Record<string, 1 | -1>> = {}, limit = 0): Promise<T[]> {
    const records = await this.#model.find(filter).sort(order).limit(limit).lean<StoredRecord[]>();
    return records.map((record) => this.#toDomain(record));
  }

  /** false when a unique index holds another record already. */
  async insert({ id, ...fields }: T): Promise<boolean> {
    if (this.#life) checkNew(this.#life, fields);
    const write = this.#model.create([{ _id: id, ...this.#seal(id, fields) }]);
    return unlessTaken(
      write.then(() => true),
      false,
    );
  }

  /** Applies the change if the record is still as `expected`; undefined otherwise, or when a unique index forbids it. */
  async change(id: string, expected: Filter, change: Change<Omit<T, 'id'>>): Promise<T | undefined> {
    if (this.#life) checkChange(this.#life, statesIn(expected), change);
    const entries = Object.entries(change as Record<string, unknown>);
    const kept = Object.fromEntries(entries.filter(([, value]) => value !== null));
    const removed = entries.filter(([, value]) => value === null).map(([field]) => [field, 1]);
    return this.update(
      { ...expected, _id: id },
      { $set: this.#seal(id, kept), $unset: Object.fromEntries(removed) as Record<string, 1> },
    );
  }

  /** One atomic write, given as operators or as a pipeline; the record as it is afterwards, undefined if none matched. */
  async update(filter: Filter, update: UpdateQuery<StoredRecord> | mongoose.PipelineStage[]): Promise<T | undefined> {
    const options = { returnDocument: 'after', updatePipeline: Array.isArray(update) } as const;
    const write = this.#model.findOneAndUpdate(filter, update, options);
    return this.#toDomain(await unlessTaken(write.lean<StoredRecord>().exec(), null));
  }

  /** One atomic write; whether a record matched. */
  async touch(filter: Filter, update: UpdateQuery<StoredRecord>): Promise<boolean> {
    return (await this.#model.updateOne(filter, update)).matchedCount === 1;
  }

  /** Records whose due instant is at or before `until`, oldest first. */
  async listDue(until: Date, limit: number): Promise<T[]> {
    const states = this.#life ? statesWithDue(this.#life) : [];
    return this.list({ status: { $in: states }, 'due.at': { $lte: until } }, { 'due.at': 1 }, limit);
  }

  /** Live records that lack what their state waits for. */
  async listForgotten(limit: number): Promise<T[]> {
    const states = this.#life ? statesWithDue(this.#life) : [];
    return this.list({ status: { $in: states }, 'due.at': { $exists: false } }, {}, limit);
  }

  async remind(id: string, due: Due): Promise<boolean> {
    return this.touch({ _id: id, due: { $exists: false } }, { $set: { due } });
  }

  /** Deletes the record if it still is as `expected`; whether it did. */
  async remove(id: string, expected: Filter): Promise<boolean> {
    return (await this.#model.deleteOne({ ...expected, _id: id })).deletedCount === 1;
  }

  /** Moves `due` on if it still is `done`: of several copies of the service, one gets true. */
  async advance(id: string, done: Due, next: Due | undefined): Promise<boolean> {
    return this.touch({ _id: id, ...waitingStill(done) }, next ? { $set: { due: next } } : { $unset: { due: 1 } });
  }

  #seal(id: string, fields: object): Record<string, unknown> {
    return this.#mapSealed({ ...fields }, (field, clear) => this.#cipher.seal(clear, this.#placeOf(id, field)));
  }

  #toDomain(record: StoredRecord): T;
  #toDomain(record: StoredRecord | null): T | undefined;
  #toDomain(record: StoredRecord | null): T | undefined {
    if (!record) return undefined;
    const { _id: id, ...fields } = record;
    const opened = this.#mapSealed(fields, (field, sealed) => this.#cipher.open(sealed, this.#placeOf(id, field)));
    // Sound because the strict schema lets nothing in but what `insert` and `change` were given.
    return { id, ...opened } as unknown as T;
  }

  #mapSealed(fields: Record<string, unknown>, map: (field: string, text: string) => string): Record<string, unknown> {
    for (const field of this.#sealed) {
      const text = fields[field];
      if (typeof text === 'string') fields[field] = map(field, text);
    }
    return fields;
  }

  #placeOf(id: string, field: string): { collection: string; id: string; field: string } {
    return { collection: this.#model.collection.name, id, field };
  }
}
