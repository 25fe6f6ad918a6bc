// Whose turn it is to write in a thread: what one person's acts cause to another leaves one after the other, and when the
// last ones left stands beside it. One record a recipient and thread, taken by one conditional write.
import type mongoose from 'mongoose';
import { lettersADay } from '../domain/notice.ts';
import type { ClaimedNotice, LetterTurns } from '../mail/ports.ts';
import { rawOf } from './bulk.ts';
import { schemaOf, unlessTaken } from './collection.ts';

interface TurnRecord {
  _id: string;
  memberId: string;
  /** When the last letters left, the oldest first. */
  leftAt: Date[];
  usedAt: Date;
  lease?: string;
  leaseUntil?: Date;
}

export const letterTurnSchema = schemaOf('letter_turns', {
  memberId: { type: String, required: true },
  leftAt: { type: [Date], required: true },
  usedAt: { type: Date, required: true },
  lease: String,
  leaseUntil: Date,
});
letterTurnSchema.index({ memberId: 1 }, { name: 'of_member' });
letterTurnSchema.index({ usedAt: 1 }, { name: 'used' });

const idOf = ({ memberId, thread = '' }: ClaimedNotice): string => `${memberId} ${thread}`;

export function letterTurnsOf(connection: mongoose.Connection): Omit<LetterTurns, 'gatherThread'> {
  const turns = rawOf(connection, letterTurnSchema) as unknown as mongoose.mongo.Collection<TurnRecord>;
  return {
    async takeThread(claim, { now, wallNow }) {
      const { memberId, lease, leaseUntil } = claim;
      const inNoHands = [{ leaseUntil: { $exists: false } }, { leaseUntil: { $lte: wallNow } }];
      const taken = { $set: { memberId, lease, leaseUntil, usedAt: now }, $setOnInsert: { leftAt: [] } };
      const options = { upsert: true, returnDocument: 'after' } as const;
      // A turn in other hands does not match; the record that would be made in its place is refused by its id.
      const write = turns.findOneAndUpdate({ _id: idOf(claim), $or: inNoHands }, taken, options);
      const turn = await unlessTaken(write, null);
      return turn ? { leftAt: turn.leftAt } : undefined;
    },
    async giveBackThread(claim, leftAt) {
      const mine = { _id: idOf(claim), lease: claim.lease };
      const left = leftAt && { $push: { leftAt: { $each: [leftAt], $slice: -lettersADay } } };
      await turns.updateOne(mine, { $unset: { lease: '', leaseUntil: '' }, ...left });
    },
  };
}
