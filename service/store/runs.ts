// Matching runs: the key is the id, so a regular run is claimed by one copy of the service only. The record says how far
// the run is and whether it is to stop, so that any copy may ask; only who holds the run may move it on.
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Connection } from 'mongoose';
import type { Certificate } from '../domain/matching/index.ts';
import type { MatchRun, Runs, TakeUp } from '../usecases/ports.ts';
import { rawOf } from './bulk.ts';
import { type Filter, modelOf, schemaOf, unlessTaken } from './collection.ts';

const text = { type: String, required: true } as const;
const count = { type: Number, required: true } as const;

export const runSchema = schemaOf('runs', {
  startedAt: { type: Date, required: true },
  begunAt: Date,
  progressAt: Date,
  finishedAt: Date,
  holder: { type: String, select: false },
  takenUp: { type: Number, select: false },
  dryRun: Boolean,
  stopAsked: Boolean,
  stopped: Boolean,
  failed: Boolean,
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

function toRun(record: StoredRun): MatchRun;
function toRun(record: StoredRun | null): MatchRun | undefined;
function toRun(record: StoredRun | null): MatchRun | undefined {
  if (!record) return undefined;
  const { _id: key, ...run } = record;
  return { key, ...run };
}

const [pack, unpack] = [promisify(gzip), promisify(gunzip)];
const goingOn = { finishedAt: { $exists: false } };
/** A demanded run that is older than this is over, or was ended for its silence. */
const longestWaitMs = 86_400_000;

/** A demanded run that has ended so many copies of the service would end the next one too; regular ones have to happen. */
const mostTakeUps = 5;

/** Nobody works at it: it waits, was given back, or its holder has died. */
const idle = (silentBefore: Date): object => ({
  $or: [{ holder: { $exists: false } }, { progressAt: { $lt: silentBefore } }],
});

/** The runs' repository on a connection. */
export function runsOf(connection: Connection): Runs {
  const model = modelOf(connection, runSchema);
  const changed = async (filter: Filter, change: Filter): Promise<boolean> =>
    (await model.updateOne({ ...goingOn, ...filter }, { $set: change })).matchedCount === 1;
  return {
    async claim({ key, ...run }, holder) {
      const record = { _id: key, ...run, ...(holder !== undefined && { holder }) };
      return unlessTaken(
        model.create([record]).then(() => true),
        false,
      );
    },
    ...takingOf(connection),
    find: async (key) => toRun(await model.findOne({ _id: key }).lean<StoredRun>()),
    progress: ({ key, holder }, at, change) =>
      changed({ _id: key, holder, stopAsked: { $ne: true } }, { ...change, progressAt: at }),
    askToStop: (key) => changed({ _id: key }, { stopAsked: true }),
    finish: ({ key, holder }, change) => changed({ _id: key, holder }, change),
    async finishSilent(before, now) {
      const silent = { ...goingOn, progressAt: { $lt: before } };
      return (await model.updateMany(silent, { $set: { finishedAt: now, stopped: true } })).modifiedCount;
    },
    async forgetDryRuns(before) {
      return (await model.deleteMany({ dryRun: true, startedAt: { $lt: before } })).deletedCount;
    },
    async latest(limit) {
      return (await model.find().sort({ startedAt: -1 }).limit(limit).lean<StoredRun[]>()).map((run) => toRun(run));
    },
    ...certificatesOf(connection),
  };
}

function takingOf(connection: Connection): Pick<Runs, 'takeUp' | 'takeUpDemanded' | 'release'> {
  const model = modelOf(connection, runSchema);
  const take = async (filter: Filter, { holder, now, silentBefore }: TakeUp): Promise<MatchRun | undefined> => {
    const run = await model
      .findOneAndUpdate(
        { ...goingOn, ...idle(silentBefore), ...filter },
        { $set: { holder, begunAt: now, progressAt: now }, $inc: { takenUp: 1 } },
        { returnDocument: 'after', sort: { startedAt: 1 } },
      )
      .lean<StoredRun>();
    return toRun(run);
  };
  return {
    takeUp: (key, at) => take({ _id: key }, at),
    takeUpDemanded: (at) =>
      take(
        {
          _id: { $regex: '^demand ' },
          startedAt: { $gte: new Date(at.now.getTime() - longestWaitMs) },
          takenUp: { $not: { $gte: mostTakeUps } },
        },
        at,
      ),
    async release({ key, holder }) {
      await model.updateOne({ ...goingOn, _id: key, holder }, { $unset: { holder: 1 } });
    },
  };
}

function certificatesOf(connection: Connection): Pick<Runs, 'keepCertificate' | 'findCertificate'> {
  const raw = rawOf(connection, runSchema);
  return {
    async keepCertificate({ key, holder }, certificate) {
      const packed = await pack(JSON.stringify(certificate));
      await raw.updateOne({ _id: key, holder }, { $set: { certificate: packed } });
    },
    async findCertificate(key) {
      const run = await raw.findOne({ _id: key }, { projection: { certificate: 1 } });
      const packed = run?.['certificate'] as { buffer: Uint8Array } | undefined;
      return packed && (JSON.parse((await unpack(packed.buffer)).toString()) as Certificate);
    },
  };
}
