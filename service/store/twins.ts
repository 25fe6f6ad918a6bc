// Records that may be one person's: kept as long as both are, so that nobody is asked twice.
import type { Connection } from 'mongoose';
import type { Twins } from '../domain/twins.ts';
import type { TwinsBook } from '../usecases/ports.ts';
import type { Cipher } from './cipher.ts';
import { Collection, schemaOf } from './collection.ts';

const text = { type: String, required: true } as const;
const unsettled = { unsettled: true };

export const twinsSchema = schemaOf('twins', {
  memberIds: { type: [String], required: true },
  status: text,
  foundAt: { type: Date, required: true },
  endingId: String,
  unsettled: Boolean,
});
twinsSchema.index({ memberIds: 1 }, { name: 'of_member' });
twinsSchema.index({ unsettled: 1 }, { name: 'unsettled', partialFilterExpression: unsettled });

/** The twins' repository on a connection. */
export function twinsOf(connection: Connection, cipher: Cipher): TwinsBook {
  const records = new Collection<Twins>(connection, { schema: twinsSchema, cipher });
  return {
    find: (id) => records.findOne({ _id: id }),
    listOf: (memberId) => records.list({ memberIds: memberId }, { foundAt: 1 }),
    insert: (twins) => records.insert(twins),
    change: (id, { from, endingId }, change) =>
      records.change(id, { status: { $in: [...from] }, ...(endingId !== undefined && { endingId }) }, change),
    listUnsettled: (limit) => records.list(unsettled, {}, limit),
  };
}
