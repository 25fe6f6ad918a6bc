// Figures as Prometheus reads them: counts and ages, with closed labels (job, collection, outcome); no ids, nobody's data.
import type { DueCount, HealthRecord, JobHealth, OutboxCount } from '../../domain/health.ts';
import type { HealthLook } from '../../usecases/sweep-health.ts';

export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: 'gauge' | 'counter';
  readonly samples: readonly Sample[];
}

interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface ProcessFigures {
  readonly uptimeSeconds: number;
  /** Bytes. */
  readonly rss: number;
  readonly heapUsed: number;
  readonly external: number;
  /** Seconds by quantile; not a number while nothing was measured. */
  readonly delays: Readonly<Record<string, number>>;
}

const gauge = (name: string, help: string, samples: readonly Sample[]): Metric => ({
  ...{ name, help, samples },
  type: 'gauge',
});
const one = (value: number): Sample[] => [{ value }];

export function processSamples({ uptimeSeconds, rss, heapUsed, external, delays }: ProcessFigures): Metric[] {
  const measured = Object.entries(delays).filter(([, value]) => Number.isFinite(value));
  const byQuantile = measured.map(([quantile, value]) => ({ labels: { quantile }, value }));
  return [
    gauge('mentorat_process_uptime_seconds', 'Age of this copy of the service.', one(uptimeSeconds)),
    gauge('mentorat_process_resident_memory_bytes', 'Memory of this copy of the service.', one(rss)),
    gauge('mentorat_process_heap_used_bytes', 'Heap in use by scripts.', one(heapUsed)),
    gauge('mentorat_process_external_memory_bytes', 'Memory outside the heap that scripts hold.', one(external)),
    gauge('mentorat_event_loop_delay_seconds', 'How late the event loop was since the last look.', byQuantile),
  ];
}

/** byLimit: how many of each; never who. */
export function refusedSamples(byLimit: Readonly<Record<string, number>>): Metric {
  return {
    name: 'mentorat_requests_refused_total',
    help: 'Requests of this copy that were answered with 429.',
    type: 'counter',
    samples: Object.entries(byLimit).map(([limit, value]) => ({ labels: { limit }, value })),
  };
}

/** health: undefined while the database is away. wallNow: real time, in which jobs live. */
export function healthSamples(health: HealthLook | undefined, wallNow: Date): Metric[] {
  const up = gauge('mentorat_database_up', 'Whether the database answers.', one(health ? 1 : 0));
  if (!health) return [up];
  const { record, jobs } = health;
  return [up, ...jobMetrics(jobs, wallNow), ...itemMetrics(record), ...outboxMetrics(record.outbox, record.at)];
}

interface JobFigure extends Pick<Metric, 'name' | 'help'> {
  /** Counts up for ever. */
  readonly counts?: true;
  readonly value: (job: JobHealth, wallNow: Date) => number | undefined;
}

const inSeconds = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : ms / 1000);

const jobFigures: readonly JobFigure[] = [
  {
    name: 'mentorat_job_last_success_age_seconds',
    help: 'Time since the last turn that succeeded.',
    value: ({ lastSucceededAt }, wallNow) => lastSucceededAt && seconds(wallNow, lastSucceededAt),
  },
  {
    name: 'mentorat_job_failed',
    help: 'Whether the last turn failed.',
    value: ({ failReason }) => Number(failReason !== undefined),
  },
  {
    name: 'mentorat_job_overdue',
    help: 'Whether its turn came and no copy took it.',
    value: ({ isOverdue }) => Number(isOverdue),
  },
  {
    name: 'mentorat_job_failed_records',
    help: 'Records that the last turn could not do.',
    value: ({ failedRecords }) => failedRecords,
  },
  {
    name: 'mentorat_job_lateness_seconds',
    help: 'How late the last turn began.',
    value: ({ lateMs }) => inSeconds(lateMs),
  },
  {
    name: 'mentorat_job_duration_seconds',
    help: 'How long the last turn took.',
    value: ({ lastMs }) => inSeconds(lastMs),
  },
  { name: 'mentorat_job_turns_total', help: 'Turns of all copies.', counts: true, value: ({ turns }) => turns },
  {
    name: 'mentorat_job_failures_total',
    help: 'Turns that failed, of all copies.',
    counts: true,
    value: ({ failures }) => failures,
  },
];

function jobMetrics(jobs: readonly JobHealth[], wallNow: Date): Metric[] {
  return jobFigures.map(({ name, help, counts, value }) => ({
    ...{ name, help },
    type: counts ? 'counter' : 'gauge',
    samples: jobs.flatMap((job) => {
      const found = value(job, wallNow);
      return found === undefined ? [] : [{ labels: { job: job.name }, value: found }];
    }),
  }));
}

function itemMetrics({ items, at }: HealthRecord): Metric[] {
  const byCollection = (value: (count: DueCount) => number): Sample[] =>
    Object.entries(items).map(([collection, count]) => ({ labels: { collection }, value: value(count) }));
  return [
    gauge(
      'mentorat_items_due',
      'Records whose due instant has come.',
      byCollection(({ due }) => due),
    ),
    gauge(
      'mentorat_items_overdue',
      'Records that have been due for more than an hour.',
      byCollection(({ overdue }) => overdue),
    ),
    gauge(
      'mentorat_items_oldest_due_age_seconds',
      'For how long the oldest of them has been due.',
      byCollection(({ oldestDueAt }) => (oldestDueAt ? seconds(at, oldestDueAt) : 0)),
    ),
  ];
}

function outboxMetrics({ pending, due, oldestDueAt, ...settled }: OutboxCount, now: Date): Metric[] {
  const outcomes = Object.entries(settled).map(([outcome, value]) => ({ labels: { outcome }, value }));
  return [
    gauge('mentorat_outbox_pending', 'Mails that wait, also for a later hour.', one(pending)),
    gauge('mentorat_outbox_due', 'Mails whose hour has come.', one(due)),
    gauge(
      'mentorat_outbox_oldest_due_age_seconds',
      'For how long the oldest of them has been due.',
      one(oldestDueAt ? seconds(now, oldestDueAt) : 0),
    ),
    gauge('mentorat_outbox_settled_last_day', 'Mails of the last 24 hours by how they ended.', outcomes),
  ];
}

function seconds(now: Date, since: Date): number {
  return Math.max(0, (now.getTime() - since.getTime()) / 1000);
}

/** The text format; a metric without samples is left out. */
export function textOf(metrics: readonly Metric[]): string {
  return metrics
    .filter(({ samples }) => samples.length > 0)
    .map(({ name, help, type, samples }) =>
      [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} ${type}`,
        ...samples.map(({ labels, value }) => `${name}${labelsOf(labels)} ${String(value)}`),
        '',
      ].join('\n'),
    )
    .join('');
}

function labelsOf(labels: Readonly<Record<string, string>> = {}): string {
  const written = Object.entries(labels).map(([name, value]) => `${name}="${escape(value)}"`);
  return written.length === 0 ? '' : `{${written.join(',')}}`;
}

const escape = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
