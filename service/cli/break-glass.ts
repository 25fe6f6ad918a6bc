// Who somebody is, for the few cases in which that has to be known: traced before, told to everybody of whom it speaks.
import { disclosureReasons, isDisclosureReason, type ShownIdentity, type ShownPerson } from '../domain/disclosure.ts';
import { email as address } from '../http/forms/form.ts';
import { subjectOf } from '../usecases/audited.ts';
import { discloseIdentity } from '../usecases/disclose-identity.ts';
import { findWanted, type Wanted } from '../usecases/find-wanted.ts';
import {
  exitCodes,
  textOf,
  UsageError,
  type Command,
  type CommandTrace,
  type Context,
  type Values,
} from './command.ts';

const reasons = disclosureReasons.join(', ');

function reasonIn(values: Values): string {
  const reason = textOf(values, 'reason');
  if (!isDisclosureReason(reason)) throw new UsageError(`--reason must be one of ${reasons}.`);
  return reason;
}

/** Somebody answers for it: what cannot be a name is refused. */
function checkName(values: Values): void {
  if (!/\p{L}.*\p{L}/u.test(textOf(values, 'by'))) throw new UsageError('--by must be the name of whoever does this.');
}

function wantedIn({ email, pseudonym, case: reference }: Values): Wanted {
  const given = [email, pseudonym, reference].filter((one) => typeof one === 'string');
  const [first = ''] = given.map((one) => one.trim());
  if (given.length !== 1 || first === '') throw new UsageError('Give one of --email, --pseudonym and --case.');
  if (pseudonym !== undefined) return { pseudonym: first.toUpperCase() };
  if (reference !== undefined) return { reference: first.toUpperCase() };
  if (!address.safeParse(first).success) throw new UsageError('--email must be an e-mail address.');
  return { email: first };
}

/** By pseudonym only. An address names somebody; a case's reference would tell whom its coordinators have to do with. */
async function aboutLook(
  { ports }: Parameters<NonNullable<Command['about']>>[0],
  values: Values,
): Promise<CommandTrace> {
  checkName(values);
  const reason = reasonIn(values);
  const [member] = await findWanted(ports, wantedIn(values));
  return { reason, ...(member && { subject: await subjectOf(ports, member.personKey) }) };
}

export const breakGlass: Command = {
  name: 'break-glass',
  act: 'identity_disclosed',
  about: aboutLook,
  summary: 'Shows who somebody is and with whom they have a dialogue; everybody of whom it shows something is told.',
  more: `Reasons: ${reasons}. Each call is traced before it shows anything, also one that finds nobody; a letter tells everybody concerned.`,
  options: {
    by: { value: 'NAME', text: 'Who does this: first and last name, for the audit trail', required: true },
    reason: { value: 'CODE', text: 'Why; the letter says so too', required: true },
    email: { value: 'ADDRESS', text: 'The person, by their address' },
    pseudonym: { value: 'PSEUDONYM', text: 'Or by their pseudonym in the audit trail' },
    case: { value: 'REFERENCE', text: 'Or by the reference of their case' },
  },
  async run(context, values) {
    const { ports } = await context.openCore();
    const look = context.trace?.();
    if (!look) throw new Error('A look that is not traced may not be done.');
    const found = await discloseIdentity(ports, { look, wanted: wantedIn(values) });
    if (found.length === 0) context.say('Nobody who is enrolled goes by this.');
    for (const one of found) show(context, one);
    context.say(`Traced as no. ${look.seq}.`);
    return exitCodes.done;
  },
};

function show({ say }: Context, { status, partners, ...person }: ShownIdentity): void {
  say(`Enrolled, ${status}: ${lineOf(person)}`);
  for (const partner of partners) say(`Open dialogue with: ${lineOf(partner)}`);
  if (partners.length === 0) say('No open dialogue.');
}

const fates = {
  no_address: 'NOT TOLD: has no address',
  lab_gone: 'NOT TOLD: the lab takes part no more',
} as const;

function lineOf({ name, email, labId, notTold }: ShownPerson): string {
  const fate = notTold === undefined ? 'a letter tells them' : fates[notTold];
  // A name is what somebody typed: it gives no orders to a terminal.
  return `${name}, ${email || 'no address'}, ${labId} (${fate})`.replace(/\p{C}/gu, '');
}
