// The outbox: notices written once for ever by their key, and the queue their worker takes them from. Ids only, no address.
import { randomUUID } from 'node:crypto';
import type mongoose from 'mongoose';
import { nudges } from '../domain/notice.ts';
import type { ClaimedNotice, MailQueue, MailQueueStats, NudgeTurns } from '../mail/ports.ts';
import type { Outbox } from '../usecases/ports.ts';
import { insertAll, rawOf } from './bulk.ts';
import { schemaOf } from './collection.ts';
import { letterTurnSchema, letterTurnsOf } from './letter-turns.ts';
import { nudgeSchema, nudgeTurnsOf } from './nudges.ts';
import { givenUpOf } from './given-up.ts';
import type { NoticeRecord, Notices } from './notice-record.ts';
import { refusalsOf } from './refusals.ts';

/** Made by `ensureIndexes` with the others. */
export const noticeSchema = schemaOf('outbox', {
  kind: { type: String, required: true },
  memberId: { type: String, required: true },
  subjectId: { type: String, required: true },
  status: { type: String, required: true },
  notBefore: { type: Date, required: true },
  actBy: Date,
  thread: String,
  tries: { type: Number, required: true },
  goesAlong: Boolean,
  lease: String,
  leaseUntil: Date,
  mailKey: String,
  settledAt: Date,
});
// The worker's look-up touches what waits, never what was sent.
noticeSchema.index({ notBefore: 1 }, { name: 'due', partialFilterExpression: { status: 'pending' } });
noticeSchema.index({ memberId: 1, settledAt: -1 }, { name: 'of_member' });
noticeSchema.index({ settledAt: 1 }, { name: 'settled' });

/** What may be claimed: due, and in nobody's hands. */
export function claimable(now: Date, wallNow: Date) {
  const free = [{ leaseUntil: { $exists: false } }, { leaseUntil: { $lte: wallNow } }];
  return { status: 'pending' as const, notBefore: { $lte: now }, $or: free };
}

/** What may share a mail of nudges: pending ones of the person that are due or were put off, in whoever's hands. */
export function gatherable(memberId: string, now: Date) {
  const ready = [{ notBefore: { $lte: now } }, { goesAlong: true }];
  return { ...pendingOf(memberId), kind: { $in: nudges }, $or: ready };
}

/** What waits to be told together with this one, or to be told at all, in whoever's hands. */
function ofThread({ memberId, thread }: ClaimedNotice, { which, now }: { which: 'due' | 'put_off'; now: Date }) {
  const some = which === 'put_off' ? { goesAlong: true } : { goesAlong: { $ne: true }, notBefore: { $lte: now } };
  return { ...pendingOf(memberId), thread: thread ?? '', ...some };
}

/** What is pending is not settled: by the index of the person's notices, past all that was sent. */
function pendingOf(memberId: string) {
  return { memberId, settledAt: { $exists: false }, status: 'pending' as const };
}

export type OutboxStore = Outbox & MailQueue;

/** The outbox on one connection; any number of copies may work on the same database. */
export function createOutbox(connection: mongoose.Connection): OutboxStore {
  // Past the mapper, which would cost more than the rest of a mail; every write here is conditional by itself.
  const notices = rawOf(connection, noticeSchema) as unknown as Notices;
  return {
    ...workOn(notices),
    ...nudgeTurnsOf(connection),
    ...letterTurnsOf(connection),
    ...refusalsOf(connection),
    gather: (claim, mail) => gather(notices, claim, { ...mail, which: gatherable(claim.memberId, mail.now) }),
    gatherThread: (claim, mail) => gather(notices, claim, { ...mail, which: ofThread(claim, mail) }),
    async enqueue(...news) {
      const records = news.map(({ key, ...notice }) => ({ _id: key, ...notice, status: 'pending', tries: 0 }));
      await insertAll(rawOf(connection, noticeSchema), records);
    },
    async listOf(memberId) {
      const projection = { kind: 1, notBefore: 1, status: 1 };
      const found = await notices.find({ memberId }, { projection, sort: { notBefore: -1 } }).toArray();
      return found.map(({ kind, notBefore, status }) => ({ kind, notBefore, status }));
    },
    async drop(memberIds, { kind, subjectId }) {
      await notices.deleteMany({ memberId: { $in: [...memberIds] }, kind, subjectId });
    },
    async purge(before) {
      // Their keys name dialogues, as those of notices do.
      await rawOf(connection, nudgeSchema).deleteMany({ lastAt: { $lt: before } });
      await rawOf(connection, letterTurnSchema).deleteMany({ usedAt: { $lt: before } });
      return (await notices.deleteMany({ settledAt: { $lt: before } })).deletedCount;
    },
    ...givenUpOf(notices, refusalsOf(connection)),
    stats: (now) => count(notices, now),
  };
}

