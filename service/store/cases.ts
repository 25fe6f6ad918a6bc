// The coordinators' cases: one a reason, every message sealed by itself, so that many can be added at the same moment.
import type { Connection } from 'mongoose';
import {
  caseLife,
  fullCaseBytes,
  mostCaseMessages,
  type Case,
  type CaseMessage,
  type CaseStatus,
} from '../domain/case.ts';
import type { CaseScope, Cases } from '../usecases/ports.ts';
import type { Cipher } from './cipher.ts';
import { Collection, indexDue, modelOf, part, schemaOf, type Filter } from './collection.ts';
import { drawLetters } from './letters.ts';

const text = { type: String, required: true } as const;
const instant = { type: Date, required: true } as const;
const asked = { kind: 'asked', status: 'open' };

export const caseSchema = schemaOf('cases', {
  key: text,
  kind: text,
  labId: text,
  memberId: text,
  requestId: String,
  reference: text,
  status: text,
  openedAt: instant,
  closedAt: Date,
  identityOpenedAt: Date,
  widenAskedAt: Date,
  quietSince: instant,
  messages: { type: [part({ id: text, from: text, text, at: instant })], required: true },
});

indexDue(caseSchema, caseLife);
caseSchema.index({ key: 1 }, { name: 'one_a_reason', unique: true });
caseSchema.index({ reference: 1 }, { name: 'one_a_reference', unique: true });
caseSchema.index({ memberId: 1 }, { name: 'one_asked_a_member', unique: true, partialFilterExpression: asked });
caseSchema.index({ memberId: 1, openedAt: -1 }, { name: 'of_member' });
caseSchema.index({ status: 1, labId: 1, openedAt: 1 }, { name: 'handled' });

const drawReference = (): string => drawLetters(6);

function scopeOf({ labId, exceptOf }: CaseScope): Filter {
  return { ...(labId !== undefined && { labId }), ...(exceptOf !== undefined && { memberId: { $ne: exceptOf } }) };
}

const orders = { open: { openedAt: 1 }, closed: { closedAt: -1 } } as const satisfies Record<CaseStatus, object>;

function sealing(cipher: Cipher) {
  const placeOf = (id: string, message: CaseMessage) => ({ collection: 'cases', id, field: `message ${message.id}` });
  const opened = (kept: Case): Case => ({
    ...kept,
    messages: kept.messages.map((one) => ({ ...one, text: cipher.open(one.text, placeOf(kept.id, one)) })),
  });
  return {
    sealed: (id: string, one: CaseMessage): CaseMessage => ({ ...one, text: cipher.seal(one.text, placeOf(id, one)) }),
    opened,
    maybe: (kept: Case | undefined): Case | undefined => kept && opened(kept),
  };
}

/** The cases' repository on a connection. */
export function casesOf(connection: Connection, cipher: Cipher): Cases {
  const cases = new Collection<Case>(connection, { schema: caseSchema, cipher, life: caseLife });
  const { sealed, opened, maybe } = sealing(cipher);
  const find = async (filter: Filter): Promise<Case | undefined> => maybe(await cases.findOne(filter));
  const list = async (...query: Parameters<typeof cases.list>): Promise<Case[]> =>
    (await cases.list(...query)).map(opened);
  return {
    find: (id) => find({ _id: id }),
    findByKey: (key) => find({ key }),
    findOwner: async (reference) => (await cases.findOne({ reference }))?.memberId,
    findAsked: (memberId) => find({ memberId, ...asked }),
    async insert(fresh) {
      const messages = fresh.messages.map((message) => sealed(fresh.id, message));
      for (;;) {
        const reference = drawReference();
        if (await cases.insert({ ...fresh, messages, reference })) return { ...fresh, reference };
        // Only a reference that is somebody else's already is worth another draw.
        if (!(await cases.findOne({ reference }))) return undefined;
      }
    },
    listFor: (scope, { status, limit }) => list({ ...scopeOf(scope), status }, orders[status], limit),
    listOf: (memberId) => list({ memberId }, { openedAt: -1 }),
    async write(id, message, quiet) {
      const notYet = { 'messages.id': { $ne: message.id }, [`messages.${mostCaseMessages - 1}`]: { $exists: false } };
      const hasRoom = { $expr: { $lt: [{ $bsonSize: '$$ROOT' }, fullCaseBytes] } };
      const change = { $push: { messages: sealed(id, message) }, $set: quiet };
      return maybe(await cases.update({ _id: id, status: 'open', ...notYet, ...hasRoom }, change));
    },
    async change(id, { from, ...seen }, change) {
      const instants: Filter = Object.fromEntries(
        Object.entries(seen).map(([name, at]) => [name, at ?? { $exists: false }]),
      );
      return maybe(await cases.change(id, { status: { $in: from }, ...instants }, change));
    },
    listDue: async (now, limit) => (await cases.listDue(now, limit)).map(opened),
    advance: (id, done, next) => cases.advance(id, done, next),
    async purge(id) {
      await cases.remove(id, { status: 'closed' });
    },
    async forget(memberId) {
      await modelOf(connection, caseSchema).deleteMany({ memberId });
    },
  };
}
