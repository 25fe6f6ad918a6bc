// Records that may be one person's: kept as long as both are, so that nobody is asked twice.
import type { Connection } from 'mongoose';
import type { Twins } from '../domain/twins.ts';
import type { TwinsBook } from '../usecases/ports.ts';
import type { Cipher } from './cipher.ts';
import { Collection, schemaOf } from './collection.ts';

const text = { type: String, required: true } as const;
const joining = { joiningSince: { $exists: true } };
const unwritten = { unwritten: true };

export const twinsSchema = schemaOf('twins', {
  memberIds: { type: [String], required: true },
  status: text,
  foundAt: { type: Date, required: true },
  endingId: String,
  readerId: text,
  unwritten: Boolean,
  joiningSince: Date,
});
twinsSchema.index({ memberIds: 1 }, { name: 'of_member' });
twinsSchema.index({ joiningSince: 1 }, { name: 'joining', partialFilterExpression: joining });
twinsSchema.index({ unwritten: 1 }, { name: 'unwritten', partialFilterExpression: unwritten });

/** The twins' repository on a connection. */
export function twinsOf(connection: Connection, cipher: Cipher): TwinsBook {
  const records = new Collection<Twins>(connection, { schema: twinsSchema, cipher });
  return {
    find: (id) => records.findOne({ _id: id }),
    listOf: (memberId) => records.list({ memberIds: memberId }, { foundAt: 1 }),
    insert: (twins) => records.insert(twins),
    change: (id, { from, endingId }, change) =>
      records.change(id, { status: { $in: [...from] }, ...(endingId !== undefined && { endingId }) }, change),
    listJoining: (before, limit) => records.list({ joiningSince: { $lt: before } }, { joiningSince: 1 }, limit),
    listUnwritten: (limit) => records.list(unwritten, { foundAt: 1 }, limit),
    drop: async (id) => {
      await records.remove(id, {});
    },
  };
}
