// The outbox: notices written once for ever by their key, and the queue their worker takes them from. Ids only, no address.
import { randomUUID } from 'node:crypto';
import type mongoose from 'mongoose';
import type { NoticeKind } from '../domain/notice.ts';
import type { ClaimedNotice, GaveUp, MailQueue, MailQueueStats } from '../mail/ports.ts';
import type { Outbox } from '../usecases/ports.ts';
import { insertAll, rawOf } from './bulk.ts';
import { modelOf, schemaOf } from './collection.ts';

interface NoticeRecord {
  _id: string;
  kind: NoticeKind;
  memberId: string;
  subjectId: string;
  status: 'pending' | 'sent' | GaveUp;
  notBefore: Date;
  tries: number;
  lease?: string;
  leaseUntil?: Date;
  settledAt?: Date;
}

/** Made by `ensureIndexes` with the others. */
export const noticeSchema = schemaOf('outbox', {
  kind: { type: String, required: true },
  memberId: { type: String, required: true },
  subjectId: { type: String, required: true },
  status: { type: String, required: true },
  notBefore: { type: Date, required: true },
  tries: { type: Number, required: true },
  lease: String,
  leaseUntil: Date,
  settledAt: Date,
});
// The worker's look-up touches what waits, never what was sent.
noticeSchema.index({ notBefore: 1 }, { name: 'due', partialFilterExpression: { status: 'pending' } });
noticeSchema.index({ memberId: 1, settledAt: -1 }, { name: 'of_member' });
noticeSchema.index({ settledAt: 1 }, { name: 'settled' });

export type OutboxStore = Outbox & MailQueue;

/** The outbox on one connection; any number of copies may work on the same database. */
export function createOutbox(connection: mongoose.Connection): OutboxStore {
  const notices = modelOf(connection, noticeSchema) as unknown as mongoose.Model<NoticeRecord>;

  /** Ends a claim, unless its lease ran out and another worker has it. */
  const release = async (claim: ClaimedNotice, change: Partial<NoticeRecord>): Promise<boolean> => {
    const filter = { _id: claim.key, status: 'pending' as const, lease: claim.lease };
    const result = await notices.updateOne(filter, { $set: change, $unset: { lease: 1, leaseUntil: 1 } });
    return result.matchedCount === 1;
  };

  return {
    async enqueue(...news) {
      const records = news.map(({ key, ...notice }) => ({ _id: key, ...notice, status: 'pending', tries: 0 }));
      await insertAll(rawOf(connection, noticeSchema), records);
    },

    async claim({ now, wallNow, leaseMs }) {
      const free = [{ leaseUntil: { $exists: false } }, { leaseUntil: { $lte: wallNow } }];
      const lease = randomUUID();
      const record = await notices
        .findOneAndUpdate(
          { status: 'pending', notBefore: { $lte: now }, $or: free },
          { $set: { lease, leaseUntil: new Date(wallNow.getTime() + leaseMs) }, $inc: { tries: 1 } },
          { sort: { notBefore: 1 }, returnDocument: 'after' },
        )
        .lean();
      return record ? toClaim(record, lease) : undefined;
    },

    markSent: (claim, at) => release(claim, { status: 'sent', settledAt: at }),
    retryAt: (claim, { at, counts }) =>
      release(claim, { notBefore: at, tries: counts ? claim.tries : claim.tries - 1 }),
    giveUp: (claim, code, at) => release(claim, { status: code, settledAt: at }),

    async purge(before) {
      return (await notices.deleteMany({ settledAt: { $lt: before } })).deletedCount;
    },

    async forget(memberId) {
      return (await notices.deleteMany({ memberId })).deletedCount;
    },

    async isRefused(memberId) {
      const settled = {
        memberId,
        settledAt: { $exists: true },
        status: { $in: ['sent' as const, 'refused' as const] },
      };
      const last = await notices.findOne(settled, { status: 1 }).sort({ settledAt: -1 }).lean();
      return last?.status === 'refused';
    },

    stats: (now) => count(notices, now),
  };
}

function toClaim(record: NoticeRecord, lease: string): ClaimedNotice {
  const { _id: key, kind, memberId, subjectId, notBefore, tries } = record;
  return { key, kind, memberId, subjectId, notBefore, tries, lease };
}

async function count(notices: mongoose.Model<NoticeRecord>, now: Date): Promise<MailQueueStats> {
  const due = { status: 'pending' as const, notBefore: { $lte: now } };
  const [groups, waiting, oldest] = await Promise.all([
    notices.aggregate<{ _id: NoticeRecord['status']; count: number }>([
      { $group: { _id: '$status', count: { $sum: 1 } } },
    ]),
    notices.countDocuments(due),
    notices.findOne(due, { notBefore: 1 }).sort({ notBefore: 1 }).lean(),
  ]);
  const of = (status: NoticeRecord['status']): number => groups.find(({ _id }) => _id === status)?.count ?? 0;
  return {
    pending: of('pending'),
    due: waiting,
    ...(oldest && { oldestDueAt: oldest.notBefore }),
    sent: of('sent'),
    refused: of('refused'),
    exhausted: of('exhausted'),
    dropped: of('dropped'),
  };
}
