// How the programme is doing as a machine: what is overdue, what failed, how late things are. Counts only, nobody's data.

/** Records of one collection that wait for something; overdue: for more than an hour of programme time. */
export interface DueCount {
  readonly due: number;
  readonly overdue: number;
  readonly oldestDueAt?: Date;
}

export interface OutboxCount {
  /** Waiting in all, and of these those whose hour has come. */
  readonly pending: number;
  readonly due: number;
  readonly oldestDueAt?: Date;
  /** Settled in the last 24 hours of programme time. */
  readonly sent: number;
  readonly refused: number;
  readonly exhausted: number;
  readonly dropped: number;
}

/** One job as its records tell it; instants are real time. */
export interface JobHealth {
  readonly name: string;
  readonly every: string;
  readonly nextRunAt?: Date;
  readonly lastFinishedAt?: Date;
  readonly lastSucceededAt?: Date;
  readonly isRunning: boolean;
  /** Its turn came more than two minutes ago and nobody took it. */
  readonly isOverdue: boolean;
  /** Of the last turn, if it failed: a code or an error id. */
  readonly failReason?: string;
  /** Of the last turn that was told of: how long it took, how late it began, what it did. */
  readonly lastMs?: number;
  readonly lateMs?: number;
  readonly done?: number;
  /** Records that it could not do and left for its next turn. */
  readonly failedRecords?: number;
  /** Turns since the record of the job was made, and those among them that failed. */
  readonly turns: number;
  readonly failures: number;
}

/** What is wrong, worst first. A closed list: each has a sentence. */
export const alarms = ['job_failed', 'job_overdue', 'records_failed', 'items_overdue', 'mails_late'] as const;
export type Alarm = (typeof alarms)[number];

/** One look at the whole, kept for a day. */
export interface HealthRecord {
  /** The quarter of an hour it belongs to: two copies that look at once keep one record. */
  readonly key: string;
  readonly at: Date;
  readonly items: Readonly<Record<string, DueCount>>;
  readonly outbox: OutboxCount;
  readonly failedJobs: readonly string[];
  readonly overdueJobs: readonly string[];
  /** By job. */
  readonly failedRecords: Readonly<Record<string, number>>;
  /** Median over the jobs of how late their last turns began. */
  readonly latenessMs?: number;
  readonly alarms: readonly Alarm[];
}

/** After so long a thing that is due counts as overdue; a mail that has not left, too. */
export const overdueAfterMs = 3_600_000;
const slotMs = 15 * 60_000;

export interface HealthFacts {
  readonly items: Readonly<Record<string, DueCount>>;
  readonly outbox: OutboxCount;
  readonly jobs: readonly JobHealth[];
}

/** The record of one look. now: programme time. */
export function recordHealth({ items, outbox, jobs }: HealthFacts, now: Date): HealthRecord {
  const latenessMs = median(jobs.flatMap(({ lateMs }) => lateMs ?? []));
  const found = {
    items,
    outbox,
    failedJobs: jobs.filter(({ failReason }) => failReason !== undefined).map(({ name }) => name),
    overdueJobs: jobs.filter(({ isOverdue }) => isOverdue).map(({ name }) => name),
    failedRecords: Object.fromEntries(
      jobs.flatMap(({ name, failedRecords = 0 }) => (failedRecords > 0 ? [[name, failedRecords] as const] : [])),
    ),
  };
  return {
    key: new Date(Math.floor(now.getTime() / slotMs) * slotMs).toISOString().slice(0, 16),
    at: now,
    ...found,
    ...(latenessMs !== undefined && { latenessMs }),
    alarms: alarms.filter((alarm) => sounds[alarm](found, now)),
  };
}

type Found = Pick<HealthRecord, 'items' | 'outbox' | 'failedJobs' | 'overdueJobs' | 'failedRecords'>;

const sounds: Readonly<Record<Alarm, (found: Found, now: Date) => boolean>> = {
  job_failed: ({ failedJobs }) => failedJobs.length > 0,
  job_overdue: ({ overdueJobs }) => overdueJobs.length > 0,
  records_failed: ({ failedRecords }) => Object.keys(failedRecords).length > 0,
  items_overdue: ({ items }) => Object.values(items).some(({ overdue }) => overdue > 0),
  mails_late: ({ outbox }, now) =>
    outbox.oldestDueAt !== undefined && now.getTime() - outbox.oldestDueAt.getTime() > overdueAfterMs,
};

/** What the consolidated report may say of the health: of the last look, and of the day before it. */
export interface HealthFigures {
  readonly overdue: number;
  readonly failed: number;
  /** Median of the looks of the last 24 hours; absent before the first one. */
  readonly medianLatenessMs?: number;
  /** Looks in the last 24 hours, and those among them that found something wrong. */
  readonly looks: number;
  readonly alarmed: number;
}

/** overdue: records and jobs; failed: records and jobs. records: of the last 24 hours, in any order. */
export function healthFigures(records: readonly HealthRecord[]): HealthFigures {
  const last = records.toSorted((a, b) => a.at.getTime() - b.at.getTime()).at(-1);
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
  const medianLatenessMs = median(records.flatMap(({ latenessMs }) => latenessMs ?? []));
  return {
    overdue: last ? sum(Object.values(last.items).map(({ overdue }) => overdue)) + last.overdueJobs.length : 0,
    failed: last ? sum(Object.values(last.failedRecords)) + last.failedJobs.length : 0,
    ...(medianLatenessMs !== undefined && { medianLatenessMs }),
    looks: records.length,
    alarmed: records.filter((record) => record.alarms.length > 0).length,
  };
}

/** The lower one of the two middle values where there are two. */
export function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
}