function workOn(notices: Notices): Pick<MailQueue, 'claim' | 'markSent' | 'retryAt' | 'giveUp'> {
  /** Ends claims, unless their lease ran out and another worker has them. */
  const release = async (
    claims: readonly ClaimedNotice[],
    change: Partial<NoticeRecord>,
    sameMail = false,
  ): Promise<boolean> => {
    const [first] = claims;
    if (!first) return false;
    const mine = { _id: { $in: claims.map(({ key }) => key) }, status: 'pending' as const, lease: first.lease };
    const lease = { lease: '', leaseUntil: '' } as const;
    const mail = sameMail ? {} : ({ mailKey: '' } as const);
    const gone = { ...lease, ...mail, ...(change.goesAlong ? {} : ({ goesAlong: '' } as const)) };
    const result = await notices.updateMany(mine, { $set: change, $unset: gone });
    return result.matchedCount === claims.length;
  };
  return {
    async claim({ now, wallNow, leaseMs }) {
      const lease = { lease: randomUUID(), leaseUntil: new Date(wallNow.getTime() + leaseMs) };
      const record = await notices.findOneAndUpdate(
        claimable(now, wallNow),
        { $set: lease, $inc: { tries: 1 } },
        { sort: { notBefore: 1 }, returnDocument: 'after' },
      );
      return record ? toClaim(record, lease) : undefined;
    },
    markSent: (claims, at) => release(claims, { status: 'sent', settledAt: at }),
    retryAt: (claim, { at, counts, goesAlong, sameMail }) => {
      const tries = counts ? claim.tries : claim.tries - 1;
      return release([claim], { notBefore: at, tries, ...(goesAlong && { goesAlong }) }, sameMail);
    },
    giveUp: (claim, code, at) => release([claim], { status: code, settledAt: at }),
  };
}

async function gather(
  notices: Notices,
  { memberId, lease, leaseUntil }: ClaimedNotice,
  { mailKey, wallNow, which }: Parameters<NudgeTurns['gather']>[1] & { which: object },
): Promise<ClaimedNotice[]> {
  // A try that some worker has begun is this one.
  const tries = { $cond: [{ $gt: ['$leaseUntil', wallNow] }, '$tries', { $add: ['$tries', 1] }] };
  const taken = [{ $set: { lease, leaseUntil, mailKey: { $literal: mailKey }, tries } }];
  await notices.updateMany(which, taken);
  const records = await notices
    .find({ ...pendingOf(memberId), lease })
    .sort({ notBefore: 1, _id: 1 })
    .toArray();
  return records.map((record) => toClaim(record, { lease, leaseUntil }));
}

function toClaim(record: NoticeRecord, lease: Pick<ClaimedNotice, 'lease' | 'leaseUntil'>): ClaimedNotice {
  const { _id: key, kind, memberId, subjectId, notBefore, actBy, tries, mailKey, thread, goesAlong } = record;
  return {
    ...{ key, kind, memberId, subjectId, notBefore, tries, ...lease },
    ...(actBy && { actBy }),
    ...(mailKey !== undefined && { mailKey }),
    ...(thread !== undefined && { thread }),
    ...(goesAlong === true && { goesAlong }),
  };
}

async function count(notices: Notices, now: Date): Promise<MailQueueStats> {
  const due = { status: 'pending' as const, notBefore: { $lte: now } };
  const [groups, waiting, oldest] = await Promise.all([
    notices
      .aggregate<{ _id: NoticeRecord['status']; count: number }>([{ $group: { _id: '$status', count: { $sum: 1 } } }])
      .toArray(),
    notices.countDocuments(due),
    notices.findOne(due, { projection: { notBefore: 1 }, sort: { notBefore: 1 } }),
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
