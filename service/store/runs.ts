// Matching runs: the key is the id, so a regular run is claimed by one copy of the service only. The record says how far
// the run is and whether it is to stop, so that any copy may ask.
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Connection } from 'mongoose';
import type { Certificate } from '../domain/matching/index.ts';
import type { MatchRun, Runs } from '../usecases/ports.ts';
import { rawOf } from './bulk.ts';
import { modelOf, schemaOf, unlessTaken } from './collection.ts';

const text = { type: String, required: true } as const;
const count = { type: Number, required: true } as const;

export const runSchema = schemaOf('runs', {
  startedAt: { type: Date, required: true },
  progressAt: Date,
  finishedAt: Date,
  stopAsked: { type: Boolean, select: false },
  stopped: Boolean,
  seed: count,
  rulesVersion: text,
  inputHash: String,
  requests: count,
  places: count,
  served: count,
  pairs: Number,
  lowest: Number,
  total: Number,
  load: Number,
  verdict: String,
  proposed: count,
  skipped: count,
  // Packed: some ten thousand numbers that are looked at when a result is doubted.
  certificate: { type: Buffer, select: false },
});
runSchema.index({ startedAt: -1 }, { name: 'latest' });

type StoredRun = Omit<MatchRun, 'key'> & { readonly _id: string };

function toRun({ _id: key, ...run }: StoredRun): MatchRun {
  return { key, ...run };
}

const [pack, unpack] = [promisify(gzip), promisify(gunzip)];
const goingOn = { finishedAt: { $exists: false } };

/** The runs' repository on a connection. */
export function runsOf(connection: Connection): Runs {
  const model = modelOf(connection, runSchema);
  const raw = rawOf(connection, runSchema);
  const changed = async (filter: Record<string, unknown>, change: Record<string, unknown>): Promise<boolean> =>
    (await model.updateOne({ ...goingOn, ...filter }, { $set: change })).matchedCount === 1;
  return {
    async claim({ key, ...run }) {
      return unlessTaken(
        model.create([{ _id: key, ...run }]).then(() => true),
        false,
      );
    },
    takeUp: (key, { silentBefore, now }) =>
      changed({ _id: key, progressAt: { $lt: silentBefore } }, { progressAt: now }),
    async find(key) {
      const run = await model.findOne({ _id: key }).lean<StoredRun>();
      return run ? toRun(run) : undefined;
    },
    progress: (key, at, change) => changed({ _id: key, stopAsked: { $ne: true } }, { ...change, progressAt: at }),
    askToStop: (key) => changed({ _id: key }, { stopAsked: true }),
    async finish(key, change) {
      await model.updateOne({ _id: key }, { $set: change });
    },
    async finishSilent(before, now) {
      const silent = { ...goingOn, progressAt: { $lt: before } };
      return (await model.updateMany(silent, { $set: { finishedAt: now, stopped: true } })).modifiedCount;
    },
    async latest(limit) {
      return (await model.find().sort({ startedAt: -1 }).limit(limit).lean<StoredRun[]>()).map(toRun);
    },
    async keepCertificate(key, certificate) {
      const packed = await pack(JSON.stringify(certificate));
      await raw.updateOne({ _id: key }, { $set: { certificate: packed } });
    },
    async findCertificate(key) {
      const run = await raw.findOne({ _id: key }, { projection: { certificate: 1 } });
      const packed = run?.['certificate'] as { buffer: Uint8Array } | undefined;
      return packed && (JSON.parse((await unpack(packed.buffer)).toString()) as Certificate);
    },
  };
}
