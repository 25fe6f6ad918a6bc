// The door of the store: every port that keeps something, on one connection.
import type { Connection } from 'mongoose';
import type { Appointments, Ports } from '../usecases/ports.ts';
import { appointmentsOf } from './appointments.ts';
import { auditPeopleOf } from './audit-people.ts';
import { auditTrailOf } from './audit.ts';
import { casesOf } from './cases.ts';
import { censusOf } from './census.ts';
import { createCipher } from './cipher.ts';
import { closingsOf } from './closings.ts';
import { dialoguesOf } from './dialogues.ts';
import { secrets } from './secrets.ts';
import { exclusionsOf } from './exclusions.ts';
import { feedsOf } from './feeds.ts';
import { createHasher } from './hasher.ts';
import { healthOf } from './health.ts';
import { schemas } from './indexes.ts';
import { rulesBookOf } from './match-rules.ts';
import { meetingsOf } from './meetings.ts';
import { membersOf } from './members.ts';
import { outlooksOf } from './outlooks.ts';
import { pairMarksOf } from './pair-marks.ts';
import { proposalsOf } from './proposals.ts';
import { referralSheetsOf } from './referral-sheets.ts';
import { requestsOf } from './requests.ts';
import { retentionOf } from './retention.ts';
import { runsOf } from './runs.ts';
import { snapshotsOf } from './snapshots.ts';
import { surveysOf } from './surveys.ts';
import { twinsOf } from './twins.ts';
import { wishesOf } from './wishes.ts';

export { connect, isDatabaseAway, ping } from './connection.ts';
export { ensureIndexes, missingIndexes } from './indexes.ts';
export type { OwnIndex } from './own-index.ts';
export {
  newerSchema,
  prepareSchema,
  SchemaError,
  schemaState,
  type Migration,
  type MigrationProgress,
  type SchemaOptions,
  type SchemaState,
} from './migrations/index.ts';

/** The ports that this room implements; the outbox has a file of its own. */
export type Store = Pick<
  Ports,
  | 'hasher'
  | 'secrets'
  | 'members'
  | 'requests'
  | 'proposals'
  | 'dialogues'
  | 'meetings'
  | 'cases'
  | 'exclusions'
  | 'feeds'
  | 'pairMarks'
  | 'retention'
  | 'runs'
  | 'wishes'
  | 'rulesBook'
  | 'outlooks'
  | 'census'
  | 'snapshots'
  | 'health'
  | 'referralSheets'
  | 'surveys'
  | 'twins'
  | 'closings'
  | 'trail'
  | 'auditPeople'
> & {
  /** What the port `coordinators` is made of, with the programme's file. */
  readonly appointments: Appointments;
};

/**
 * The repositories on an open connection; `ensureIndexes` must have run, since unique indexes hold half the invariants.
 * secret: the service's own; with another one nothing that was sealed opens and no tie is recognised.
 */
export function createStore(connection: Connection, secret: string): Store {
  const cipher = createCipher(secret);
  const hasher = createHasher(secret);
  const members = membersOf(connection, cipher);
  return {
    hasher,
    secrets,
    members,
    feeds: feedsOf(connection, members),
    requests: requestsOf(connection, cipher),
    proposals: proposalsOf(connection, cipher),
    dialogues: dialoguesOf(connection, cipher),
    meetings: meetingsOf(connection, cipher),
    cases: casesOf(connection, cipher),
    exclusions: exclusionsOf(connection, cipher),
    pairMarks: pairMarksOf(connection, secret),
    retention: retentionOf(connection),
    runs: runsOf(connection),
    wishes: wishesOf(connection),
    rulesBook: rulesBookOf(connection),
    outlooks: outlooksOf(connection),
    census: censusOf(connection),
    snapshots: snapshotsOf(connection),
    health: healthOf(connection, schemas),
    referralSheets: referralSheetsOf(connection, cipher),
    surveys: surveysOf(connection, secret),
    twins: twinsOf(connection, cipher),
    closings: closingsOf(connection),
    trail: auditTrailOf(connection, hasher),
    auditPeople: auditPeopleOf(connection, secret, cipher),
    appointments: appointmentsOf(connection, cipher),
  };
}
