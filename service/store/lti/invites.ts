// Invitations to connect a platform; each is claimed by one conditional update, so two who hurry cannot both use it.
import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { Invite, InviteStore } from '../../../lti/index.ts';
import { modelOf } from './model.ts';

type Stored = Omit<Invite, 'id'> & { _id: string };

export const inviteSchema = new Schema<Stored>(
  {
    _id: String,
    tenant: { type: String, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    usedAt: Date,
  },
  { collection: 'lti_invites', strict: 'throw', versionKey: false, id: false, autoIndex: false },
);

export function createInviteStore(connection: Connection): InviteStore {
  const model = modelOf(connection, 'LtiInvite', inviteSchema);
  return {
    insert: async ({ id, ...invite }) => {
      await model.create({ _id: id, ...invite });
    },
    claim: async (id, now) => {
      const free = { _id: id, usedAt: { $exists: false }, expiresAt: { $gt: now } };
      const claimed = await model.findOneAndUpdate(free, { $set: { usedAt: now } }, { returnDocument: 'after' }).lean();
      return claimed === null ? undefined : toInvite(claimed);
    },
    release: async (id) => {
      await model.updateOne({ _id: id }, { $unset: { usedAt: 1 } });
    },
    list: async () => (await model.find().sort({ createdAt: 1 }).lean()).map(toInvite),
  };
}

function toInvite({ _id, ...stored }: Stored): Invite {
  return { id: _id, ...stored };
}
