// The health of the jobs for the operators' page: states in words, never by colour alone; counts, nobody's data.
import type { DueCount, JobHealth, OutboxCount } from '../../../domain/health.ts';
import type { MatchRun, StepCount } from '../../../usecases/ports.ts';
import type { HealthView } from '../../../usecases/view-health.ts';
import type { Row } from '../../present/words.ts';
import type { AdminVisit } from '../visit.ts';
import { told } from './words.ts';

interface Table {
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly object[];
}

const cellsOf = (texts: readonly string[]): object[] => texts.map((text) => ({ text, tooFew: false }));

function tableOf({ t }: AdminVisit, kind: string, { columns, rows, caption = 'caption' }: TableParts): Table {
  return {
    id: `table-${kind}-${caption}`,
    caption: t(`admin-jobs:${kind}.${caption}`),
    columns: columns.map((column) => t(`admin-jobs:${kind}.${column}`)),
    rows: rows.map(([label = '', ...cells]) => ({ label, total: false, cells: cellsOf(cells) })),
  };
}

interface TableParts {
  readonly columns: readonly string[];
  /** Each begins with its heading. */
  readonly rows: readonly (readonly string[])[];
  readonly caption?: string;
}

/** 340 ms, 2.3 s, 12 min: as much as one wants to know. */
export function tellDuration(locale: string, ms: number): string {
  const [value, unit] = ms < 1000 ? [ms, 'ms'] : ms < 120_000 ? [ms / 1000, 's'] : [ms / 60_000, 'min'];
  const digits = unit === 's' && value < 10 ? 1 : 0;
  const language = locale === 'en' ? 'en-GB' : 'fr-FR';
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value)}\u00a0${unit}`;
}

/** "5 minutes" of the schedule in the page's language; a cron expression as it is. */
function tellInterval({ t }: AdminVisit, every: string): string {
  const [, count, unit] = /^(\d+) (second|minute|hour|day)s?$/u.exec(every) ?? [];
  return unit === undefined ? every : t(`admin-jobs:every.${unit}`, { count: Number(count) });
}

function stateOf({ t }: AdminVisit, { isRunning, isOverdue, failReason }: JobHealth): string {
  if (failReason !== undefined) return t('admin-jobs:state.failed', { reason: failReason });
  return t(`admin-jobs:state.${isRunning ? 'running' : isOverdue ? 'overdue' : 'on_time'}`);
}

function jobRow(visit: AdminVisit, job: JobHealth): string[] {
  const { t, locale } = visit;
  const slash = (...parts: readonly string[]): string => (parts.every((one) => one === '–') ? '–' : parts.join(' / '));
  const at = (instant: Date | undefined): string => (instant ? told(visit, instant, 'short') : t('admin-jobs:never'));
  const count = (value: number | undefined): string => (value === undefined ? '–' : String(value));
  const duration = (ms: number | undefined): string => (ms === undefined ? '–' : tellDuration(locale, ms));
  return [
    job.name,
    stateOf(visit, job),
    at(job.lastFinishedAt),
    at(job.nextRunAt),
    tellInterval(visit, job.every),
    slash(duration(job.lateMs), duration(job.lastMs)),
    slash(count(job.done), count(job.failedRecords)),
  ];
}

const jobColumns = ['name', 'state', 'last', 'next', 'every', 'late_took', 'done_failed'];

/** Collections that have a name on the page; any other is shown by its own. */
const named = ['members', 'requests', 'proposals', 'dialogues', 'meetings', 'cases', 'referral_sheets'];

function collectionName({ t }: AdminVisit, collection: string): string {
  return named.includes(collection) ? t(`admin-jobs:collection.${collection}`) : collection;
}

function dueCells(visit: AdminVisit, { due, overdue, oldestDueAt }: DueCount): string[] {
  const since = oldestDueAt ? told(visit, oldestDueAt, 'moment') : visit.t('admin-jobs:items.nothing');
  return [String(due), String(overdue), since];
}

function itemsTable(visit: AdminVisit, items: HealthView['now']['items']): Table {
  const known = (collection: string): number => named.indexOf(collection) >>> 0;
  const inOrder = Object.entries(items).sort(([a], [b]) => known(a) - known(b));
  const rows = inOrder.map(([collection, count]) => [collectionName(visit, collection), ...dueCells(visit, count)]);
  return tableOf(visit, 'items', { columns: ['collection', 'due', 'overdue', 'since'], rows });
}

function stepsTable(visit: AdminVisit, steps: readonly StepCount[]): Table {
  const rows = steps.map((one) => [collectionName(visit, one.collection), one.step, ...dueCells(visit, one)]);
  const columns = ['collection', 'step', 'due', 'overdue', 'since'];
  return tableOf(visit, 'items', { columns, rows, caption: 'steps_caption' });
}

function mailRows(visit: AdminVisit, { oldestDueAt, ...counts }: OutboxCount): Row[] {
  const { t } = visit;
  const figure = (name: keyof typeof counts): Row => ({
    label: t(`admin-jobs:mails.${name}`),
    value: String(counts[name]),
  });
  const oldest = {
    label: t('admin-jobs:mails.oldest'),
    value: oldestDueAt ? told(visit, oldestDueAt, 'moment') : t('admin-jobs:mails.none_due'),
  };
  const settled = (['sent', 'refused', 'exhausted', 'dropped'] as const).map(figure);
  return [figure('pending'), figure('due'), oldest, ...settled];
}

function runState({ t }: AdminVisit, { finishedAt, failed, stopped, verdict }: MatchRun): string {
  if (failed) return t('admin-jobs:runs.failed');
  if (verdict !== undefined && verdict !== 'ok') return t('admin-jobs:runs.refused', { verdict });
  return t(`admin-jobs:runs.${!finishedAt ? 'going_on' : stopped ? 'stopped' : 'done'}`);
}

/** Times and states only: how many people a run was about is told by the report, suppressed. */
function runRow(visit: AdminVisit, run: MatchRun): string[] {
  const { startedAt, begunAt = startedAt, finishedAt } = run;
  const took = finishedAt ? tellDuration(visit.locale, finishedAt.getTime() - begunAt.getTime()) : '–';
  const ended = finishedAt ? told(visit, finishedAt, 'moment') : '–';
  return [told(visit, startedAt, 'moment'), runState(visit, run), ended, took];
}

function dayRows({ t, locale }: AdminVisit, { looks, alarmed, medianLatenessMs }: HealthView['day']): Row[] {
  const lateness = medianLatenessMs === undefined ? undefined : tellDuration(locale, medianLatenessMs);
  return [
    { label: t('admin-jobs:day.looks'), value: t('admin-jobs:day.looks_value', { looks, alarmed }) },
    { label: t('admin-jobs:day.lateness'), value: lateness ?? t('admin-jobs:day.no_lateness') },
  ];
}

export function presentJobs(visit: AdminVisit, { now, jobs, steps, day, runs }: HealthView): object {
  const { t } = visit;
  return {
    heading: t('admin-jobs:heading'),
    verdict: t(`admin-jobs:${now.alarms.length === 0 ? 'well' : 'unwell'}`),
    looked: t('admin-jobs:looked', { date: told(visit, now.at, 'moment') }),
    alarms: now.alarms.map((alarm) => ({
      what: t(`admin-jobs:alarm.${alarm}.what`),
      todo: t(`admin-jobs:alarm.${alarm}.todo`),
    })),
    day: dayRows(visit, day),
    jobs:
      jobs.length > 0 && tableOf(visit, 'jobs', { columns: jobColumns, rows: jobs.map((job) => jobRow(visit, job)) }),
    items: itemsTable(visit, now.items),
    steps: steps.length > 0 && stepsTable(visit, steps),
    mails: mailRows(visit, now.outbox),
    runs:
      runs.length > 0 &&
      tableOf(visit, 'runs', {
        columns: ['begun', 'state', 'ended', 'took'],
        rows: runs.map((run) => runRow(visit, run)),
      }),
  };
}
