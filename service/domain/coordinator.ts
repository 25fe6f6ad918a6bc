// Who coordinates, as the programme writes to them: named in configuration, never a record of the database.
import type { LabId, Locale } from './terms.ts';

export type CoordinatorRole = 'lab_coordinator' | 'cross_lab_coordinator';

/** id: short hash of the platform's issuer and its own name for the person. Without an email nothing can be sent. */
export interface CoordinatorContact {
  readonly id: string;
  readonly role: CoordinatorRole;
  /** Of a lab_coordinator only. */
  readonly labId?: LabId;
  readonly email?: string;
  readonly name?: string;
  readonly locale: Locale;
}

const prefix = 'coordinator:';

/** What stands in a notice's memberId when it goes to a coordinator. */
export function recipientIdOf({ id }: Pick<CoordinatorContact, 'id'>): string {
  return prefix + id;
}

/** The coordinator whom a notice's memberId names; undefined for a member, and for one who is no longer configured. */
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
