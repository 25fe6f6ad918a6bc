// Web sessions of launches. The insert of a session is the replay lock, so a record outlives the session it was and goes
// only when its absolute end is past; whose it was, from where and since when is forgotten at once.
import type { Connection, Model } from 'mongoose';
import { mongo, Schema } from 'mongoose';
import type { SessionRecord, SessionStore } from '../../../lti/index.ts';
import { LtiError } from '../../../lti/index.ts';
import { gather } from './gather.ts';
import { DUPLICATE, modelOf } from './model.ts';

type TabOffer = Parameters<SessionStore['offerTab']>[1];
type Stored = Omit<SessionRecord, 'id'> & { _id: string; endedAt?: Date; tab?: TabOffer };
type Documents = Model<Stored>['collection'];

/** What has not ended. */
const open = { endedAt: { $exists: false } } as const;

/** Of what has ended nothing is left but its id and the day on which that goes, too. */
const personal = [
  'registrationId',
  'deploymentId',
  'tenant',
  'person',
  'locale',
  'sealed',
  'createdAt',
  'seenAt',
  'tab',
] as const;
const forgetting = (at: Date) => ({
  $set: { endedAt: at },
  $unset: Object.fromEntries(personal.map((field) => [field, 1 as const])),
});

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
    tab: new Schema<TabOffer>({ hash: text, expiresAt: { type: Date, required: true } }, { _id: false }),
  },
  { collection: 'lti_sessions', strict: 'throw', versionKey: false, id: false, autoIndex: false },
);
sessionSchema.index({ expiresAt: 1 });
sessionSchema.index({ person: 1 });
sessionSchema.index({ seenAt: 1 });

export function createSessionStore(connection: Connection): SessionStore {
  const model = modelOf(connection, 'LtiSession', sessionSchema);
  // The driver's own calls where every launch and every page passes: the values are ours, built whole in lti/tool.
  const documents = model.collection;
  return {
    insert: gather(async (records) => {
      const failed = await insertAll(documents, records);
      return records.map((_, index) => failed.get(index));
    }),
    find: gather(async (ids) => {
      const found = await documents.find({ _id: { $in: ids as never[] }, ...open }).toArray();
      const records = new Map((found as unknown as Stored[]).map((stored) => [stored._id, toRecord(stored)]));
      return ids.map((id) => records.get(id));
    }),
    touch: async (id, seenAt) => {
      await model.updateOne({ _id: id, ...open }, { $max: { seenAt } });
    },
    saveSealed: async (id, sealed) => {
      await model.updateOne({ _id: id, ...open }, { $set: { sealed } });
    },
    offerTab: async (id, tab) => {
      await model.updateOne({ _id: id, ...open }, { $set: { tab } });
    },
    takeTab: async (id, hash, now) => {
      const which = { _id: id, ...open, 'tab.hash': hash, 'tab.expiresAt': { $gt: now } };
      const found = await model.findOneAndUpdate(which, { $unset: { tab: 1 } }).lean<Stored | null>();
      return found === null ? undefined : toRecord(found);
    },
    end: async (id, at) => {
      await model.updateOne({ _id: id, ...open }, forgetting(at));
    },
    endIdle: async (since, at) => {
      await model.updateMany({ seenAt: { $lte: since }, ...open }, forgetting(at));
    },
    listOf: async (person) => {
      const found = await documents
        .find({ person, ...open })
        .sort({ createdAt: 1 })
        .toArray();
      return (found as unknown as Stored[]).map(toRecord);
    },
    endAllOf: async (person, at) => {
      await model.updateMany({ person, ...open }, forgetting(at));
    },
    endAllFrom: async ({ registrationId, deploymentId, tenant = '' }, at) => {
      const which = deploymentId === undefined ? {} : { deploymentId, tenant: { $ne: tenant } };
      await model.updateMany({ registrationId, ...which, ...open }, forgetting(at));
    },
    purge: async (now) => (await model.deleteMany({ expiresAt: { $lt: now } })).deletedCount,
  };
}

/** @returns why a record was not inserted, by its place. @throws when that cannot be told of each */
async function insertAll(documents: Documents, records: SessionRecord[]): Promise<Map<number, Error>> {
  const stored = records.map(({ id, ...record }) => ({ _id: id as never, ...record }));
  try {
    await documents.insertMany(stored, { ordered: false });
    return new Map();
  } catch (error) {
    if (!(error instanceof mongo.MongoBulkWriteError) || error.result.getWriteConcernError()) throw error;
    const failures = [error.writeErrors].flat();
    return new Map(
      failures.map(({ code, index }) => [index, code === DUPLICATE ? new LtiError('launch_replayed') : error]),
    );
  }
}

function toRecord({ _id, endedAt: _, tab: __, ...stored }: Stored): SessionRecord {
  return { id: _id, ...stored };
}
