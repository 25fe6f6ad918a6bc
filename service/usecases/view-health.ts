import {
  healthFigures,
  overdueAfterMs,
  type HealthFigures,
  type HealthRecord,
  type JobHealth,
} from '../domain/health.ts';
import type { ListJobs, MatchRun, Ports, StepCount } from './ports.ts';
import { lookAtHealth } from './sweep-health.ts';

export interface HealthView {
  readonly now: HealthRecord;
  readonly jobs: readonly JobHealth[];
  /** What waits, by step. */
  readonly steps: readonly StepCount[];
  readonly day: HealthFigures;
  readonly runs: readonly MatchRun[];
}

type HealthPorts = Pick<Ports, 'clock' | 'health' | 'runs'>;

const dayMs = 86_400_000;
const runsShown = 5;

/** Everything an operator may know of the service's work: live counts, the jobs, and the looks of the last day. */
export async function viewHealth(ports: HealthPorts, listJobs: ListJobs): Promise<HealthView> {
  const now = ports.clock.now();
  const [{ record, jobs }, steps, day, runs] = await Promise.all([
    lookAtHealth(ports, listJobs),
    ports.health.countSteps(now, new Date(now.getTime() - overdueAfterMs)),
    viewHealthFigures(ports),
    ports.runs.latest(runsShown),
  ]);
  return { now: record, jobs, steps, day, runs };
}

/** What the consolidated report may say of the health: overdue, failed, median lateness, of the last 24 hours. */
export async function viewHealthFigures({ clock, health }: Pick<Ports, 'clock' | 'health'>): Promise<HealthFigures> {
  return healthFigures(await health.listSince(new Date(clock.now().getTime() - dayMs)));
}
