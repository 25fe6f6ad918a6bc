// What checking the referral sheets needs from outside: one record a lab.
import type { Due } from '../domain/follow-up.ts';
import type { ReferralSheet, SheetStatus } from '../domain/referral-check.ts';
import type { LabId } from '../domain/terms.ts';

export interface ReferralSheets {
  find(labId: LabId): Promise<ReferralSheet | undefined>;
  list(): Promise<ReferralSheet[]>;
  /** false when the lab has its record already. */
  insert(sheet: ReferralSheet): Promise<boolean>;
  /** Applies the change unless somebody verified the sheet meanwhile. */
  change(
    labId: LabId,
    expected: { readonly from: readonly SheetStatus[]; readonly since: Date },
    change: { readonly status: SheetStatus; readonly askedQuarter?: string },
  ): Promise<ReferralSheet | undefined>;
  /** Begins anew from a verification; false when there is no record, or a later verification. */
  verify(labId: LabId, verified: { readonly at: Date; readonly due: Due }): Promise<boolean>;
  listDue(now: Date, limit: number): Promise<ReferralSheet[]>;
  advance(labId: LabId, done: Due, next: Due | undefined): Promise<boolean>;
  /** Of a lab that the configuration no longer names. */
  remove(labId: LabId): Promise<boolean>;
}
