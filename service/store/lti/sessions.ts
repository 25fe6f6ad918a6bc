// Web sessions of launches. The insert of a session is the replay lock, so a record outlives the session it was and goes
// only when its absolute end is past; what was sealed goes at once.
import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { SessionRecord, SessionStore } from '../../../lti/index.ts';
import { LtiError } from '../../../lti/index.ts';
import { isDuplicate, modelOf } from './model.ts';

type Stored = Omit<SessionRecord, 'id'> & { _id: string };

const text = { type: String, required: true } as const;
export const sessionSchema = new Schema<Stored>(
  {
    _id: String,
    purpose: { type: String, enum: ['visit', 'choice'], required: true },
    registrationId: text,
    deploymentId: text,
    tenant: text,
    person: text,
    locale: text,
    sealed: String,
    createdAt: { type: Date, required: true },
    seenAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    endedAt: Date,
  },
  { collection: 'lti_sessions', strict: 'throw', versionKey: false, id: false, autoIndex: false },
);
sessionSchema.index({ expiresAt: 1 });
sessionSchema.index({ person: 1 });

export function createSessionStore(connection: Connection): SessionStore {
  const model = modelOf(connection, 'LtiSession', sessionSchema);
  // The driver's own calls where every launch and every page passes: the values are ours, built whole in lti/tool.
  const documents = model.collection;
  return {
    insert: async ({ id, ...record }) => {
      try {
        await documents.insertOne({ _id: id as never, ...record });
      } catch (error) {
        throw isDuplicate(error) ? new LtiError('launch_replayed') : error;
      }
    },
    find: async (id) => {
      const found = (await documents.findOne({ _id: id as never })) as unknown as Stored | null;
      return found === null ? undefined : toRecord(found);
    },
    touch: async (id, seenAt) => {
      await model.updateOne({ _id: id }, { $max: { seenAt } });
    },
    saveSealed: async (id, sealed) => {
      await model.updateOne({ _id: id, endedAt: { $exists: false } }, { $set: { sealed } });
    },
    end: async (id, at) => {
      await model.updateOne({ _id: id, endedAt: { $exists: false } }, { $set: { endedAt: at, sealed: '' } });
    },
    endAllOf: async (person, at) => {
      await model.updateMany({ person, endedAt: { $exists: false } }, { $set: { endedAt: at, sealed: '' } });
    },
    purge: async (now) => (await model.deleteMany({ expiresAt: { $lt: now } })).deletedCount,
  };
}

function toRecord({ _id, ...stored }: Stored): SessionRecord {
  return { id: _id, ...stored };
}
