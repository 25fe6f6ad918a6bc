// What pages say of a referral sheet that nobody has verified for long, and what its coordinator may do about it.
import type { ReferralCheck } from '../../usecases/view-referral-check.ts';
import type { Visit } from '../visit.ts';
import { listed, told } from './words.ts';

/** Somebody coordinates in the lab they come from, whatever their own record says. */
export function coordinatesHere({ role, lab, session }: Visit): boolean {
  return role === 'lab_coordinator' && lab.id === session.tenant;
}

/** French counts the first of a month as such. */
function dateOf(visit: Visit, instant: Date | undefined): string | undefined {
  const date = instant && told(visit, instant, 'date');
  return visit.locale === 'fr' ? date?.replace(/^1 /u, '1er ') : date;
}

/** For the sheet's own page. Contacts that are examples say so themselves, and louder. */
export function presentSheetCheck(visit: Visit, { isOverdue, verifiedAt }: ReferralCheck) {
  const { t, lab } = visit;
  const date = dateOf(visit, verifiedAt);
  const stale = date === undefined ? t('referral:check.never') : t('referral:check.stale', { date });
  return {
    stale: isOverdue && !lab.referralToComplete && stale,
    own: coordinatesHere(visit) && {
      state: date === undefined ? t('referral:check.not_yet') : t('referral:check.verified', { date }),
    },
  };
}

/** For the coordinators' own pages: the labs whose sheets are stale; nothing when none is. */
export function presentStaleSheets(visit: Visit, stale: readonly ReferralCheck[]) {
  const { t, ports, role } = visit;
  const [first] = stale;
  if (first === undefined) return false;
  const names = stale.map(({ labId }) => ports.rules.labs.get(labId)?.name ?? labId);
  if (role === 'cross_lab_coordinator') {
    return { text: t('referral:check.stale_labs', { labs: listed(visit, names), count: names.length }), action: false };
  }
  const date = dateOf(visit, first.verifiedAt);
  return {
    text: date === undefined ? t('referral:check.never_here') : t('referral:check.stale_here', { date }),
    action: coordinatesHere(visit) && t('referral:check.see'),
  };
}
