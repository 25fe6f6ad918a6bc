// What a snapshot counts: rows without names or hashes, and ids only where distinct persons are counted.
import type { Connection } from 'mongoose';
import type { Census, PairCount } from '../usecases/ports.ts';
import { modelOf } from './collection.ts';
import { dialogueSchema, open } from './dialogues.ts';
import { memberSchema } from './member-schema.ts';
import { proposalSchema } from './proposals.ts';
import { requestSchema } from './requests.ts';

type Rows<K extends keyof Census> = Awaited<ReturnType<Census[K]>>;

/** The census over the room's collections. */
export function censusOf(connection: Connection): Census {
  const [members, requests] = [modelOf(connection, memberSchema), modelOf(connection, requestSchema)];
  const [proposals, dialogues] = [modelOf(connection, proposalSchema), modelOf(connection, dialogueSchema)];
  const pairRow = { _id: 0, menteeId: 1, mentorId: 1, menteeLabId: 1, mentorLabId: 1 } as const;
  return {
    members: () =>
      members.aggregate<Rows<'members'>[number]>([
        { $project: { _id: 0, labId: 1, status: 1, 'offer.capacity': 1, held: { $size: '$held' } } },
      ]),
    requests: () => requests.find({}, { _id: 0, labId: 1, status: 1, openedAt: 1 }).lean<Rows<'requests'>>(),
    proposals: (since) => proposals.find({ sentAt: { $gte: since } }, pairRow).lean<PairCount[]>(),
    openDialogues: () => dialogues.find(open, pairRow).lean<PairCount[]>(),
  };
}
