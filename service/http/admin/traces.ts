// To what a form of administration is done, as the audit trail may keep it: ids and codes of ours, never what was typed.
import { scopeOfOffice } from '../../domain/coordinator.ts';
import { appointmentTraced } from '../../usecases/revoke-appointment.ts';
import { allLabs } from './forms.ts';
import type { AdminTraced } from './routes.ts';
import type { AdminVisit } from './visit.ts';

/** As the door draws the ids of platforms. */
const platformId = /^[\w-]{16}$/u;

export function platformAsked({ params: { id = '' } }: AdminVisit): AdminTraced {
  return platformId.test(id) ? { object: id } : {};
}

export function labAsked({ body, labs }: AdminVisit): AdminTraced {
  const lab = (body as { readonly lab?: unknown } | undefined)?.lab;
  const known = labs.find(({ id }) => id === lab);
  return known ? { object: known.id } : {};
}

/** A lab's coordination, or that of all labs. */
export function officeAsked(visit: AdminVisit): AdminTraced {
  const { lab } = (visit.body ?? {}) as { readonly lab?: unknown };
  return lab === allLabs ? { object: scopeOfOffice({ role: 'cross_lab_coordinator' }) } : labAsked(visit);
}

/** Of which case and why, and the pseudonym of whom it means. */
export async function exclusionAsked({ exclusions, params }: AdminVisit): Promise<AdminTraced> {
  return exclusions.traced(params['id'] ?? '');
}

/** Of which office somebody loses theirs, and the pseudonym of whoever it was. */
export async function appointmentAsked({ appointing, params }: AdminVisit): Promise<AdminTraced> {
  return appointmentTraced(appointing, params['id'] ?? '');
}
