// Who coordinates: whoever was appointed by a link, and whoever the programme's file names first. Never a role of a platform.
import type { LabId, Locale } from './terms.ts';

export type CoordinatorRole = 'lab_coordinator' | 'cross_lab_coordinator';

/** How long the link of an appointment may be used. */
export const appointmentLinkDays = 14;

/** Of one lab, or of all. */
export interface CoordinatorOffice {
  readonly role: CoordinatorRole;
  /** Of a lab_coordinator only. */
  readonly labId?: LabId;
}

/** As the programme writes to them. id: says nothing of the person. Without an email nothing can be sent. */
export interface CoordinatorContact extends CoordinatorOffice {
  readonly id: string;
  readonly email?: string;
  readonly name?: string;
  readonly locale: Locale;
}

/** The right of one person of one registration. */
export interface Appointment extends CoordinatorContact {
  /** file: named by the programme's file, and given at that person's first launch. link: given to whoever used the link. */
  readonly from: 'file' | 'link';
  readonly createdAt: Date;
  /** Of a link: what is kept of its secret, and until when it may be used. */
  readonly tokenHash?: string;
  readonly expiresAt?: Date;
  /** Whose it is: the person key of a launch, which is of one registration. Absent until the link is used. */
  readonly person?: string;
  readonly registrationId?: string;
  readonly acceptedAt?: Date;
  /** From then on it gives nothing, and says of nobody whose it was. */
  readonly revokedAt?: Date;
}

export type AppointmentState = 'invited' | 'in_office' | 'expired' | 'revoked';

export function stateOfAppointment({ revokedAt, acceptedAt, expiresAt }: Appointment, now: Date): AppointmentState {
  if (revokedAt) return 'revoked';
  if (acceptedAt) return 'in_office';
  // What the file says has no end.
  return expiresAt && expiresAt <= now ? 'expired' : 'invited';
}

/** What the audit trail calls it: the lab, or all of them. */
export function scopeOfOffice({ labId = 'all_labs' }: CoordinatorOffice): string {
  return labId;
}

/** A lab's coordinator is one in that lab only: whoever comes in for another lab has no part in it. */
export function isOfficeIn({ labId }: CoordinatorOffice, tenant: LabId): boolean {
  return labId === undefined || labId === tenant;
}

const prefix = 'coordinator:';

/** What stands in a notice's memberId when it goes to a coordinator. */
export function recipientIdOf({ id }: Pick<CoordinatorContact, 'id'>): string {
  return prefix + id;
}

/** The coordinator whom a notice's memberId names; undefined for a member, and for one who is no longer in office. */
export function findCoordinator(
  coordinators: readonly CoordinatorContact[],
  recipientId: string,
): CoordinatorContact | undefined {
  return coordinators.find((one) => recipientIdOf(one) === recipientId);
}

/** The coordinators of one lab, without those of all labs. */
export function coordinatorsOf(coordinators: readonly CoordinatorContact[], labId: LabId): CoordinatorContact[] {
  return coordinators.filter((one) => one.role === 'lab_coordinator' && one.labId === labId);
}

/** To which platform each coordinator of the configuration belongs: given once, never moved. */
export interface CoordinatorSeeds {
  /** @returns id of the registration that a seed was given to */
  find(seed: string): Promise<string | undefined>;
  /** @returns the registration it belongs to, which is another if another copy of the service came first */
  bindOnce(seed: string, registrationId: string): Promise<string>;
}
