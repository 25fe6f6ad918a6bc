// The tool's own signing keys; one per period, whoever makes it first.
import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { KeyStore, ToolKey } from '../../../lti/index.ts';
import { isDuplicate, modelOf } from './model.ts';

type Stored = Omit<ToolKey, 'kid'> & { _id: string };

export const keySchema = new Schema<Stored>(
  {
    _id: String,
    period: { type: Number, required: true },
    publicJwk: { type: Schema.Types.Mixed, required: true },
    sealedPrivate: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'lti_keys', strict: 'throw', versionKey: false, id: false, autoIndex: false },
);
keySchema.index({ period: 1 }, { unique: true });

export function createKeyStore(connection: Connection): KeyStore {
  const model = modelOf(connection, 'LtiKey', keySchema);
  return {
    list: async () =>
      (await model.find().sort({ period: 1 }).lean()).map(({ _id, ...stored }) => ({ kid: _id, ...stored })),
    insertOnce: async ({ kid, ...key }) => {
      try {
        await model.create({ _id: kid, ...key });
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
    },
    removeBefore: async (period) => {
      await model.deleteMany({ period: { $lt: period } });
    },
  };
}
