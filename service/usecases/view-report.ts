import type { Snapshot } from '../domain/report/snapshot.ts';
import type { MatchRun, Ports } from './ports.ts';

export interface ReportView {
  /** The last frozen figures; undefined before the programme's first month. */
  readonly snapshot?: Snapshot;
  readonly runs: readonly MatchRun[];
}

const runsShown = 10;

/** What a coordinator may see: frozen, suppressed figures and the health of the matching. */
export async function viewReport(ports: Ports): Promise<ReportView> {
  const [snapshot, runs] = await Promise.all([ports.snapshots.latest(), ports.runs.latest(runsShown)]);
  return { ...(snapshot && { snapshot }), runs };
}
