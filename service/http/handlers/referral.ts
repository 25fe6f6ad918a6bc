// The referral sheet of the person's lab, and its coordinator's word that it is right.
import { MentoringError } from '../../domain/errors.ts';
import { verifyReferralSheet } from '../../usecases/verify-referral-sheet.ts';
import { listStaleSheets, viewReferralCheck } from '../../usecases/view-referral-check.ts';
import { presentReferral } from '../present/referral.ts';
import { coordinatesHere, presentSheetCheck, presentStaleSheets } from '../present/sheet-check.ts';
import { type Handler, page, seeOther, type Visit } from '../visit.ts';

/** Leaves no trace: nothing is counted, and the access log has no line for it. */
export const showReferral: Handler = async (asked) => {
  const visit = atOffice(asked);
  const check = await viewReferralCheck(visit.ports, { labId: visit.lab.id });
  return page('referral', { ...presentReferral(visit), check: presentSheetCheck(visit, check) });
};

/** Whoever coordinates sees the sheet of the lab they come from, also where their own record is of another one. */
function atOffice(visit: Visit): Visit {
  const lab = visit.ports.rules.labs.get(visit.session.tenant);
  return visit.role === 'lab_coordinator' && lab ? { ...visit, lab } : visit;
}

/** @throws MentoringError not_found for everybody but a coordinator of this very lab */
export const postReferralVerify: Handler = async (asked) => {
  const visit = atOffice(asked);
  if (!coordinatesHere(visit)) throw new MentoringError('not_found');
  await verifyReferralSheet(visit.ports, { labId: visit.lab.id });
  return seeOther('/referral', 'sheet_verified');
};

/** What the coordinators' own pages say of sheets that nobody has verified for long: of their lab, or of all labs. */
export async function staleSheetsOf(visit: Visit) {
  const labId = visit.role === 'cross_lab_coordinator' ? {} : { labId: visit.session.tenant };
  return presentStaleSheets(visit, await listStaleSheets(visit.ports, labId));
}
