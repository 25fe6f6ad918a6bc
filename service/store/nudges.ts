// When a person was last nudged, and whose turn it is to do so: one record a person, taken by one conditional write.
import type mongoose from 'mongoose';
import { nudgeDays } from '../domain/notice.ts';
import type { ClaimedNotice, NudgeTurns } from '../mail/ports.ts';
import { rawOf } from './bulk.ts';
import { schemaOf, unlessTaken } from './collection.ts';

interface TurnRecord {
  /** The member. */
  _id: string;
  lastAt: Date;
  /** Of the mail that left then, or is about to. */
  key: string;
  /** Absent while it is under way, or has to be tried again. */
  hasLeft?: boolean;
  lease?: string;
  leaseUntil?: Date;
}

export const nudgeSchema = schemaOf('nudges', {
  lastAt: { type: Date, required: true },
  key: { type: String, required: true },
  hasLeft: Boolean,
  lease: String,
  leaseUntil: Date,
});

export function nudgeTurnsOf(connection: mongoose.Connection): Omit<NudgeTurns, 'gather'> {
  const turns = rawOf(connection, nudgeSchema) as unknown as mongoose.mongo.Collection<TurnRecord>;

  const take: NudgeTurns['takeTurn'] = async (claim, when) => {
    const { free, taken } = turnFor(claim, when);
    const options = { upsert: true, returnDocument: 'after' } as const;
    // Nobody's turn matches when it is not free; the record that would be made in its place is refused by its id.
    const turn = await unlessTaken(turns.findOneAndUpdate(free, taken, options), null);
    if (turn) return { mailKey: turn.key };
    const last = await turns.findOne({ _id: claim.memberId });
    return last ? { lastAt: last.lastAt } : {};
  };

  return {
    takeTurn: take,
    async giveBackTurn({ memberId, lease }, { hasLeft }) {
      await turns.updateOne({ _id: memberId, lease }, { $set: { hasLeft }, $unset: { lease: '', leaseUntil: '' } });
    },
  };
}

interface When {
  readonly now: Date;
  readonly wallNow: Date;
  readonly anyway?: boolean;
}

/** The filter of a free turn, and what is written into it. */
function turnFor(claim: ClaimedNotice, { now, wallNow, anyway = false }: When) {
  const { key, mailKey, memberId, lease, leaseUntil } = claim;
  const own = [key, ...(mailKey === undefined ? [] : [mailKey])];
  const isLongAgo = { lastAt: { $lte: new Date(now.getTime() - nudgeDays * 86_400_000) } };
  const isOwn = { key: { $in: own }, hasLeft: { $ne: true } };
  const inNoHands = { $or: [{ leaseUntil: { $exists: false } }, { leaseUntil: { $lte: wallNow } }] };
  const free = { _id: memberId, $and: [inNoHands, ...(anyway ? [] : [{ $or: [isLongAgo, isOwn] }])] };
  // A mail that is tried again keeps its name, so that a twin of it can be told.
  const sameMail = { $and: [{ $in: ['$key', own] }, { $ne: ['$hasLeft', true] }] };
  const name = { $cond: [sameMail, '$key', { $literal: key }] };
  return { free, taken: [{ $set: { lastAt: now, key: name, hasLeft: false, lease, leaseUntil } }] };
}
