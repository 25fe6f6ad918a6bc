import type { ReferralSheet } from '../domain/referral-check.ts';
import type { LabId } from '../domain/terms.ts';
import type { Ports } from './ports.ts';

/** How long ago somebody verified a sheet; isOverdue: pages have to say that it is long. */
export interface ReferralCheck {
  readonly labId: LabId;
  readonly isOverdue: boolean;
  readonly verifiedAt?: Date;
}

function checkOf({ id, status, verifiedAt }: ReferralSheet): ReferralCheck {
  return { labId: id, isOverdue: status === 'overdue', ...(verifiedAt && { verifiedAt }) };
}

/** Of one lab; before the first sweep nothing is overdue. */
export async function viewReferralCheck(
  { referralSheets }: Pick<Ports, 'referralSheets'>,
  { labId }: { labId: LabId },
): Promise<ReferralCheck> {
  const sheet = await referralSheets.find(labId);
  return sheet ? checkOf(sheet) : { labId, isOverdue: false };
}

/** The sheets that nobody has verified for long: of one lab, or of all. */
export async function listStaleSheets(
  { referralSheets }: Pick<Ports, 'referralSheets'>,
  { labId }: { labId?: LabId },
): Promise<ReferralCheck[]> {
  const all = (await referralSheets.list()).map(checkOf);
  return all.filter((one) => one.isOverdue && (labId === undefined || one.labId === labId));
}
