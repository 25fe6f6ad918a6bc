// Frozen figures: written once under their key and never again.
import { Schema, type Connection } from 'mongoose';
import type { Snapshot } from '../domain/report/snapshot.ts';
import type { Snapshots } from '../usecases/ports.ts';
import { modelOf, schemaOf, unlessTaken } from './collection.ts';

/** rows: suppressed cells by indicator, kept as they were shown; so are the shares of endings and quality. */
export const snapshotSchema = schemaOf('snapshots', {
  period: { type: String, required: true },
  takenAt: { type: Date, required: true },
  rows: { type: Schema.Types.Mixed, required: true },
  endings: Schema.Types.Mixed,
  quality: Schema.Types.Mixed,
});
snapshotSchema.index({ takenAt: -1 }, { name: 'latest' });

type StoredSnapshot = Omit<Snapshot, 'key'> & { readonly _id: string };

/** The snapshots' repository on a connection. */
export function snapshotsOf(connection: Connection): Snapshots {
  const model = modelOf(connection, snapshotSchema);
  return {
    async insert({ key, ...snapshot }) {
      await unlessTaken(model.create([{ _id: key, ...snapshot }]), undefined);
    },
    async latest() {
      const found = await model.findOne().sort({ takenAt: -1 }).lean<StoredSnapshot>();
      if (!found) return undefined;
      const { _id: key, ...snapshot } = found;
      return { key, ...snapshot };
    },
    async has(key) {
      return (await model.exists({ _id: key })) !== null;
    },
  };
}
