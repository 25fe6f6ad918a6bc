// An invitation to coordinate: seen, and accepted by whoever came in through a launch.
import { acceptAppointment } from '../../usecases/accept-appointment.ts';
import { invitationForm } from '../forms/coordinator.ts';
import { readForm } from '../forms/form.ts';
import { fieldsOf, type Filled } from '../present/fields.ts';
import { type Handler, page, seeOther, type Visit } from '../visit.ts';

function present({ t }: Visit, filled: Filled): object {
  const fields = fieldsOf(t, filled);
  return { summary: fields.summary(), invitation: fields.text('invitation') };
}

/** Looking at it uses nothing up, so that a preview of the link cannot; its button does. */
export const showInvitation: Handler = (visit) =>
  page('coordinator', present(visit, { raw: { invitation: visit.params['token'] }, problems: [] }));

export const postInvitation: Handler = async (visit) => {
  const form = readForm(invitationForm, visit.body);
  if (!form.ok) return page('coordinator', present(visit, form), 422);
  const { person, registrationId, tenant } = visit.session;
  const by = { person, registrationId, labId: tenant, locale: visit.locale };
  await acceptAppointment(visit.ports, { token: form.values.invitation, by });
  return seeOther('/cases', 'coordinating');
};
