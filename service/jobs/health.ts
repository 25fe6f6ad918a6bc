// The state of the jobs as their records tell it, for the command line, the operators' page and metrics.
import type { MongoBackend } from '@agendajs/mongo-backend';
import type { JobHealth } from '../domain/health.ts';

export type { JobHealth } from '../domain/health.ts';

type BackendConfig = ConstructorParameters<typeof MongoBackend>[0];
export type Database = Extract<BackendConfig, { mongo: unknown }>['mongo'];

/** Agenda's own records, and ours of how the turns went. */
export const jobCollection = 'jobs';
export const turnCollection = 'job_turns';

interface JobRecord {
  readonly name: string;
  readonly repeatInterval?: string | null;
  readonly nextRunAt?: Date | null;
  readonly lastRunAt?: Date | null;
  readonly lastFinishedAt?: Date | null;
  readonly lockedAt?: Date | null;
  readonly failedAt?: Date | null;
  readonly failReason?: string | null;
}

interface TurnRecord {
  readonly _id: string;
  readonly succeededAt?: Date;
  readonly lastMs: number;
  readonly lateMs: number | null;
  readonly done?: number;
  readonly failedRecords?: number;
  readonly turns: number;
  readonly failures: number;
}

const overdueMs = 120_000;

/** All jobs by name. wallNow: real time, which Agenda lives on. */
export async function listJobs(database: Database, wallNow: Date): Promise<JobHealth[]> {
  const [records, turns] = await Promise.all([
    database.collection(jobCollection).find<JobRecord>({}).sort({ name: 1 }).toArray(),
    database.collection<TurnRecord>(turnCollection).find().toArray(),
  ]);
  return records.map((record) => ({
    ...scheduleOf(record, wallNow),
    ...turnOf(turns.find(({ _id }) => _id === record.name)),
  }));
}

function scheduleOf(record: JobRecord, wallNow: Date) {
  const { name, repeatInterval, nextRunAt, lastRunAt, lastFinishedAt, lockedAt, failedAt, failReason } = record;
  // A turn that lives renews its lock every few seconds: an old one belongs to a copy that died.
  const isHeld = lockedAt && wallNow.getTime() - lockedAt.getTime() <= overdueMs;
  const isRunning = Boolean(isHeld && lastRunAt && (!lastFinishedAt || lastRunAt > lastFinishedAt));
  const failedLast = failReason && failedAt && lastFinishedAt && failedAt >= lastFinishedAt;
  return {
    name,
    every: repeatInterval ?? '',
    ...(nextRunAt && { nextRunAt }),
    ...(lastFinishedAt && { lastFinishedAt }),
    isRunning,
    isOverdue: !isRunning && (!nextRunAt || wallNow.getTime() - nextRunAt.getTime() > overdueMs),
    ...(failedLast && { failReason }),
  };
}

function turnOf(turn: TurnRecord | undefined) {
  if (!turn) return { turns: 0, failures: 0 };
  const { succeededAt, lastMs, lateMs, done, failedRecords, turns, failures } = turn;
  return {
    turns,
    failures,
    lastMs,
    ...(lateMs !== null && { lateMs }),
    ...(succeededAt && { lastSucceededAt: succeededAt }),
    ...(done !== undefined && { done }),
    ...(failedRecords !== undefined && { failedRecords }),
  };
}
