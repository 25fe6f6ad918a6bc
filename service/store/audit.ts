// The audit trail. A record's number is its id, so that two copies which append at the same moment cannot both take one.
// Nothing here changes a record; what is old goes from the front, behind a note of its last link.
import type { Connection } from 'mongoose';
import {
  type AuditAct,
  type AuditEntry,
  type AuditRecord,
  nextRecord,
  type TrailLink,
  trailStart,
} from '../domain/audit.ts';
import type { AuditTrail, Hasher } from '../usecases/ports.ts';
import { type Raw, rawOf } from './bulk.ts';
import { modelOf, part, schemaOf, unlessTaken } from './collection.ts';

const text = { type: String, required: true } as const;

export const auditSchema = schemaOf('audit_trail', {
  seq: { type: Number, required: true },
  at: { type: Date, required: true },
  actor: { type: part({ kind: text, id: text }), required: true },
  act: text,
  object: String,
  subject: String,
  reason: String,
  notDone: Number,
  previous: { type: String },
  hash: text,
});
auditSchema.index({ seq: 1 }, { name: 'in_order', unique: true });
auditSchema.index({ act: 1, seq: -1 }, { name: 'of_act' });
auditSchema.index(
  { subject: 1, seq: -1 },
  { name: 'of_subject', partialFilterExpression: { subject: { $exists: true } } },
);

/** Two places of the chain: where it begins now, and where its end was when it was looked at last. */
export const auditLinkSchema = schemaOf('audit_links', {
  seq: { type: Number, required: true },
  hash: { type: String },
  at: { type: Date, required: true },
});

type Stored = AuditRecord & { readonly _id: string };

function toRecord({ _id: _, ...record }: Stored): AuditRecord {
  return record;
}

/** Each of those who append at the same moment gets in once a turn, so so many turns are more than any number of copies. */
const mostTries = 200;

/** The trail on a connection. */
export function auditTrailOf(connection: Connection, { digest }: Pick<Hasher, 'digest'>): AuditTrail {
  const raw = rawOf(connection, auditSchema);
  const model = modelOf(connection, auditSchema);
  const links = linksOf(connection);
  const tryAppend = async (entry: AuditEntry, at: Date): Promise<AuditRecord | undefined> => {
    const [last] = records(await raw.find({}).sort({ seq: -1 }).limit(1).toArray());
    const record = nextRecord(last ?? (await links.start()), { ...entry, at }, digest);
    const write = model.create([{ _id: String(record.seq), ...record }]);
    return unlessTaken(
      write.then(() => record),
      undefined,
    );
  };
  return {
    async append(entry, at) {
      for (let tries = 0; tries < mostTries; tries += 1) {
        const record = await tryAppend(entry, at);
        if (record) return record;
      }
      throw new Error('the audit trail took no record');
    },
    async find(seq) {
      return records(await raw.find({ seq }).limit(1).toArray())[0];
    },
    async list({ before, act, subject, limit }) {
      const filter = {
        ...(before !== undefined && { seq: { $lt: before } }),
        ...(act !== undefined && { act: act satisfies AuditAct }),
        ...(subject !== undefined && { subject }),
      };
      return records(await raw.find(filter).sort({ seq: -1 }).limit(limit).toArray());
    },
    async *readAll() {
      const cursor = raw.find({}).sort({ seq: 1 }).batchSize(500);
      while (await cursor.hasNext()) yield records(cursor.readBufferedDocuments());
    },
    ...links,
    purge: (before) => dropOld(raw, before, links.noteStart),
  };
}

// Sound because the strict schema lets nothing else in.
function records(found: object[]): AuditRecord[] {
  return (found as Stored[]).map(toRecord);
}

async function dropOld(raw: Raw, before: Date, noteStart: (link: TrailLink) => Promise<void>): Promise<number> {
  const [kept] = records(
    await raw
      .find({ at: { $gte: before } })
      .sort({ seq: 1 })
      .limit(1)
      .toArray(),
  );
  const old = kept ? { seq: { $lt: kept.seq } } : {};
  const [last] = records(await raw.find(old).sort({ seq: -1 }).limit(1).toArray());
  if (!last) return 0;
  // Noted first: whoever appends to an empty trail, or verifies it after a crash, finds the link.
  await noteStart({ seq: last.seq, hash: last.hash, at: last.at });
  return (await raw.deleteMany({ seq: { $lte: last.seq } })).deletedCount;
}

function linksOf(connection: Connection) {
  const raw = rawOf(connection, auditLinkSchema);
  const find = async (id: string): Promise<TrailLink | undefined> => {
    const found = await raw.findOne({ _id: id });
    // Sound because only `note` writes here.
    return found ? ({ seq: found['seq'], hash: found['hash'], at: found['at'] } as TrailLink) : undefined;
  };
  /** A later place replaces an earlier one, never the other way round. */
  const note = async (id: string, { seq, hash, at }: TrailLink): Promise<void> => {
    const write = raw.updateOne({ _id: id, seq: { $lte: seq } }, { $set: { seq, hash, at } }, { upsert: true });
    await unlessTaken(write, undefined);
  };
  return {
    start: async (): Promise<TrailLink> => (await find('start')) ?? trailStart,
    head: () => find('head'),
    noteHead: (head: TrailLink) => note('head', head),
    noteStart: (head: TrailLink) => note('start', head),
  };
}
