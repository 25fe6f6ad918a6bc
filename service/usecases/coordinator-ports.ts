// What is needed to know who coordinates. A right is looked up whenever it is used: taken away, it is gone at the next click.
import type { Appointment, CoordinatorContact, CoordinatorOffice } from '../domain/coordinator.ts';
import type { LabId, Locale } from '../domain/terms.ts';

/** The person of one registration, as a launch brings them. */
export interface LaunchedPerson {
  /** Person key, which is of one registration. */
  readonly person: string;
  readonly registrationId: string;
}

/** The records of appointments. */
export interface Appointments {
  /** false when there is a record of this id already. */
  insert(appointment: Appointment): Promise<boolean>;
  /** The oldest first. */
  list(): Promise<Appointment[]>;
  findByToken(tokenHash: string): Promise<Appointment | undefined>;
  /** Those that a person holds now. */
  heldBy(person: string): Promise<Appointment[]>;
  /** Of all who press the button at the same moment, one gets it; undefined for the others, and when it is over. */
  accept(
    id: string,
    by: LaunchedPerson & { readonly at: Date; readonly locale: Locale },
  ): Promise<Appointment | undefined>;
  /** Takes it away, used or not, and forgets whose it was; whether there was something to take. */
  revoke(id: string, at: Date): Promise<boolean>;
  /** Deletes links that nobody used until an instant, and what was taken away before another; returns how many. */
  purge(before: { readonly unusedUntil: Date; readonly revokedBefore: Date }): Promise<number>;
}

/** Who coordinates, by appointment or because the programme's file names them. */
export interface Coordinators extends Omit<Appointments, 'heldBy'> {
  /** What somebody who came in for a lab may do there. */
  officesOf(person: string, labId: LabId): Promise<CoordinatorOffice[]>;
  /** Takes away everything that a person holds. */
  retire(person: string, at: Date): Promise<void>;
  /** Everybody to whom the programme writes as a coordinator. */
  contacts(): Promise<CoordinatorContact[]>;
}
