// What watches the service: the jobs as their records tell them, the line of the log for each look, and the figures.
import type { Logger } from 'pino';
import type { TrailVerdict } from './domain/audit.ts';
import type { HealthRecord } from './domain/health.ts';
import { type Database, listJobs } from './jobs/health.ts';
import type { ListJobs, Ports } from './usecases/ports.ts';
import { type HealthLook, lookAtHealth } from './usecases/sweep-health.ts';
import { type HealthView, viewHealth } from './usecases/view-health.ts';

export interface Watch {
  readonly listJobs: ListJobs;
  readonly tellHealth: (record: HealthRecord) => void;
  readonly tellTrail: (verdict: TrailVerdict) => void;
  readonly look: () => Promise<HealthLook>;
  readonly view: () => Promise<HealthView>;
}

interface WatchParts {
  readonly ports: Ports;
  readonly connection: { readonly db?: Database | undefined };
  readonly logger: Logger;
}

export function createWatch({ ports, connection, logger }: WatchParts): Watch {
  // Jobs live in real time, whatever the programme's clock says.
  const list: ListJobs = async () => (connection.db ? listJobs(connection.db, new Date()) : []);
  return {
    listJobs: list,
    tellHealth: (record) => {
      tell(logger, record);
    },
    tellTrail: ({ from, to, first, head, fault }) => {
      // Written at every level but "silent": without this line nobody sees that the chain's end was cut off. An empty chain has
      // no end to keep.
      const isKept = logger.level !== 'silent' && (fault !== undefined || head.seq > 0);
      const kept = isKept ? logger.child({}, { level: 'info' }) : logger;
      // Kept with the log, out of the reach of whoever can write to the database: `mentorat trail --log` compares.
      if (fault) kept.error({ fault: fault.kind, at: fault.seq, from, to }, 'audit trail broken');
      else kept.info({ ...head, from, to, first }, 'audit trail');
    },
    look: () => lookAtHealth(ports, list),
    view: () => viewHealth(ports, list),
  };
}

/** One line a look; an alert is an error, so that whoever watches the log is told. */
function tell(logger: Logger, { key: _, at: __, alarms, ...figures }: HealthRecord): void {
  if (alarms.length > 0) logger.error({ alarms, ...figures }, 'alert');
  else logger.info(figures, 'health');
}
