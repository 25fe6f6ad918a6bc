// Matching runs: the key is the id, so a regular run is claimed by one copy of the service only.
import type { Connection } from 'mongoose';
import type { MatchRun, Runs } from '../usecases/ports.ts';
import { modelOf, schemaOf, unlessTaken } from './collection.ts';

const text = { type: String, required: true } as const;
const count = { type: Number, required: true } as const;

export const runSchema = schemaOf('runs', {
  startedAt: { type: Date, required: true },
  finishedAt: Date,
  seed: count,
  rulesVersion: text,
  inputHash: text,
  requests: count,
  places: count,
  served: count,
  proposed: count,
  skipped: count,
});
runSchema.index({ startedAt: -1 }, { name: 'latest' });

type StoredRun = Omit<MatchRun, 'key'> & { readonly _id: string };

function toRun({ _id: key, ...run }: StoredRun): MatchRun {
  return { key, ...run };
}

/** The runs' repository on a connection. */
export function runsOf(connection: Connection): Runs {
  const model = modelOf(connection, runSchema);
  return {
    async claim({ key, ...run }) {
      return unlessTaken(
        model.create([{ _id: key, ...run }]).then(() => true),
        false,
      );
    },
    async find(key) {
      const run = await model.findOne({ _id: key }).lean<StoredRun>();
      return run ? toRun(run) : undefined;
    },
    async finish(key, change) {
      await model.updateOne({ _id: key }, { $set: change });
    },
    async latest(limit) {
      return (await model.find().sort({ startedAt: -1 }).limit(limit).lean<StoredRun[]>()).map(toRun);
    },
  };
}
