// Mentoring requests: a person has at most one that lives, held by a unique index over the live ones.
import type { Connection } from 'mongoose';
import { liveRequestStatuses, type MentoringRequest, type RequestStatus } from '../domain/mentoring-request.ts';
import type { OpenRequest, Requests } from '../usecases/ports.ts';
import { rawOf, readAll, writeAll } from './bulk.ts';
import type { Cipher } from './cipher.ts';
import { Collection, part, schemaOf } from './collection.ts';

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
});

requestSchema.index({ memberId: 1 }, { name: 'one_live_a_member', unique: true, partialFilterExpression: live });
requestSchema.index({ openedAt: 1 }, { name: 'open', partialFilterExpression: { status: 'open' } });

const openFields = ['memberId', 'wishes', 'openedAt', 'lapses'];

/** The requests' repository on a connection. */
export function requestsOf(connection: Connection, cipher: Cipher): Requests {
  const requests = new Collection<MentoringRequest>(connection, { schema: requestSchema, cipher, sealed: ['message'] });
  const raw = rawOf(connection, requestSchema);
  return {
    find: (id) => requests.findOne({ _id: id }),
    findLive: (memberId) => requests.findOne({ memberId, ...live }),
    insert: (request) => requests.insert(request),
    change: (id, from, change) => requests.change(id, { status: { $in: from } }, change),
    changeProposed: (id, proposalId, change) => requests.change(id, { status: 'proposed', proposalId }, change),
    propose: async (pairs) => {
      const status = 'proposed' satisfies RequestStatus;
      const writes = pairs.map(({ requestId, proposalId }) => ({
        updateOne: { filter: { _id: requestId, status: 'open' }, update: { $set: { status, proposalId } } },
      }));
      await writeAll(raw, writes);
      const ids = new Map(pairs.map(({ requestId, proposalId }) => [requestId, proposalId]));
      const filter = { _id: { $in: [...ids.keys()] } };
      const proposed = new Set<string>();
      for await (const chunk of readAll<Pick<MentoringRequest, 'id' | 'proposalId'>>(raw, filter, {
        fields: ['proposalId'],
      })) {
        for (const { id, proposalId } of chunk) if (proposalId && ids.get(id) === proposalId) proposed.add(proposalId);
      }
      return proposed;
    },
    readOpen: () => readAll<OpenRequest>(raw, { status: 'open' }, { fields: openFields, order: { openedAt: 1 } }),
  };
}
