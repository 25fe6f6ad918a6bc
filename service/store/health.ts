// What is due and how many mails wait, counted by index; and the looks of the last day, one small record each.
import { Schema, type Connection, type PipelineStage } from 'mongoose';
import type { DueCount, HealthRecord, OutboxCount } from '../domain/health.ts';
import type { HealthStore, StepCount } from '../usecases/ports.ts';
import { modelOf, schemaOf, type StoredSchema } from './collection.ts';
import { noticeSchema } from './outbox.ts';

/** items, failedRecords: counts by the names of collections and jobs. */
export const healthSchema = schemaOf('health', {
  at: { type: Date, required: true },
  items: { type: Schema.Types.Mixed, required: true },
  outbox: { type: Schema.Types.Mixed, required: true },
  failedJobs: { type: [String], required: true },
  overdueJobs: { type: [String], required: true },
  failedRecords: { type: Schema.Types.Mixed, required: true },
  latenessMs: Number,
  alarms: { type: [String], required: true },
});
healthSchema.index({ at: 1 }, { name: 'by_time' });

type StoredHealth = Omit<HealthRecord, 'key'> & { readonly _id: string };

interface Followed {
  readonly schema: StoredSchema;
  /** The statuses that the index of what is due holds. */
  readonly live: readonly string[];
}

/** A schema that has due instants has an index of them; without it nothing is due there. */
function followed(schemas: readonly StoredSchema[]): Followed[] {
  return schemas.flatMap((schema) => {
    const [, options] = schema.indexes().find(([, { name }]) => name === 'due_of_live') ?? [];
    const status = (options?.partialFilterExpression as { status?: { $in: readonly string[] } } | undefined)?.status;
    return status ? [{ schema, live: status.$in }] : [];
  });
}

/** schemas: of all collections of the room. */
export function healthOf(connection: Connection, schemas: readonly StoredSchema[]): HealthStore {
  const model = modelOf(connection, healthSchema);
  const collections = followed(schemas);
  return {
    async countDue(now, overdueBefore) {
      const counts = collections.map(async ({ schema, live }): Promise<[string, DueCount]> => {
        const stages = dueStages(live, { now, overdueBefore, by: null });
        const [count] = await modelOf(connection, schema).aggregate<Grouped>(stages).exec();
        return [nameOf(schema), count ? toCount(count) : { due: 0, overdue: 0 }];
      });
      return Object.fromEntries(await Promise.all(counts));
    },
    async countSteps(now, overdueBefore) {
      const counts = collections.map(async ({ schema, live }): Promise<StepCount[]> => {
        const stages = [...dueStages(live, { now, overdueBefore, by: '$due.step' }), { $sort: { _id: 1 as const } }];
        const groups = await modelOf(connection, schema).aggregate<Grouped & { _id: string }>(stages).exec();
        return groups.map((group) => ({ collection: nameOf(schema), step: group._id, ...toCount(group) }));
      });
      return (await Promise.all(counts)).flat();
    },
    countOutbox: (now, settledSince) => countOutbox(connection, now, settledSince),
    async keep({ key, ...record }, dropBefore) {
      await model.replaceOne({ _id: key }, record, { upsert: true });
      await model.deleteMany({ at: { $lt: dropBefore } });
    },
    async listSince(instant) {
      const found = await model
        .find({ at: { $gte: instant } })
        .sort({ at: 1 })
        .lean<StoredHealth[]>();
      return found.map(({ _id: key, ...record }) => ({ key, ...record }));
    },
  };
}

const nameOf = (schema: StoredSchema): string => String(schema.get('collection'));

interface Grouped {
  readonly due: number;
  readonly overdue: number;
  readonly oldestDueAt: Date;
}

function toCount({ due, overdue, oldestDueAt }: Grouped): DueCount {
  return { due, overdue, oldestDueAt };
}

interface Question {
  readonly now: Date;
  readonly overdueBefore: Date;
  readonly by: string | null;
}

/** The first stage is what the index of due instants answers. */
export function dueStages(live: readonly string[], { now, overdueBefore, by }: Question): PipelineStage[] {
  return [
    { $match: { status: { $in: live }, 'due.at': { $lte: now } } },
    {
      $group: {
        _id: by,
        due: { $sum: 1 },
        overdue: { $sum: { $cond: [{ $lt: ['$due.at', overdueBefore] }, 1, 0] } },
        oldestDueAt: { $min: '$due.at' },
      },
    },
  ];
}

const endOfTime = new Date(8_640_000_000_000_000);

/** Bounds on the instants let the indexes answer: without them the whole outbox would be read. */
export function outboxStages(now: Date, settledSince: Date): { pending: PipelineStage[]; settled: PipelineStage[] } {
  const isDue = { $lte: ['$notBefore', now] };
  return {
    pending: [
      { $match: { status: 'pending', notBefore: { $lte: endOfTime } } },
      {
        $group: {
          _id: null,
          pending: { $sum: 1 },
          due: { $sum: { $cond: [isDue, 1, 0] } },
          oldest: { $min: '$notBefore' },
        },
      },
    ],
    settled: [{ $match: { settledAt: { $gte: settledSince } } }, { $group: { _id: '$status', count: { $sum: 1 } } }],
  };
}

async function countOutbox(connection: Connection, now: Date, settledSince: Date): Promise<OutboxCount> {
  const notices = modelOf(connection, noticeSchema);
  const stages = outboxStages(now, settledSince);
  const [[waiting], settled] = await Promise.all([
    notices.aggregate<{ pending: number; due: number; oldest: Date }>(stages.pending).exec(),
    notices.aggregate<{ _id: string; count: number }>(stages.settled).exec(),
  ]);
  const of = (status: string): number => settled.find(({ _id }) => _id === status)?.count ?? 0;
  return {
    pending: waiting?.pending ?? 0,
    due: waiting?.due ?? 0,
    ...(waiting && waiting.oldest <= now && { oldestDueAt: waiting.oldest }),
    sent: of('sent'),
    refused: of('refused'),
    exhausted: of('exhausted'),
    dropped: of('dropped'),
  };
}
