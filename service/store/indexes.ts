// The room's indexes, made before anything is written: the unique ones hold invariants, the others keep sweeps short.
import mongoose, { type Connection, type Model } from 'mongoose';
import { auditPersonSchema } from './audit-people.ts';
import { auditLinkSchema, auditSchema } from './audit.ts';
import { caseSchema } from './cases.ts';
import { closingSchema } from './closings.ts';
import { modelOf, type StoredRecord } from './collection.ts';
import { dialogueSchema } from './dialogues.ts';
import { healthSchema } from './health.ts';
import { matchRulesSchema } from './match-rules.ts';
import { meetingSchema } from './meetings.ts';
import { memberSchema } from './members.ts';
import { nudgeSchema } from './nudges.ts';
import { noticeSchema } from './outbox.ts';
import { pairMarkSchema } from './pair-marks.ts';
import { proposalSchema } from './proposals.ts';
import { refusalSchema } from './refusals.ts';
import { referralSheetSchema } from './referral-sheets.ts';
import { requestSchema } from './requests.ts';
import { runSchema } from './runs.ts';
import { snapshotSchema } from './snapshots.ts';
import { surveyAnswerSchema } from './surveys.ts';
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
  refusalSchema,
  wishSchema,
  matchRulesSchema,
  healthSchema,
  referralSheetSchema,
  surveyAnswerSchema,
  closingSchema,
  auditSchema,
  auditLinkSchema,
  auditPersonSchema,
];

/** Kept in the order of their random ids: in the order in which they came, their place would tell when that was. */
const inOrderOfIds = [surveyAnswerSchema, closingSchema];

/** Makes the indexes that are not there yet; harmless when repeated, also by several copies of the service. */
export async function ensureIndexes(connection: Connection): Promise<void> {
  const clusteredIndex = { key: { _id: 1 }, unique: true };
  // To be said before the first record; harmless when the collection is there.
  await Promise.all(inOrderOfIds.map((schema) => modelOf(connection, schema).createCollection({ clusteredIndex })));
  await Promise.all(schemas.map((schema) => createIndexes(modelOf(connection, schema))));
}

/** IndexOptionsConflict and IndexKeySpecsConflict. */
const madeOtherwise: readonly unknown[] = [85, 86];

/** What an earlier version made otherwise is made anew; the others stay. */
async function createIndexes(model: Model<StoredRecord>): Promise<void> {
  try {
    await model.createIndexes();
  } catch (error) {
    if (!(error instanceof mongoose.mongo.MongoServerError) || !madeOtherwise.includes(error.code)) throw error;
    await model.syncIndexes();
  }
}

/** Names of the indexes that the database lacks, as "collection.index". */
export async function missingIndexes(connection: Connection): Promise<string[]> {
  const missing = schemas.map(async (schema) => {
    const model = modelOf(connection, schema);
    const existing = new Set((await model.listIndexes().catch(noneIfNoCollection)).map(({ name }) => String(name)));
    return schema
      .indexes()
      .map(([, { name }]) => String(name))
      .filter((name) => !existing.has(name))
      .map((name) => `${model.collection.name}.${name}`);
  });
  return (await Promise.all(missing)).flat();
}

function noneIfNoCollection(error: unknown): [] {
  if (error instanceof Error && 'codeName' in error && error.codeName === 'NamespaceNotFound') return [];
  throw error;
}
