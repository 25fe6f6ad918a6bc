// The one wish for a run outside the regular ones: a document that waits until a run has seen all that made it.
import type { Connection } from 'mongoose';
import type { MatchWish, Wishes } from '../usecases/ports.ts';
import { modelOf, schemaOf, unlessTaken } from './collection.ts';

export const wishSchema = schemaOf('match_wishes', {
  dueAt: { type: Date, required: true },
  count: { type: Number, required: true },
});

const theOne = { _id: 'the next run' } as const;

/** The wish on a connection. */
export function wishesOf(connection: Connection): Wishes {
  const model = modelOf(connection, wishSchema);
  return {
    async add(dueAt) {
      const join = (): Promise<unknown> =>
        model.updateOne(theOne, { $inc: { count: 1 }, $setOnInsert: { dueAt } }, { upsert: true }).exec();
      // Of two first wishes at once one finds the document there, and joins it.
      const wasTaken = await unlessTaken(
        join().then(() => false),
        true,
      );
      if (wasTaken) await join();
    },
    async find() {
      const wish = await model.findOne(theOne, { _id: 0 }).lean<MatchWish>();
      return wish ?? undefined;
    },
    async fulfil({ dueAt, count }, otherwiseAt) {
      const { deletedCount } = await model.deleteOne({ ...theOne, dueAt, count });
      if (deletedCount === 0) await model.updateOne({ ...theOne, dueAt }, { $set: { dueAt: otherwiseAt } });
    },
  };
}
