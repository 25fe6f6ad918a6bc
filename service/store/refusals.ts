// Addresses whose server said a final no, by member, until the member gives another one or says that it is right.
import type mongoose from 'mongoose';
import type { Refusals } from '../mail/ports.ts';
import { rawOf } from './bulk.ts';
import { schemaOf } from './collection.ts';

interface RefusalRecord {
  /** The member. */
  _id: string;
  emailHash: string;
  at: Date;
}

export const refusalSchema = schemaOf('refusals', {
  emailHash: { type: String, required: true },
  at: { type: Date, required: true },
});

export function refusalsOf(connection: mongoose.Connection): Omit<Refusals, 'takeBackRefusals'> {
  const refusals = rawOf(connection, refusalSchema) as unknown as mongoose.mongo.Collection<RefusalRecord>;
  const findRefused: Refusals['findRefused'] = async (memberId) =>
    (await refusals.findOne({ _id: memberId }))?.emailHash;
  return {
    findRefused,
    async isRefused(memberId, emailHash) {
      const refused = await findRefused(memberId);
      return refused !== undefined && (emailHash === undefined || refused === emailHash);
    },
    async noteRefusal(memberId, emailHash, at) {
      await refusals.updateOne({ _id: memberId }, { $set: { emailHash, at } }, { upsert: true });
    },
    async forgiveRefusal(memberId, at) {
      await refusals.deleteOne({ _id: memberId, at: { $lte: at } });
    },
  };
}
