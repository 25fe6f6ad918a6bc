// The database as it stands, for the checks of the crash test: ids, states and dates; nothing of it is decrypted.
import type { Connection } from 'mongoose';
import type { Dialogue } from '../../service/domain/dialogue.ts';
import type { Meeting } from '../../service/domain/meeting.ts';
import type { Member } from '../../service/domain/member.ts';
import type { MentoringRequest } from '../../service/domain/mentoring-request.ts';
import type { NoticeKind } from '../../service/domain/notice.ts';
import type { Proposal } from '../../service/domain/proposal.ts';

export type KeptMember = Omit<Member, 'held'> & { readonly held: readonly { readonly holderId: string }[] };
export type KeptProposal = Proposal & { readonly unsettled?: true };

export interface KeptNotice {
  /** The notice's key. */
  readonly id: string;
  readonly kind: NoticeKind;
  readonly status: string;
  readonly memberId: string;
  readonly settledAt?: Date;
}

export interface World {
  /** The programme's instant. */
  readonly now: Date;
  readonly members: ReadonlyMap<string, KeptMember>;
  readonly requests: ReadonlyMap<string, MentoringRequest>;
  readonly proposals: ReadonlyMap<string, KeptProposal>;
  readonly dialogues: ReadonlyMap<string, Dialogue>;
  readonly meetings: ReadonlyMap<string, Meeting>;
  readonly notices: ReadonlyMap<string, KeptNotice>;
  /** When each run of the matching began, by its key. */
  readonly runsBegan: ReadonlyMap<string, Date>;
}

export async function readWorld(connection: Connection, now: Date): Promise<World> {
  const all = async <T extends { id: string }>(name: string): Promise<Map<string, T>> => {
    const records = await connection.collection(name).find({}).toArray();
    return new Map(records.map(({ _id, ...fields }) => [String(_id), { id: String(_id), ...fields } as unknown as T]));
  };
  const runs = await all<{ id: string; startedAt: Date }>('runs');
  return {
    now,
    members: await all<KeptMember>('members'),
    requests: await all<MentoringRequest>('requests'),
    proposals: await all<KeptProposal>('proposals'),
    dialogues: await all<Dialogue>('dialogues'),
    meetings: await all<Meeting>('meetings'),
    notices: await all<KeptNotice>('outbox'),
    runsBegan: new Map([...runs.values()].map(({ id, startedAt }) => [id, startedAt])),
  };
}
