// Mentoring requests: a person has at most one that lives, held by a unique index over the live ones.
import type { Connection } from 'mongoose';
import {
  liveRequestStatuses,
  requestLife,
  type MentoringRequest,
  type RequestStatus,
} from '../domain/mentoring-request.ts';
import type { OpenRequest, Requests } from '../usecases/ports.ts';
import { rawOf, readAll, type Raw } from './bulk.ts';
import type { Cipher } from './cipher.ts';
import { Collection, indexDue, part, schemaOf } from './collection.ts';

const text = { type: String, required: true } as const;
const live = { status: { $in: liveRequestStatuses } };

export const requestSchema = schemaOf('requests', {
  memberId: text,
  labId: text,
  status: text,
  outcome: String,
  proposalId: String,
  wishes: {
    type: part({
      topics: { type: [String], required: true },
      keptForConversation: { type: Boolean, required: true },
      format: text,
      labPreference: text,
    }),
    required: true,
  },
  message: String,
  openedAt: { type: Date, required: true },
  lapses: { type: Number, required: true },
  closedAt: Date,
});

indexDue(requestSchema, requestLife);
requestSchema.index({ memberId: 1 }, { name: 'one_live_a_member', unique: true, partialFilterExpression: live });
requestSchema.index({ closedAt: 1 }, { name: 'closed', partialFilterExpression: { closedAt: { $exists: true } } });
requestSchema.index({ openedAt: 1 }, { name: 'open', partialFilterExpression: { status: 'open' } });

const openFields = ['memberId', 'wishes', 'openedAt', 'lapses'];

/** One command, but each request changes by one write of its own; what came of it is read afterwards. */
async function proposeAll(raw: Raw, pairs: Parameters<Requests['propose']>[0]): Promise<Set<string>> {
  const proposalOf = new Map(pairs.map(({ requestId, proposalId }) => [requestId, proposalId]));
  const requestIds = [...proposalOf.keys()];
  const own = { $indexOfArray: [{ $literal: requestIds }, '$_id'] };
  const proposalId = { $arrayElemAt: [{ $literal: [...proposalOf.values()] }, own] };
  const status = 'proposed' satisfies RequestStatus;
  await raw.updateMany({ _id: { $in: requestIds }, status: 'open' }, [{ $set: { status, proposalId } }]);
  type Standing = Pick<MentoringRequest, 'id' | 'proposalId'>;
  const moved: string[] = [];
  for await (const chunk of readAll<Standing>(raw, { _id: { $in: requestIds } }, { fields: ['proposalId'] })) {
    for (const { id, proposalId: now } of chunk) if (now !== undefined && proposalOf.get(id) === now) moved.push(now);
  }
  return new Set(moved);
}

/** The requests' repository on a connection. */
export function requestsOf(connection: Connection, cipher: Cipher): Requests {
  const requests = new Collection<MentoringRequest>(connection, {
    ...{ schema: requestSchema, cipher, life: requestLife },
    sealed: ['message'],
  });
  const raw = rawOf(connection, requestSchema);
  return {
    find: (id) => requests.findOne({ _id: id }),
    findLive: (memberId) => requests.findOne({ memberId, ...live }),
    insert: (request) => requests.insert(request),
    change: (id, from, change) => requests.change(id, { status: { $in: from } }, change),
    changeProposed: (id, proposalId, change) => requests.change(id, { status: 'proposed', proposalId }, change),
    listOf: (memberId) => requests.list({ memberId }, { openedAt: -1 }),
    findLastClosed: async (memberId) => (await requests.list({ memberId, status: 'closed' }, { openedAt: -1 }, 1))[0],
    listDue: (now, limit) => requests.listDue(now, limit),
    advance: (id, done, next) => requests.advance(id, done, next),
    listForgotten: (limit) => requests.listForgotten(limit),
    remind: (id, due) => requests.remind(id, due),
    propose: (pairs) => proposeAll(raw, pairs),
    readOpen: () => readAll<OpenRequest>(raw, { status: 'open' }, { fields: openFields, order: { openedAt: 1 } }),
  };
}
