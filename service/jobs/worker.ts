// Runs the schedule on Agenda: one record a job, locked by whichever copy of the service takes the turn.
import { randomUUID } from 'node:crypto';
import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda, type Job as AgendaJob } from 'agenda';
import { jobCollection, type Database } from './health.ts';
import { createErrorLog, type ErrorLog } from '../../lti/log/index.ts';
import type { Job, JobReport } from './schedule.ts';
import { keepTurnsOf, noteTurn } from './turns.ts';

/** To be made before a worker starts: copies that start together would otherwise each make a record of the same job. */
export const jobIndexes = [
  { collection: jobCollection, key: { name: 1, type: 1 }, options: { name: 'one_of_a_kind', unique: true } },
  {
    collection: jobCollection,
    key: { name: 1, nextRunAt: 1, priority: -1, lockedAt: 1, disabled: 1 },
    options: { name: 'next_turn' },
  },
] as const;

export interface JobLogger {
  info(facts: object, sentence: string): void;
  error(facts: object, sentence: string): void;
}

export interface WorkerParts {
  /** The service's own connection, open. */
  readonly connection: { readonly db?: Database | undefined };
  readonly jobs: readonly Job[];
  readonly logger: JobLogger;
  /** Default: one of its own on the logger. */
  readonly errors?: ErrorLog;
  /** How often this copy looks for a turn to take, in milliseconds. */
  readonly pollMs?: number;
  /** After so many milliseconds without a sign of life a turn is given to another copy. */
  readonly lockMs?: number;
  /** A turn that goes on longer than this is taken for lost: its lock is no longer renewed. In milliseconds. */
  readonly longestMs?: number;
}

export interface Worker {
  /** @throws Error with one sentence when a job's schedule cannot be read */
  start(): Promise<void>;
  /** Takes no new turn, asks running ones to end, waits for them at most `timeoutMs`, gives back what was not begun. */
  stop(timeoutMs?: number): Promise<void>;
}

export function createWorker(parts: WorkerParts): Worker {
  const { connection, jobs, logger, pollMs = 1000, lockMs = 30_000, longestMs = 15 * 60_000 } = parts;
  const { errors = createErrorLog({ logger }) } = parts;
  const name = `worker-${randomUUID()}`;
  const stopping = new AbortController();
  let agenda: Agenda | undefined;

  const perform = performer({ connection, logger, errors, lockMs, longestMs, signal: stopping.signal });

  return {
    async start() {
      const database = connection.db;
      if (!database) throw new Error('The jobs need an open connection to the database.');
      const opened = openAgenda(database, { name, pollMs, lockMs, errors });
      checkSchedule(opened, jobs);
      for (const job of jobs) {
        // No lockLimit: a lock that ran out before its turn began is never counted back, and the job would stand still.
        opened.define(job.name, (turn: AgendaJob) => perform(job, turn), { concurrency: 1 });
      }
      await register(opened, database.collection(jobCollection), jobs);
      await keepTurnsOf(
        database,
        jobs.map(({ name: known }) => known),
      );
      await opened.start();
      agenda = opened;
    },
    async stop(timeoutMs = 20_000) {
      if (!agenda) return;
      stopping.abort();
      const { running } = await agenda.drain({ timeout: timeoutMs, closeConnection: false });
      agenda = undefined;
      if (running > 0) logger.error({ running }, 'Jobs were still running at the stop; another copy takes them up.');
      // Agenda keeps the locks of turns that it took ahead of time and never began.
      else await unlock(connection.db, name);
    },
  };
}

type PerformerParts = Pick<WorkerParts, 'connection' | 'logger'> & {
  readonly errors: ErrorLog;
  readonly lockMs: number;
  readonly longestMs: number;
  readonly signal: AbortSignal;
};

