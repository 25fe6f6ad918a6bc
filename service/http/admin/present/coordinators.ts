// Coordinators for their page: of which lab, since when and by which platform; and the new link, once.
import type { PlatformView } from '../../../../lti/index.ts';
import { type Appointment, scopeOfOffice, stateOfAppointment } from '../../../domain/coordinator.ts';
import { locales } from '../../../domain/terms.ts';
import type { InvitedCoordinator } from '../../../usecases/invite-coordinator.ts';
import { fieldsOf, type Filled } from '../../present/fields.ts';
import { allLabs } from '../forms.ts';
import type { AdminVisit } from '../visit.ts';
import { labItems, labName, told } from './words.ts';

export interface SeenCoordinators {
  readonly appointments: readonly Appointment[];
  readonly platforms: readonly PlatformView[];
  readonly form?: Filled;
  readonly created?: InvitedCoordinator;
}

function officeOf(visit: AdminVisit, one: Appointment): string {
  return one.labId === undefined ? visit.t('admin-coordinators:all_labs') : labName(visit, scopeOfOffice(one));
}

function stateWords(visit: AdminVisit, one: Appointment, platforms: readonly PlatformView[]): string {
  const { t, now } = visit;
  const state = stateOfAppointment(one, now);
  if (state === 'in_office') {
    const platform = platforms.find(({ registration }) => registration.id === one.registrationId)?.registration.name;
    const date = told(visit, one.acceptedAt ?? now, 'day');
    return t('admin-coordinators:state.in_office', { date, platform: platform ?? '–' });
  }
  if (state === 'invited' && one.expiresAt) {
    return t('admin-coordinators:state.invited', { date: told(visit, one.expiresAt, 'day') });
  }
  return t(`admin-coordinators:state.${state === 'invited' ? 'named' : state}`);
}

function presentOne(visit: AdminVisit, one: Appointment, { platforms }: SeenCoordinators): object {
  const { t, now } = visit;
  const who = one.name ?? t('admin-coordinators:no_name');
  return {
    heading: `appointment-${one.id}`,
    name: `${officeOf(visit, one)} – ${who}`,
    state: stateWords(visit, one, platforms),
    action: `/admin/coordinators/${one.id}/revoke`,
    isInOffice: stateOfAppointment(one, now) === 'in_office',
  };
}

export function presentCoordinators(visit: AdminVisit, seen: SeenCoordinators): object {
  const { t, now, baseUrl } = visit;
  const { appointments, form, created } = seen;
  const fields = fieldsOf(t, form ?? { raw: { locale: visit.locale }, problems: [] });
  const chosen = fields.text('lab').value;
  const everywhere = { value: allLabs, label: t('admin-coordinators:all_labs'), chosen: chosen === allLabs };
  const living = appointments.filter((one) => ['in_office', 'invited'].includes(stateOfAppointment(one, now)));
  return {
    heading: t('admin-coordinators:heading'),
    summary: fields.summary(),
    lab: { ...fields.text('lab'), items: [...labItems(visit, chosen), everywhere], groups: [] },
    name: fields.text('name'),
    email: fields.text('email'),
    locale: fields.choices('locale', locales, (code) => t(`frame:language.${code}`)),
    created: created && {
      url: `${baseUrl}/coordinator/${created.token}`,
      text: t('admin-coordinators:created', {
        office: officeOf(visit, created.appointment),
        date: told(visit, created.appointment.expiresAt ?? now, 'day'),
      }),
    },
    coordinators: living.map((one) => presentOne(visit, one, seen)),
  };
}
