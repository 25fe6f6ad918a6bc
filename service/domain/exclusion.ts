// Exclusion of somebody who harasses: asked for by a coordinator, decided by an administrator of the programme. It is kept
// by keyed hashes only, so that leaving and coming back does not undo it, and no copy of the database says whom it means.
import type { Lab } from './lab.ts';
import type { ReferralContact } from './referral.ts';
import type { LabId } from './terms.ts';

/** Why: a closed list. What happened is told to nobody here. */
export const exclusionReasons = [
  'harassment',
  'threats',
  'pressure',
  'breach_of_confidence',
  'false_identity',
] as const;
export type ExclusionReason = (typeof exclusionReasons)[number];

/** asked: waits for a decision. lapsed: nobody decided. lifted: by an administrator, or by time. */
export type ExclusionStatus = 'asked' | 'in_force' | 'refused' | 'lapsed' | 'lifted';

export interface Exclusion {
  readonly id: string;
  readonly status: ExclusionStatus;
  readonly reason: ExclusionReason;
  /** Of the case in which it was asked for: its lab, or all labs, and its reference. */
  readonly labId: LabId;
  readonly reference: string;
  /** Mark of the person or the address that was meant: asked for twice, it is one. */
  readonly target: string;
  /** Marks of the person and their own addresses; see usecases/ports Hasher. */
  readonly marks: readonly string[];
  /** The address that the person's platform gives counts in every lab, not only in that platform's own. */
  readonly everywhere?: true;
  /** Until it is carried out: whom it means, as a record of ours or as an address that is sealed at rest. */
  readonly memberId?: string;
  readonly email?: string;
  readonly askedAt: Date;
  readonly decidedAt?: Date;
  /** Of one in force: until when, if nobody lifts it before. */
  readonly endsAt?: Date;
  readonly endedAt?: Date;
  /** A decision whose consequences are still to be carried out. */
  readonly unsettled?: true;
}

/** How long one lasts, and how long what is over is kept. */
export const exclusionMonths = 24;
export const pastExclusionMonths = 12;
/** Days after which a request that nobody decided lapses, its address with it. */
export const undecidedDays = 90;

export function monthsAfter(instant: Date, months: number): Date {
  return new Date(new Date(instant).setUTCMonth(instant.getUTCMonth() + months));
}

/** To whom the programme's file says that one may appeal. */
export interface AppealContact {
  readonly name: string;
  readonly email?: string;
  readonly url?: string;
}

/** coordination: nobody is named, so it is the programme's coordination of all labs. */
export type Appeal =
  | { readonly to: 'named'; readonly contact: AppealContact }
  | { readonly to: 'mediator'; readonly contact: ReferralContact }
  | { readonly to: 'coordination' };

/** Whom the programme names; else the mediator of the lab's own sheet, unless the sheet still holds examples. */
export function appealOf(named: AppealContact | undefined, lab: Pick<Lab, 'referral' | 'referralToComplete'>): Appeal {
  if (named) return { to: 'named', contact: named };
  const mediator = lab.referralToComplete ? undefined : lab.referral.find(({ role }) => role === 'mediator');
  return mediator ? { to: 'mediator', contact: mediator } : { to: 'coordination' };
}
