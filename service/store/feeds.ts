// Personal calendar feeds: which member's one is, and which ended, the latter without a link to anybody.
import type { Connection } from 'mongoose';
import type { Feeds, Members } from '../usecases/ports.ts';
import { rawOf } from './bulk.ts';
import { modelOf, schemaOf } from './collection.ts';
import { memberSchema } from './member-schema.ts';

/** _id: the hash of the feed's secret. */
export const endedFeedSchema = schemaOf('endedFeeds', { endedAt: { type: Date, required: true } });
endedFeedSchema.index({ endedAt: 1 }, { name: 'ended_at' });

export function feedsOf(connection: Connection, members: Pick<Members, 'find'>): Feeds {
  const ended = modelOf(connection, endedFeedSchema);
  const raw = rawOf(connection, memberSchema);
  return {
    find: async (feedHash) => {
      const found = await raw.findOne({ feedHash }, { projection: { _id: 1 } });
      return found ? members.find(found._id) : undefined;
    },
    noteRead: async (feedHash, at) => {
      await raw.updateOne({ feedHash, feedReadAt: { $exists: false } }, { $set: { feedReadAt: at } });
    },
    replace: async (memberId, { feedHash: seen = null }, { feedHash, from }) => {
      // A field that is not there equals null.
      const still = { _id: memberId, status: { $in: [...from] }, feedHash: seen };
      const change =
        feedHash === null
          ? { $unset: { feedHash: 1, feedReadAt: 1 } }
          : { $set: { feedHash }, $unset: { feedReadAt: 1 } };
      return (await raw.updateOne(still, change as never)).matchedCount === 1;
    },
    keepEnded: async (feedHash, at) => {
      await ended.updateOne({ _id: feedHash }, { $max: { endedAt: at } }, { upsert: true });
    },
    hasEnded: async (feedHash, since) => (await ended.exists({ _id: feedHash, endedAt: { $gte: since } })) !== null,
    forgetEnded: async (before) => (await ended.deleteMany({ endedAt: { $lt: before } })).deletedCount,
  };
}
