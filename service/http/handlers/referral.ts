// The referral sheet of the person's lab.
import { presentReferral } from '../present/referral.ts';
import { type Handler, page } from '../visit.ts';

/** Leaves no trace: nothing is counted, and the access log has no line for it. */
export const showReferral: Handler = (visit) => page('referral', presentReferral(visit));
