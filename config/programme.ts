// The programme's own description, a validated JSON file: another lab joins by a paragraph there, without a change of code.
import { z } from 'zod';
import { referralRoles } from '../service/domain/referral.ts';
import { usualSteps } from '../service/domain/follow-up.ts';

const labId = z.string().regex(/^[a-z][a-z0-9-]{1,30}$/, 'must be a short name in lower case');
const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'must be a month and a day such as 08-01');
const words = z.string().trim().min(1).max(200);
const zone = z.string().refine(isZone, 'must be a time zone such as Europe/Paris');

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** A yearly closure in which timers stand still: first and last day, both included; it may pass over New Year. */
const closure = z.strictObject({ from: monthDay, to: monthDay });

const contact = z
  .strictObject({
    role: z.enum(referralRoles),
    name: words.optional(),
    email: z.email('must be an e-mail address').optional(),
    phone: z
      .string()
      .regex(/^\+?[\d .()-]{2,24}$/, 'must be a phone number')
      .optional(),
    url: z.url({ protocol: /^https$/, error: 'must be an https address' }).optional(),
  })
  .refine(({ email, phone, url }) => email ?? phone ?? url, 'needs an e-mail, a phone number or an address');

/** A mixed lab has several employers, each with its own contacts. */
const employer = z
  .strictObject({ employer: words, contacts: z.array(contact) })
  .transform(({ employer, contacts }) => contacts.map((one) => ({ ...one, employer })));

const lab = z.strictObject({
  id: labId,
  name: words,
  zone: zone.default('Europe/Paris'),
  closures: z.array(closure).default([
    { from: '08-01', to: '08-25' },
    { from: '12-22', to: '01-03' },
  ]),
  /** Where people of this lab begin: the page of their LMS or intranet that holds the link. Mails point there. */
  entryUrl: z.url({ protocol: /^https?$/, error: 'must be a web address' }),
  /** True until the lab has replaced the placeholders of its referral sheet; `doctor` says so. */
  referralToComplete: z.boolean().default(false),
  referral: z
    .array(employer)
    .transform((employers) => employers.flat())
    .default([]),
});

/** A coordinator is named by the platform's issuer and the platform's own name for the person, never by an e-mail. */
const coordinator = z
  .strictObject({
    issuer: words,
    subject: words,
    role: z.enum(['lab_coordinator', 'cross_lab_coordinator']),
    lab: labId.optional(),
    /** Where the programme writes to them; without it they see what waits only when they open the pages. */
    email: z.email('must be an e-mail address').optional(),
    name: words.optional(),
    locale: z.enum(['fr', 'en']).default('fr'),
  })
  .refine((one) => (one.role === 'lab_coordinator') === (one.lab !== undefined), {
    message: 'a lab_coordinator needs a lab, a cross_lab_coordinator has none',
    path: ['lab'],
  });

const openDays = z.number().int().min(1).max(365);
const stepsOf = <Name extends string>(usual: readonly { step: Name; afterDays: number }[]) => {
  const names = usual.map(({ step }) => step);
  const shape = Object.fromEntries(names.map((name) => [name, openDays.optional()])) as Record<
    Name,
    z.ZodOptional<typeof openDays>
  >;
  return z
    .strictObject(shape)
    .transform((given) =>
      usual.map(({ step, afterDays }) => ({
        step,
        afterDays: (given as Partial<Record<Name, number>>)[step] ?? afterDays,
      })),
    )
    .refine((steps) => steps.every((one, index) => index === 0 || one.afterDays > (steps[index - 1]?.afterDays ?? 0)), {
      message: 'must grow from step to step',
    });
};

export const programmeSchema = z
  .strictObject({
    /** Zone of the regular matching runs and of the report. */
    zone: zone.default('Europe/Paris'),
    labs: z.array(lab).min(1, 'needs at least one lab'),
    coordinators: z.array(coordinator).default([]),
    /** Open days after which each step is done; what is left out keeps its usual value. */
    delays: z
      .strictObject({
        proposal: stepsOf(usualSteps.proposal).prefault({}),
        introduced: stepsOf(usualSteps.introduced).prefault({}),
      })
      .prefault({}),
  })
  .superRefine(({ labs, coordinators }, context) => {
    const ids = labs.map(({ id }) => id);
    ids.forEach((id, index) => {
      if (ids.indexOf(id) !== index) {
        context.addIssue({ code: 'custom', path: ['labs', index, 'id'], message: `names ${id} twice` });
      }
    });
    coordinators.forEach((one, index) => {
      if (one.lab !== undefined && !ids.includes(one.lab)) {
        context.addIssue({
          code: 'custom',
          path: ['coordinators', index, 'lab'],
          message: `${one.lab} is no lab of this file`,
        });
      }
    });
  });

export type Programme = z.output<typeof programmeSchema>;
export type ProgrammeLab = Programme['labs'][number];
export type Coordinator = Programme['coordinators'][number];
