// Whom to turn to when a dialogue is not enough. Sorted by who is bound by legal secrecy; nobody records who reads it.

export const referralRoles = [
  'occupational_physician',
  'social_worker',
  'violence_reporting_unit',
  'equality_officer',
  'mediator',
  'prevention_adviser',
  'disability_officer',
  'integrity_officer',
  'doctoral_school',
  'thesis_committee',
  'staff_representatives',
  'human_resources',
  'head_of_unit',
] as const;
export type ReferralRole = (typeof referralRoles)[number];

/** Bound by professional secrecy in French law: article 226-13 of the penal code, R4127-4 of the public health code. */
export const boundBySecrecy: readonly ReferralRole[] = ['occupational_physician', 'social_worker'];

/** employer: a mixed lab has several, and each has its own contacts. At least one of email, phone, url is given. */
export interface ReferralContact {
  readonly role: ReferralRole;
  readonly employer: string;
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly url?: string;
}

/** National numbers, free of charge, in the order in which they are shown. */
export const nationalNumbers = ['15', '112', '3114', '3919'] as const;

/** Secrecy first, then the order of the roles above. */
export function sortContacts(contacts: readonly ReferralContact[]): ReferralContact[] {
  return [...contacts].sort((a, b) => referralRoles.indexOf(a.role) - referralRoles.indexOf(b.role));
}
