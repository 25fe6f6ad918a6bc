// The state of the jobs as their records tell it, for the command line, the readiness page and metrics.
import type { MongoBackend } from '@agendajs/mongo-backend';

type BackendConfig = ConstructorParameters<typeof MongoBackend>[0];
export type Database = Extract<BackendConfig, { mongo: unknown }>['mongo'];

export const jobCollection = 'jobs';

export interface JobHealth {
  readonly name: string;
  readonly every: string;
  readonly nextRunAt?: Date;
  readonly lastFinishedAt?: Date;
  readonly isRunning: boolean;
  /** Its turn came more than two minutes ago and nobody took it. */
  readonly isOverdue: boolean;
  /** Of the last turn, if it failed: a code or an error id. */
  readonly failReason?: string;
}

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

const overdueMs = 120_000;

/** All jobs by name. wallNow: real time, which Agenda lives on. */
export async function listJobs(database: Database, wallNow: Date): Promise<JobHealth[]> {
  const records = await database.collection(jobCollection).find<JobRecord>({}).sort({ name: 1 }).toArray();
  return records.map((record) => healthOf(record, wallNow));
}

function healthOf(record: JobRecord, wallNow: Date): JobHealth {
  const { name, repeatInterval, nextRunAt, lastRunAt, lastFinishedAt, lockedAt, failedAt, failReason } = record;
  const isRunning = Boolean(lockedAt && lastRunAt && (!lastFinishedAt || lastRunAt > lastFinishedAt));
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
