import type { AuditEntry } from '../domain/audit.ts';
import { scopeOfOffice } from '../domain/coordinator.ts';
import { MentoringError } from '../domain/errors.ts';
import { actorOf } from './audited.ts';
import type { Ports } from './ports.ts';

/** What appointing coordinators needs. */
export type Appointing = Pick<Ports, 'coordinators' | 'secrets' | 'clock' | 'newId' | 'trail' | 'auditPeople'>;

/** Takes an appointment away, from its next click on; one that is gone already needs no taking. @throws MentoringError not_found */
export async function revokeAppointment({ coordinators, clock }: Appointing, id: string): Promise<void> {
  if (await coordinators.revoke(id, clock.now())) return;
  const known = (await coordinators.list()).some((one) => one.id === id);
  if (!known) throw new MentoringError('not_found');
}

/** For the trace: of which lab it is, and the pseudonym of whoever holds it. */
export async function appointmentTraced(
  ports: Appointing,
  id: string,
): Promise<Pick<AuditEntry, 'object' | 'subject'>> {
  const found = (await ports.coordinators.list()).find((one) => one.id === id);
  if (!found) return {};
  const object = scopeOfOffice(found);
  if (found.person === undefined) return { object };
  return { object, subject: (await actorOf(ports, { kind: 'coordinator', key: found.person })).id };
}
