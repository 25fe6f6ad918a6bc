// The programme's own description, a validated JSON file: another lab joins by a paragraph there, without a change of code.
import { z } from 'zod';
import { leavesADayOpen } from '../service/domain/closures.ts';
import { isMailAddress } from '../service/domain/mail-address.ts';
import { referralRoles } from '../service/domain/referral.ts';
import type { Step } from '../service/domain/follow-up.ts';
import { limitNames } from '../service/domain/limit.ts';
import { usualSteps, type FollowUpSteps } from '../service/domain/usual-steps.ts';

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

const mailAddress = z.string().refine(isMailAddress, 'must be an e-mail address');

const contact = z
  .strictObject({
    role: z.enum(referralRoles),
    name: words.optional(),
    email: mailAddress.optional(),
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

const mailDomain = z
  .string()
  .regex(/^(?!-)[a-z0-9-]+(?:\.[a-z0-9-]+)+$/, 'must be a mail domain in lower case, as in name@domain');

const lab = z.strictObject({
  id: labId,
  name: words,
  zone: zone.default('Europe/Paris'),
  closures: z
    .array(closure)
    .refine((closures) => leavesADayOpen({ closures }), 'must leave the lab open on some day of the year')
    .default([
      { from: '08-01', to: '08-25' },
      { from: '12-22', to: '01-03' },
    ]),
  /** Domains whose addresses count without a code where the lab's own platform sends them. Each by itself, without those below. */
  mailDomains: z.array(mailDomain).default([]),
  /** Where people of this lab begin: the page of their LMS or intranet that holds the link. Mails point there. */
  entryUrl: z.url({ protocol: /^https?$/, error: 'must be a web address' }),
  /** True until the lab has replaced the placeholders of its referral sheet; `doctor` says so. */
  referralToComplete: z.boolean().default(false),
  referral: z
    .array(employer)
    .transform((employers) => employers.flat())
    .default([]),
});

/** A room's name is added as a last part of the path, or put where {room} stands. */
const roomBase = z
  .url({ protocol: /^https$/, error: 'must be an https address' })
  .refine((base) => base.includes('{room}') || !/[?#]/u.test(base), 'needs {room} where the name of a room goes');

/** A coordinator is named by the platform's issuer and the platform's own name for the person, never by an e-mail. */
const coordinator = z
  .strictObject({
    issuer: words,
    subject: words,
    role: z.enum(['lab_coordinator', 'cross_lab_coordinator']),
    lab: labId.optional(),
    /** Where the programme writes to them; without it they see what waits only when they open the pages. */
    email: mailAddress.optional(),
    name: words.optional(),
    locale: z.enum(['fr', 'en']).default('fr'),
  })
  .refine((one) => (one.role === 'lab_coordinator') === (one.lab !== undefined), {
    message: 'a lab_coordinator needs a lab, a cross_lab_coordinator has none',
    path: ['lab'],
  });

const appeal = z
  .strictObject({
    name: words,
    email: mailAddress.optional(),
    url: z.url({ protocol: /^https$/, error: 'must be an https address' }).optional(),
  })
  .refine(({ email, url }) => email ?? url, 'needs an e-mail or an address');

/** Days of one step; of a step that repeats, those of its first turn and from one turn to the next. */
const days = z.number().int().min(-365).max(1100);
const repeated = z.strictObject({ first: days.optional(), every: days.min(1).optional() });

/** A timer's steps by their names; what is left out keeps its usual value. */
function stepsOf(usual: readonly Step[]) {
  const shape = Object.fromEntries(usual.map(({ step, every }) => [step, (every ? repeated : days).optional()]));
  return z
    .strictObject(shape)
    .prefault({})
    .transform((given) => usual.map((one) => withDelay(one, given[one.step])))
    .refine((steps) => steps.every((one, index) => index === 0 || one.afterDays > (steps[index - 1]?.afterDays ?? 0)), {
      message: 'must grow from step to step',
    });
}

function withDelay(usual: Step, given: number | z.output<typeof repeated> | undefined): Step {
  if (given === undefined) return usual;
  if (typeof given === 'number') return { ...usual, afterDays: given };
  return { ...usual, afterDays: given.first ?? usual.afterDays, every: given.every ?? usual.every ?? given.first ?? 1 };
}

type Timers = { [T in keyof FollowUpSteps]: ReturnType<typeof stepsOf> };
const timers = Object.fromEntries(
  Object.entries<readonly Step[]>(usualSteps).map(([timer, usual]) => [timer, stepsOf(usual)]),
) as Timers;

export const programmeSchema = z
  .strictObject({
    /** Zone of the regular matching runs and of the report. */
    zone: zone.default('Europe/Paris'),
    labs: z.array(lab).min(1, 'needs at least one lab'),
    coordinators: z.array(coordinator).default([]),
    /**
     * Video server whose rooms are offered for meetings by video (Jitsi: its address; others: the address of a room with
     * {room} for its name). Nothing is ever sent there. No rooms are offered without it.
     */
    videoRoomBase: roomBase.optional(),
    /** To whom somebody may appeal who was excluded; without it the mediator of their lab's sheet, or the coordination of all labs. */
    appeal: appeal.optional(),
    /** Days after which each step is done, timer by timer: see service/domain/usual-steps.ts. */
    delays: z.strictObject(timers).prefault({}),
    /** How often anybody may do what, name by name: see service/domain/limit.ts. What is left out keeps its usual value. */
    limits: z.partialRecord(z.enum(limitNames), z.number().int().min(1).max(1_000_000)).prefault({}),
    /** Which results of the matching are checked by their certificate before they are acted upon. */
    verify: z
      .strictObject({
        /** All of them, up to so many open requests. */
        upTo: z.number().int().min(0).default(20_000),
        /** Above, one in so many: 1 is every one. */
        thenOneIn: z.number().int().min(1).max(1000).default(10),
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
