// What is due, overdue and failed: records of the programme, mails, and the service's jobs.
import type { JobHealth } from '../domain/health.ts';
import type { HealthView } from '../usecases/view-health.ts';
import { exitCodes, type Command } from './command.ts';
import { table } from './table.ts';

export const jobs: Command = {
  name: 'jobs',
  act: 'reads',
  summary: 'Tells what is due, overdue and failed, and how the jobs of the service are doing.',
  more: 'Overdue: due for more than an hour, or a job that nobody took for two minutes. Exit code 0: nothing is overdue and nothing failed; 1: something is or did.',
  options: { json: { text: 'One JSON object a line: items, step, mails, job, and verdict at the end' } },
  async run(context, values) {
    const { watch } = await context.openCore();
    const view = await watch.view();
    const lines = values['json'] === true ? asJson(view) : asText(view);
    for (const line of lines) context.say(line);
    return view.now.alarms.length === 0 ? exitCodes.done : exitCodes.failed;
  },
};

function asJson({ now, steps, jobs: all }: HealthView): string[] {
  return [
    ...Object.entries(now.items).map(([collection, count]) => ({ kind: 'items', collection, ...count })),
    ...steps.map((step) => ({ kind: 'step', ...step })),
    { kind: 'mails', ...now.outbox },
    ...all.map((job) => ({ kind: 'job', ...job })),
    { kind: 'verdict', isWell: now.alarms.length === 0, alarms: now.alarms },
  ].map((one) => JSON.stringify(one));
}

function asText({ now, steps, jobs: all }: HealthView): string[] {
  const counts = Object.entries(now.items).map(([collection, { due, overdue, oldestDueAt }]) => {
    const late = overdue === 0 ? '' : `, ${overdue} overdue since ${instant(oldestDueAt)}`;
    return `${padded(due)} ${collection} due${late}`;
  });
  const { due, pending, refused, exhausted, oldestDueAt } = now.outbox;
  const oldest = oldestDueAt ? ` since ${instant(oldestDueAt)}` : '';
  const waiting = steps.map((step) => [
    step.collection,
    step.step,
    String(step.due),
    String(step.overdue),
    instant(step.oldestDueAt),
  ]);
  return [
    ...counts,
    `${padded(due)} mails due${oldest}, ${pending} waiting in all, ${refused + exhausted} given up in 24 hours`,
    ...tableIf(['waits', 'for', 'due', 'overdue', 'since (UTC)'], waiting),
    ...tableIf(['job', 'every', 'last done (UTC)', 'state', 'failed records', 'failure'], all.map(rowOf)),
    '',
    now.alarms.length === 0 ? 'Nothing is overdue, nothing failed.' : `To be looked at: ${now.alarms.join(', ')}.`,
  ];
}

const padded = (count: number): string => String(count).padStart(6);
const instant = (at: Date | undefined): string => at?.toISOString().slice(0, 19) ?? 'never';

function rowOf({ name, every, lastFinishedAt, isRunning, isOverdue, failedRecords, failReason }: JobHealth): string[] {
  const state = isRunning ? 'running' : isOverdue ? 'overdue' : 'on time';
  return [name, every, instant(lastFinishedAt), state, String(failedRecords ?? 0), failReason ?? ''];
}

function tableIf(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : ['', ...table(head, rows)];
}
