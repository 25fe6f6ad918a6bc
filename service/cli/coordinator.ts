// Coordinators from the terminal: the same deeds as on the administrators' page.
import { type Appointment, type CoordinatorOffice, scopeOfOffice, stateOfAppointment } from '../domain/coordinator.ts';
import { MentoringError } from '../domain/errors.ts';
import { locales } from '../domain/terms.ts';
import { email as address } from '../http/forms/form.ts';
import { inviteCoordinator } from '../usecases/invite-coordinator.ts';
import { appointmentTraced, revokeAppointment } from '../usecases/revoke-appointment.ts';
import { DeedError, exitCodes, labOf, type Place, textOf, UsageError, type Command, type Values } from './command.ts';
import { table } from './table.ts';

const id = { value: 'ID', text: 'Id of the appointment, as "coordinator list" shows it', required: true } as const;

function officeIn({ config }: Pick<Place, 'config'>, values: Values): CoordinatorOffice {
  const everywhere = values['all-labs'] === true;
  if (everywhere === (values['lab'] !== undefined)) throw new UsageError('Give either --lab or --all-labs.');
  return everywhere ? { role: 'cross_lab_coordinator' } : { role: 'lab_coordinator', labId: labOf(config, values) };
}

function contactIn(values: Values): Pick<Appointment, 'name' | 'email' | 'locale'> {
  const { name, email, language = locales[0] } = values;
  const locale = locales.find((one) => one === language);
  if (!locale) throw new UsageError(`--language must be one of ${locales.join(', ')}.`);
  if (email !== undefined && !address.safeParse(email).success) {
    throw new UsageError('--email must be an e-mail address.');
  }
  return {
    locale,
    ...(typeof name === 'string' && { name: name.trim().slice(0, 100) }),
    ...(typeof email === 'string' && { email }),
  };
}

export const inviteToCoordinate: Command = {
  name: 'coordinator invite',
  act: 'coordinator_invited',
  about: (core, values) => {
    contactIn(values);
    return { object: scopeOfOffice(officeIn(core, values)) };
  },
  summary: 'Makes a link that gives the right to coordinate to whoever uses it first, inside a launch.',
  options: {
    lab: { value: 'LAB', text: 'Lab to coordinate' },
    'all-labs': { text: 'All labs, instead of one: reads the consolidated report' },
    name: { value: 'NAME', text: 'Who it is for, to recognise them in the list' },
    email: { value: 'ADDRESS', text: 'Where notices go; without one none are sent' },
    language: { value: 'fr|en', text: 'Language of the notices (fr)' },
  },
  async run(context, values) {
    const core = await context.openCore();
    const office = officeIn(core, values);
    const { appointment, token } = await inviteCoordinator(core.ports, { ...office, ...contactIn(values) });
    context.say(`${core.config.baseUrl}/coordinator/${token}`);
    context.say(
      `Good once, until ${appointment.expiresAt?.toISOString().slice(0, 10) ?? ''}. Whoever uses it coordinates ${office.labId ?? 'all labs'}: send it to that person only.`,
    );
    return exitCodes.done;
  },
};

export const listCoordinators: Command = {
  name: 'coordinator list',
  act: 'reads',
  summary: 'Lists who coordinates and which invitations wait.',
  options: {},
  async run(context) {
    const { ports, tool } = await context.openCore();
    const now = ports.clock.now();
    const all = await ports.coordinators.list();
    if (all.length === 0) {
      context.say('Nobody coordinates yet: see "coordinator invite --help".');
      return exitCodes.done;
    }
    const platforms = await tool.administration.listPlatforms();
    const platformOf = (one: Appointment): string =>
      platforms.find(({ registration }) => registration.id === one.registrationId)?.registration.name ?? '';
    const rows = all.map((one) => {
      const state = stateOfAppointment(one, now);
      const since = one.revokedAt ?? one.acceptedAt ?? one.expiresAt;
      const when = since === undefined ? '' : since.toISOString().slice(0, 10);
      return [one.id, scopeOfOffice(one), state, when, one.from, platformOf(one), one.name ?? ''];
    });
    for (const line of table(['id', 'of', 'state', 'since, or until', 'from', 'platform', 'name'], rows))
      context.say(line);
    return exitCodes.done;
  },
};

export const revokeCoordinator: Command = {
  name: 'coordinator revoke',
  act: 'coordinator_revoked',
  about: ({ ports }, values) => appointmentTraced(ports, textOf(values, 'id')),
  summary: 'Takes a right to coordinate away, from the next click on, or an invitation that waits.',
  options: { id },
  async run(context, values) {
    const { ports } = await context.openCore();
    try {
      await revokeAppointment(ports, textOf(values, 'id'));
    } catch (error) {
      if (!(error instanceof MentoringError)) throw error;
      throw new DeedError('There is no appointment of this id: see "coordinator list".');
    }
    context.say('The right is taken away.');
    return exitCodes.done;
  },
};
