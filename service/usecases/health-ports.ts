// What looking at the programme's health needs from outside: counts by index, and a place for the looks of the last day.
import type { DueCount, HealthRecord, JobHealth, OutboxCount } from '../domain/health.ts';

export interface StepCount extends DueCount {
  readonly collection: string;
  /** The step that waits, as the domain names it. */
  readonly step: string;
}

export interface HealthStore {
  /** What is due in each collection that has due instants, also where nothing is; reads what is due, not what exists. */
  countDue(now: Date, overdueBefore: Date): Promise<Readonly<Record<string, DueCount>>>;
  /** The same by step, only where something is due. */
  countSteps(now: Date, overdueBefore: Date): Promise<readonly StepCount[]>;
  /** settledSince: since when the settled ones count. */
  countOutbox(now: Date, settledSince: Date): Promise<OutboxCount>;
  /** Keeps one record a key, the latest; deletes those before an instant. */
  keep(record: HealthRecord, dropBefore: Date): Promise<void>;
  /** Oldest first. */
  listSince(instant: Date): Promise<HealthRecord[]>;
}

/** The jobs as their own records tell them. */
export type ListJobs = () => Promise<readonly JobHealth[]>;
