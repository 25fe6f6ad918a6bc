// What stays of closed dialogues for the figures: inserted once under a random id, deleted when old.
import type { Connection } from 'mongoose';
import type { CountedFact } from '../domain/report/endings.ts';
import type { Closings } from '../usecases/ports.ts';
import { insertAll, rawOf } from './bulk.ts';
import { schemaOf } from './collection.ts';

const text = { type: String, required: true } as const;

/** Nothing finer than the month. */
export const closingSchema = schemaOf('closings', {
  month: text,
  format: text,
  closing: text,
  menteeLabId: text,
  mentorLabId: text,
  duration: text,
  firstMeeting: text,
  surveyed: { type: Boolean, required: true },
});
closingSchema.index({ month: 1 }, { name: 'age' });

/** The facts about closed dialogues on a connection. */
export function closingsOf(connection: Connection): Closings {
  const raw = rawOf(connection, closingSchema);
  return {
    async add(facts) {
      await insertAll(
        raw,
        facts.map(({ id, ...fact }) => ({ _id: id, ...fact })),
      );
    },
    list: () => raw.find<CountedFact>({}, { projection: { _id: 0 } }).toArray(),
    dropUntil: async (month) => (await raw.deleteMany({ month: { $lte: month } })).deletedCount,
  };
}
