import type { LabId } from '../domain/terms.ts';
import type { Ports } from './ports.ts';
import { getLab } from './records.ts';
import { firstDue } from './sweep-referral-sheets.ts';

/**
 * A coordinator of the lab says that its referral sheet is right, as it is configured now. Who said so is not kept.
 * @throws MentoringError not_found for a lab that is not configured
 */
export async function verifyReferralSheet(ports: Ports, { labId }: { labId: LabId }): Promise<void> {
  const at = ports.clock.now();
  const due = firstDue(ports, getLab(ports, labId).id, at);
  if (await ports.referralSheets.verify(labId, { at, due })) return;
  // No record before the first sweep; a later verification by somebody else stays as it is.
  await ports.referralSheets.insert({ id: labId, status: 'current', since: at, verifiedAt: at, due });
}
