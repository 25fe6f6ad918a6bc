// What a moved clock sets going: the programme's own sweeps and its mailer, and the next instant at which they find work.
import { fromLocal, nextRegularRun, toLocal } from '../domain/calendar.ts';
import { runAllOnce, type Job, type JobReport } from '../jobs/schedule.ts';
import type { Core } from '../wiring.ts';
import type { MovableClock } from './clock.ts';
import { deedNames, type Tick, type World } from './travel.ts';

export type OnFailure = (job: string, error: unknown) => void;

const endOfTime = new Date(8_640_000_000_000_000);
const snapshotMinutes = 3 * 60;

const dayMs = 86_400_000;
const rhythms: Readonly<Record<string, number>> = { '15 minutes': dayMs, '1 hour': dayMs / 24, '1 day': dayMs };

const isDeed = (name: string): boolean => deedNames.some((one) => one === name);

type Parts = Pick<Core, 'ports' | 'queue' | 'jobs'>;

/** onFailure: told the name of a job that failed, and what it threw. */
export function worldOf({ ports, queue, jobs }: Parts, clock: MovableClock, onFailure: OnFailure): World {
  const lastTurns = new Map<string, number>();
  /** Housekeeping keeps its rhythm, also where the clock stops a hundred times a day; whatever is told is looked for. */
  const isTurnOf = ({ name, every }: Job, now: number): boolean =>
    isDeed(name) || now - (lastTurns.get(name) ?? -Infinity) >= (rhythms[every] ?? 0);
  return {
    clock,
    async tick(): Promise<Tick> {
      const now = ports.clock.now().getTime();
      const due = jobs.filter((job) => isTurnOf(job, now));
      for (const { name } of due) lastTurns.set(name, now);
      const turns = await runAllOnce(due);
      for (const turn of turns) if ('error' in turn) onFailure(turn.name, turn.error);
      const figures = new Map(turns.map(({ name, report = {} }) => [name, report]));
      const deeds = Object.fromEntries(deedNames.map((name) => [name, countOf(figures.get(name))]));
      return { deeds, mails: figures.get('mail')?.['sent'] ?? 0 };
    },
    async nextDue(now) {
      const { proposals, meetings, dialogues, members, requests, cases, referralSheets } = ports;
      const oldest = await Promise.all([
        ...[proposals, meetings, dialogues, members, requests, cases, referralSheets].map(async (store) => {
          const [first] = await store.listDue(endOfTime, 1);
          return first?.due?.at;
        }),
        queue.stats(endOfTime).then(({ oldestDueAt }) => oldestDueAt),
      ]);
      const { zone } = ports.rules;
      const ahead = [...oldest, nextRegularRun(zone, now), nextSnapshot(zone, now)]
        .map((at) => at?.getTime() ?? Infinity)
        // What is overdue and still there could not be done: waiting for it would stand still.
        .filter((at) => at > now.getTime());
      const next = Math.min(...ahead);
      return Number.isFinite(next) ? new Date(next) : undefined;
    },
  };
}

/** Of a matching run, what was proposed; of a sweep, what was done. */
function countOf(report: JobReport | undefined): number {
  return report?.['proposed'] ?? report?.['done'] ?? 0;
}

/** The first of the next month, 03:00: figures are frozen. */
function nextSnapshot(zone: string, now: Date): Date {
  const [year = 0, month = 0] = toLocal(now, zone).date.split('-').map(Number);
  const first = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
  return fromLocal({ date: first, minutes: snapshotMinutes }, zone);
}
