// Coordinators: seen, invited by a one-time link that the answer to the form shows once, and taken out of office.
import { inviteCoordinator } from '../../../usecases/invite-coordinator.ts';
import { revokeAppointment } from '../../../usecases/revoke-appointment.ts';
import { readForm } from '../../forms/form.ts';
import { page, seeOther } from '../../visit.ts';
import { appointmentForm } from '../forms.ts';
import { presentCoordinators, type SeenCoordinators } from '../present/coordinators.ts';
import type { AdminHandler, AdminVisit } from '../visit.ts';

async function present(visit: AdminVisit, more: Pick<SeenCoordinators, 'form' | 'created'> = {}): Promise<object> {
  const [appointments, platforms] = await Promise.all([
    visit.appointing.coordinators.list(),
    visit.administration.listPlatforms(),
  ]);
  return presentCoordinators(visit, { appointments, platforms, ...more });
}

export const showCoordinators: AdminHandler = async (visit) => page('admin-coordinators', await present(visit));

export const postCoordinator: AdminHandler = async (visit) => {
  const form = readForm(appointmentForm(visit.labs), visit.body);
  if (!form.ok) return page('admin-coordinators', await present(visit, { form }), 422);
  const created = await inviteCoordinator(visit.appointing, form.values);
  visit.note('appointed');
  return page('admin-coordinators', await present(visit, { created }), 201);
};

export const postRevoke: AdminHandler = async (visit) => {
  await revokeAppointment(visit.appointing, visit.params['id'] ?? '');
  visit.note('revoked');
  return seeOther('/admin/coordinators', 'revoked');
};
