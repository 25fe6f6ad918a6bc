// The table of the night, one for all: of the mentors only classes of counts are kept here, never the counts.
import { Schema, type Connection } from 'mongoose';
import type { OutlookTable } from '../domain/outlook.ts';
import type { Outlooks } from '../usecases/ports.ts';
import { modelOf, schemaOf, unlessTaken } from './collection.ts';

export const outlookSchema = schemaOf('outlooks', {
  on: { type: String, required: true },
  cells: { type: Schema.Types.Mixed, required: true },
});

const id = 'mentors';

/** The repository on a connection. */
export function outlooksOf(connection: Connection): Outlooks {
  const model = modelOf(connection, outlookSchema);
  return {
    async find() {
      const found = await model.findById(id).lean<OutlookTable>();
      return found ? { on: found.on, cells: found.cells } : undefined;
    },
    async keep({ on, cells }) {
      // A copy that was slower finds the night's table there, and would insert a second one under the same name.
      await unlessTaken(
        model.updateOne({ _id: id, on: { $lt: on } }, { $set: { on, cells } }, { upsert: true }),
        undefined,
      );
    },
  };
}
