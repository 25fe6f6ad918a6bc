// What the four stores share: their model on a connection, made once, and the answer of a unique index.
import type { Connection, Model, Schema } from 'mongoose';

export function modelOf<T>(connection: Connection, name: string, schema: Schema<T>): Model<T> {
  return (connection.models[name] as Model<T> | undefined) ?? connection.model<T>(name, schema);
}

/** What the engine says when a unique index holds the value already. */
export const DUPLICATE = 11_000;

/** A unique index says that another one came first; field: only an index that holds this one. */
export function isDuplicate(error: unknown, field?: string): boolean {
  if (!(error instanceof Error)) return false;
  const { code, keyPattern } = error as { code?: unknown; keyPattern?: object };
  return code === DUPLICATE && (field === undefined || field in (keyPattern ?? {}));
}
