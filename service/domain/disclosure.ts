// Break-glass: for which reasons an operator may learn who somebody is, and what is shown then. Nothing of topics, requests,
// messages, cases or refusals, for whatever reason.
import type { MembershipStatus } from './member.ts';
import type { LabId } from './terms.ts';

/** A closed list: each has its words in the trail and in the letter to whoever was looked up. */
export const disclosureReasons = ['danger_to_life', 'legal_order', 'harassment', 'security_incident'] as const;
export type DisclosureReason = (typeof disclosureReasons)[number];

export function isDisclosureReason(code: string | undefined): code is DisclosureReason {
  return disclosureReasons.some((one) => one === code);
}

/** Why the programme cannot write to a person of whom something is shown. lab_gone: out of the configuration. */
export type Unreachable = 'no_address' | 'lab_gone';

export interface ShownPerson {
  readonly name: string;
  readonly email: string;
  readonly labId: LabId;
  /** Absent for whoever is told by a letter. */
  readonly notTold?: Unreachable;
}

/** partners: the other persons of open dialogues, each once. */
export interface ShownIdentity extends ShownPerson {
  readonly status: MembershipStatus;
  readonly partners: readonly ShownPerson[];
}
