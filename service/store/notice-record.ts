// A notice as it is stored.
import type mongoose from 'mongoose';
import type { NoticeKind } from '../domain/notice.ts';
import type { GaveUp } from '../mail/ports.ts';

export interface NoticeRecord {
  _id: string;
  kind: NoticeKind;
  memberId: string;
  subjectId: string;
  status: 'pending' | 'sent' | GaveUp;
  notBefore: Date;
  actBy?: Date;
  tries: number;
  thread?: string;
  /** Was put off, and leaves with others: a nudge with the next one, a letter of a thread with the rest of it. */
  goesAlong?: boolean;
  lease?: string;
  leaseUntil?: Date;
  mailKey?: string;
  settledAt?: Date;
}

export type Notices = mongoose.mongo.Collection<NoticeRecord>;
