import { overdueAfterMs, recordHealth, type HealthRecord, type JobHealth } from '../domain/health.ts';
import type { ListJobs, Ports } from './ports.ts';

/** Looks are kept for so long, and mails that were settled since then count. */
const dayMs = 86_400_000;

type HealthPorts = Pick<Ports, 'clock' | 'health'>;

export interface HealthLook {
  readonly record: HealthRecord;
  readonly jobs: readonly JobHealth[];
}

/** Looks at everything now; keeps nothing. */
export async function lookAtHealth({ clock, health }: HealthPorts, listJobs: ListJobs): Promise<HealthLook> {
  const now = clock.now();
  const [items, outbox, jobs] = await Promise.all([
    health.countDue(now, new Date(now.getTime() - overdueAfterMs)),
    health.countOutbox(now, new Date(now.getTime() - dayMs)),
    listJobs(),
  ]);
  return { jobs, record: recordHealth({ items, outbox, jobs }, now) };
}

/** Looks at everything and keeps what it found for a day, once a quarter of an hour however many copies look. */
export async function sweepHealth(ports: HealthPorts, listJobs: ListJobs): Promise<HealthRecord> {
  const { record } = await lookAtHealth(ports, listJobs);
  await ports.health.keep(record, new Date(record.at.getTime() - dayMs));
  return record;
}
