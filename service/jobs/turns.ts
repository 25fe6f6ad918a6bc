// How the turns of each job went: one small record a job, written by whichever copy took the turn. Agenda itself keeps
// neither the last success nor what a turn did. Figures only.
import { turnCollection, type Database } from './health.ts';
import type { JobReport } from './schedule.ts';

/** Instants are real time. */
export interface TurnFacts {
  readonly name: string;
  readonly begunAt: Date;
  readonly endedAt: Date;
  /** When the job is due again: says at its next turn how late that one began. */
  readonly nextRunAt?: Date | null | undefined;
  /** undefined: the turn failed. */
  readonly report: JobReport | undefined;
}

/** One write; turns of one job never overlap, and the last one counts. */
export async function noteTurn(database: Database, turn: TurnFacts): Promise<void> {
  const { name, begunAt, endedAt, nextRunAt, report } = turn;
  const isLate = { $gt: [begunAt, '$nextRunAt'] };
  const told = {
    endedAt,
    lastMs: endedAt.getTime() - begunAt.getTime(),
    nextRunAt: nextRunAt ?? null,
    lateMs: {
      $cond: [{ $eq: [{ $type: '$nextRunAt' }, 'date'] }, { $cond: [isLate, lateness(begunAt), 0] }, null],
    },
    turns: { $add: [{ $ifNull: ['$turns', 0] }, 1] },
    failures: { $add: [{ $ifNull: ['$failures', 0] }, report ? 0 : 1] },
    ...(report && { succeededAt: endedAt, done: doneIn(report), failedRecords: report['failed'] ?? 0 }),
  };
  await database
    .collection<{ _id: string }>(turnCollection)
    .updateOne({ _id: name }, [{ $set: told }], { upsert: true });
}

const lateness = (begunAt: Date): object => ({ $subtract: [begunAt, '$nextRunAt'] });

/** Of a matching run what was proposed, of the mailer what was sent, of a sweep what was done. */
function doneIn(report: JobReport): number {
  return report['done'] ?? report['proposed'] ?? report['sent'] ?? 0;
}

/** Forgets the jobs that the schedule no longer names. */
export async function keepTurnsOf(database: Database, names: readonly string[]): Promise<void> {
  await database.collection<{ _id: string }>(turnCollection).deleteMany({ _id: { $nin: [...names] } });
}
