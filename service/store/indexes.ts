// The room's indexes, made before anything is written: the unique ones hold invariants, the others keep sweeps short.
import type { Connection, Schema } from 'mongoose';
import { adminPassSchema } from './admin-passes.ts';
import { appointmentSchema } from './appointments.ts';
import { auditPersonSchema } from './audit-people.ts';
import { auditLinkSchema, auditSchema } from './audit.ts';
import { caseSchema } from './cases.ts';
import { closingSchema } from './closings.ts';
import { modelOf } from './collection.ts';
import { coordinatorSeedSchema } from './coordinator-seeds.ts';
import { dialogueSchema } from './dialogues.ts';
import { exclusionSchema } from './exclusions.ts';
import { endedFeedSchema } from './feeds.ts';
import { firstIndexes } from './first-indexes.ts';
import { healthSchema } from './health.ts';
import { letterTurnSchema } from './letter-turns.ts';
import { limitSchema } from './limits.ts';
import { inviteSchema } from './lti/invites.ts';
import { keySchema } from './lti/keys.ts';
import { registrationSchema } from './lti/registrations.ts';
import { sessionSchema } from './lti/sessions.ts';
import { matchRulesSchema } from './match-rules.ts';
import { meetingSchema } from './meetings.ts';
import { memberSchema } from './member-schema.ts';
import { nudgeSchema } from './nudges.ts';
import { noticeSchema } from './outbox.ts';
import { doesTheSame, ensureIndex, fullName, listIndexes, type OwnIndex } from './own-index.ts';
import { outlookSchema } from './outlooks.ts';
import { pairMarkSchema } from './pair-marks.ts';
import { proposalSchema } from './proposals.ts';
import { refusalSchema } from './refusals.ts';
import { referralSheetSchema } from './referral-sheets.ts';
import { requestSchema } from './requests.ts';
import { runSchema } from './runs.ts';
import { snapshotSchema } from './snapshots.ts';
import { surveyAnswerSchema } from './surveys.ts';
import { twinsSchema } from './twins.ts';
import { wishSchema } from './wishes.ts';

/** Of every collection that the store's repositories keep. */
export const schemas = [
  memberSchema,
  requestSchema,
  proposalSchema,
  dialogueSchema,
  meetingSchema,
  caseSchema,
  pairMarkSchema,
  runSchema,
  snapshotSchema,
  noticeSchema,
  nudgeSchema,
  letterTurnSchema,
  refusalSchema,
  wishSchema,
  matchRulesSchema,
  healthSchema,
  referralSheetSchema,
  surveyAnswerSchema,
  closingSchema,
  endedFeedSchema,
  limitSchema,
  auditSchema,
  auditLinkSchema,
  auditPersonSchema,
  appointmentSchema,
  exclusionSchema,
  outlookSchema,
  twinsSchema,
];

/** Of the collections that implement the ports of lti and of administration. */
const otherSchemas = [
  registrationSchema,
  sessionSchema,
  keySchema,
  inviteSchema,
  adminPassSchema,
  coordinatorSeedSchema,
] as const;

const nameOf = (schema: Pick<Schema, 'get'>): string => String(schema.get('collection'));

/** Every collection in which the store keeps something. */
export const collections: readonly string[] = [...schemas, ...otherSchemas].map(nameOf);

/** Indexes without a name have had the one that the driver gives since the first version. */
function indexesOf(schema: Pick<Schema, 'get' | 'indexes'>): OwnIndex[] {
  return schema.indexes().map(([key, { name, unique, sparse, partialFilterExpression }]) => {
    const usual = Object.entries(key).flat().join('_');
    return {
      collection: nameOf(schema),
      key,
      options: { name: name ?? usual, unique: unique === true, sparse: sparse === true, partialFilterExpression },
    };
  });
}

/** All indexes of the store. */
export const storeIndexes: readonly OwnIndex[] = [...schemas, ...otherSchemas].flatMap(indexesOf);

/** Kept in the order of their random ids: in the order in which they came, their place would tell when that was. */
const inOrderOfIds = [surveyAnswerSchema, closingSchema];

interface Beside {
  /** Indexes of other rooms, looked after in the same way. */
  readonly others?: readonly OwnIndex[];
  /** Those the programme made in this database, as "collection.index": only these are ever dropped. */
  readonly own?: readonly string[] | undefined;
}

/**
 * Makes the indexes that are not there yet, and anew those of its own that an earlier version made otherwise; harmless when
 * repeated. Returns the names of those that are the programme's own. @throws SchemaError with a sentence for the operator
 */
export async function ensureIndexes(
  connection: Connection,
  { others = [], own = firstIndexes }: Beside = {},
): Promise<string[]> {
  const clusteredIndex = { key: { _id: 1 }, unique: true };
  // To be said before the first record; harmless when the collection is there.
  await Promise.all(inOrderOfIds.map((schema) => modelOf(connection, schema).createCollection({ clusteredIndex })));
  const made: string[] = [];
  const inOne = async (name: string, indexes: readonly OwnIndex[]): Promise<void> => {
    const records = collectionOf(connection, name);
    const kept = await listIndexes(records);
    for (const index of indexes) if (await ensureIndex({ records, kept, own }, index)) made.push(fullName(index));
  };
  await Promise.all(byCollection(others).map((group) => inOne(...group)));
  return made.sort();
}

/** Names of the indexes that the database lacks or has otherwise, as "collection.index"; another one may do the same. */
export async function missingIndexes(connection: Connection, others: readonly OwnIndex[] = []): Promise<string[]> {
  const missing = byCollection(others).map(async ([name, indexes]) => {
    const kept = await listIndexes(collectionOf(connection, name));
    return indexes.filter((index) => !kept.some((one) => doesTheSame(index, one))).map(fullName);
  });
  return (await Promise.all(missing)).flat();
}

const collectionOf = (connection: Connection, name: string) =>
  connection.getClient().db(connection.name).collection(name);

function byCollection(others: readonly OwnIndex[]): [string, OwnIndex[]][] {
  const groups = new Map<string, OwnIndex[]>();
  for (const index of [...storeIndexes, ...others]) {
    groups.set(index.collection, [...(groups.get(index.collection) ?? []), index]);
  }
  return [...groups];
}
