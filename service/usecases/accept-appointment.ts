import type { Appointment } from '../domain/coordinator.ts';
import { isOfficeIn, scopeOfOffice, stateOfAppointment } from '../domain/coordinator.ts';
import { MentoringError } from '../domain/errors.ts';
import type { LabId, Locale } from '../domain/terms.ts';
import { actorOf, audited } from './audited.ts';
import type { LaunchedPerson, Ports } from './ports.ts';

type By = LaunchedPerson & {
  /** For which lab the person came in. */
  readonly labId: LabId;
  readonly locale: Locale;
};

/** A link that may still be used, or was used by this very person. @throws MentoringError appointment_over, appointment_elsewhere */
export async function findAppointment(
  { coordinators, secrets, clock }: Pick<Ports, 'coordinators' | 'secrets' | 'clock'>,
  { token, by }: { readonly token: string; readonly by: Pick<By, 'person' | 'labId'> },
): Promise<Appointment> {
  const found = await coordinators.findByToken(secrets.hash(token));
  const state = found && stateOfAppointment(found, clock.now());
  // Used by somebody else, taken away, too old, never made: the holder learns only that it is of no use.
  if (!found || !(state === 'invited' || (state === 'in_office' && found.person === by.person))) {
    throw new MentoringError('appointment_over');
  }
  if (!isOfficeIn(found, by.labId)) throw new MentoringError('appointment_elsewhere');
  return found;
}

/** Gives the right of a link to whoever uses it first; the same person may send it again. @throws as findAppointment */
export async function acceptAppointment(
  ports: Ports,
  { token, by }: { readonly token: string; readonly by: By },
): Promise<Appointment> {
  const found = await findAppointment(ports, { token, by });
  if (found.acceptedAt) return found;
  const held = await ports.coordinators.officesOf(by.person, by.labId);
  // The link stays good for somebody else.
  if (held.some(({ role, labId }) => role === found.role && labId === found.labId)) return found;
  const { person, registrationId, locale } = by;
  const actor = await actorOf(ports, { kind: 'coordinator', key: person });
  return audited(
    ports,
    { actor, act: 'coordinator_accepted', object: scopeOfOffice(found) },
    {
      act: async () => {
        const accept = { person, registrationId, locale, at: ports.clock.now() };
        return (await ports.coordinators.accept(found.id, accept)) ?? findAppointment(ports, { token, by });
      },
    },
  );
}
