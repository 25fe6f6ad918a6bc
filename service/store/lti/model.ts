// What the four stores share: their model on a connection, made once, and the answer of a unique index.
import type { Connection, Model, Schema } from 'mongoose';

export function modelOf<T>(connection: Connection, name: string, schema: Schema<T>): Model<T> {
  return (connection.models[name] as Model<T> | undefined) ?? connection.model<T>(name, schema);
}

/** A unique index says that another one came first. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === 11_000;
}
