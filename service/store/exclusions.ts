// Exclusions: keyed marks of whom they mean, and nothing else of them once they are carried out; an address is sealed until
// then. Of two requests against the same target one is kept, by a unique index over the live ones.
import type { Connection } from 'mongoose';
import type { Exclusion } from '../domain/exclusion.ts';
import type { Exclusions } from '../usecases/ports.ts';
import { rawOf } from './bulk.ts';
import type { Cipher } from './cipher.ts';
import { Collection, schemaOf } from './collection.ts';

const text = { type: String, required: true } as const;
const live = { status: { $in: ['asked', 'in_force'] } };
const inForce = { status: 'in_force' };

export const exclusionSchema = schemaOf('exclusions', {
  status: text,
  reason: text,
  labId: text,
  reference: text,
  target: text,
  marks: { type: [String], required: true },
  memberId: String,
  email: String,
  everywhere: Boolean,
  askedAt: { type: Date, required: true },
  decidedAt: Date,
  endsAt: Date,
  endedAt: Date,
  unsettled: Boolean,
});
exclusionSchema.index({ target: 1 }, { name: 'one_live_a_target', unique: true, partialFilterExpression: live });
exclusionSchema.index({ marks: 1 }, { name: 'in_force_of', partialFilterExpression: inForce });

/** The exclusions' repository on a connection. */
export function exclusionsOf(connection: Connection, cipher: Cipher): Exclusions {
  const records = new Collection<Exclusion>(connection, { schema: exclusionSchema, cipher, sealed: ['email'] });
  const raw = rawOf(connection, exclusionSchema);
  return {
    insert: (exclusion) => records.insert(exclusion),
    find: (id) => records.findOne({ _id: id }),
    listLive: () => records.list(live, { askedAt: 1 }),
    findCovering: (marks) => records.findOne({ ...inForce, marks: { $in: [...marks] } }),
    listCovering: (marks) => records.list({ ...inForce, marks: { $in: [...marks] } }),
    change: (id, from, change) => records.change(id, { status: { $in: [...from] } }, change),
    cover: async (id, marks) => {
      await records.touch({ _id: id, ...inForce }, { $addToSet: { marks: { $each: [...marks] } } });
    },
    coverTargets: async (targets, marks) => {
      await raw.updateMany({ ...live, target: { $in: [...targets] } }, {
        $addToSet: { marks: { $each: [...marks] } },
      } as never);
    },
    pass: async (memberIds, { memberId, marks }) => {
      const change = { $set: { memberId }, $addToSet: { marks: { $each: [...marks] } } };
      await raw.updateMany({ ...live, memberId: { $in: [...memberIds] } }, change as never);
    },
    settle: async (id, status) => {
      const over = status === 'lifted' ? { $set: { marks: [], target: id } } : {};
      await records.touch({ _id: id, status }, { $unset: { memberId: 1, email: 1, unsettled: 1 }, ...over });
    },
    listUnsettled: (limit) => records.list({ unsettled: true }, { askedAt: 1 }, limit),
    listEnded: (now, limit) => records.list({ ...inForce, endsAt: { $lte: now } }, { endsAt: 1 }, limit),
    listUndecided: (askedBefore, limit) =>
      records.list({ status: 'asked', askedAt: { $lt: askedBefore } }, { askedAt: 1 }, limit),
    purge: async (endedBefore) =>
      (await raw.deleteMany({ unsettled: { $ne: true }, endedAt: { $lt: endedBefore } })).deletedCount,
  };
}
