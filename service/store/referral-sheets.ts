// When each lab's referral sheet was verified: the lab's id is the record's.
import type { Connection } from 'mongoose';
import { sheetLife, sheetStatuses, type ReferralSheet } from '../domain/referral-check.ts';
import type { ReferralSheets } from '../usecases/ports.ts';
import type { Cipher } from './cipher.ts';
import { Collection, indexDue, schemaOf } from './collection.ts';

export const referralSheetSchema = schemaOf('referral_sheets', {
  status: { type: String, required: true },
  since: { type: Date, required: true },
  verifiedAt: Date,
  askedQuarter: String,
});
indexDue(referralSheetSchema, sheetLife);

const inAnyState = { status: { $in: sheetStatuses } };

/** The repository on a connection. */
export function referralSheetsOf(connection: Connection, cipher: Cipher): ReferralSheets {
  const sheets = new Collection<ReferralSheet>(connection, { schema: referralSheetSchema, cipher, life: sheetLife });
  return {
    find: (labId) => sheets.findOne({ _id: labId }),
    list: () => sheets.list({}, { _id: 1 }),
    insert: (sheet) => sheets.insert(sheet),
    change: (labId, { from, since }, change) => sheets.change(labId, { status: { $in: from }, since }, change),
    verify: async (labId, { at, due }) => {
      const verified = { status: 'current', since: at, verifiedAt: at, due } as const;
      return (await sheets.change(labId, { ...inAnyState, since: { $lt: at } }, verified)) !== undefined;
    },
    listDue: (now, limit) => sheets.listDue(now, limit),
    advance: (labId, done, next) => sheets.advance(labId, done, next),
    remove: (labId) => sheets.remove(labId, inAnyState),
  };
}