/** One turn: alive as long as it lasts, told in the log and in the job's record, its errors without their words. */
function performer({ connection, logger, errors, signal, ...life }: PerformerParts) {
  const unwritten = (error: unknown): void => {
    errors.reportRepeating(error, 'How a job went could not be written down.');
  };
  return async (job: Job, turn: AgendaJob): Promise<void> => {
    const alive = keepAlive(turn, life);
    const begunAt = new Date();
    let report: JobReport | undefined;
    try {
      report = await job.run(signal);
      if (Object.values(report).some((count) => count > 0))
        logger.info({ job: job.name, ...report }, 'A job was done.');
    } catch (error) {
      const sentence = 'A job failed; what it left undone is due at its next turn.';
      const { kind, code, reference } = errors.report(error, sentence, { job: job.name });
      // Agenda keeps this text in the job's record.
      throw new Error(`${code ?? kind} ${reference}`);
    } finally {
      await alive.stop();
      const facts = { name: job.name, begunAt, endedAt: new Date(), nextRunAt: turn.attrs.nextRunAt, report };
      // Apart from the turn itself, which counts even where this fails.
      if (connection.db) await noteTurn(connection.db, facts).catch(unwritten);
    }
  };
}

function openAgenda(database: Database, parts: Options): Agenda {
  const { errors, name, pollMs, lockMs } = parts;
  // Agenda would make its index unattended: a failure there could be neither caught nor waited for.
  const backend = new MongoBackend({ mongo: database, collection: jobCollection, ensureIndex: false });
  const note = (error: unknown): void => {
    errors.reportRepeating(error, 'The job queue met an error and goes on.');
  };
  const { repository } = backend;
  const giveBack = repository.unlockJob.bind(repository);
  // Agenda does not wait for this call either; while the database is away it would end the process.
  repository.unlockJob = (job) => giveBack(job).catch(note);
  const agenda = new Agenda({ backend, name, processEvery: pollMs, defaultLockLifetime: lockMs });
  agenda.on('error', note);
  return agenda;
}

interface Options {
  readonly errors: ErrorLog;
  readonly name: string;
  readonly pollMs: number;
  readonly lockMs: number;
}

/** Agenda takes a schedule that it cannot read for "never"; here it stops the start. */
function checkSchedule(agenda: Agenda, jobs: readonly Job[]): void {
  const names = jobs.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`The schedule names the job "${twice}" twice.`);
  for (const { name, every } of jobs) {
    const { nextRunAt } = agenda.create(name).repeatEvery(every).attrs;
    if (every.trim() === '' || !nextRunAt) {
      throw new Error(
        `The job "${name}" has the schedule "${every}", which is neither an interval nor a cron expression.`,
      );
    }
  }
}

/**
 * Makes the records that are missing, and gives those their schedule that have another. Agenda would save whole records, and
 * so take the lock from a turn that a copy which started a moment earlier is taking.
 */
async function register(agenda: Agenda, records: ReturnType<Database['collection']>, jobs: readonly Job[]) {
  await agenda.ready;
  for (const { name, every } of jobs) {
    const record = { name, type: 'single' };
    const schedule = { repeatInterval: every, nextRunAt: agenda.create(name).repeatEvery(every).attrs.nextRunAt };
    await records.updateOne(record, { $setOnInsert: { ...schedule, priority: 0, lockedAt: null } }, { upsert: true });
    const isOther = { $or: [{ repeatInterval: { $ne: every } }, { nextRunAt: null }] };
    await records.updateOne({ ...record, ...isOther }, { $set: schedule });
  }
  await agenda.purge();
}

type Life = Pick<PerformerParts, 'lockMs' | 'longestMs'>;

function keepAlive(turn: AgendaJob, { lockMs, longestMs }: Life): { stop(): Promise<void> } {
  const begun = performance.now();
  let touching: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    if (performance.now() - begun > longestMs) clearInterval(timer);
    else touching = touching.then(() => turn.touch()).catch(() => undefined);
  }, lockMs / 3);
  // A turn that hangs keeps its lock, and no process from ending.
  timer.unref();
  return {
    // Waits for the last sign of life: written after the end of the turn it would lock the job again.
    stop: () => {
      clearInterval(timer);
      return touching;
    },
  };
}

async function unlock(database: Database | undefined, name: string): Promise<void> {
  const mine = { lastModifiedBy: name, lockedAt: { $ne: null } };
  await database?.collection(jobCollection).updateMany(mine, { $set: { lockedAt: null } });
}
