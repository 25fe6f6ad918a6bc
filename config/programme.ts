// The programme's own description, a validated JSON file: another lab joins by a paragraph there, without a change of code.
import { z } from 'zod';
import { isDated, leavesADayOpen } from '../service/domain/closures.ts';
import { holidayKinds, usualHolidays } from '../service/domain/holidays.ts';
import { isMailAddress } from '../service/domain/mail-address.ts';
import { referralRoles } from '../service/domain/referral.ts';
import type { Step } from '../service/domain/follow-up.ts';
import { limitNames } from '../service/domain/limit.ts';
import { usualSteps, type FollowUpSteps } from '../service/domain/usual-steps.ts';

const labId = z.string().regex(/^[a-z][a-z0-9-]{1,30}$/, 'must be a short name in lower case');
const words = z.string().trim().min(1).max(200);
const daySentence = 'must be a day of each year such as 08-01, or a date such as 2027-03-01';
const zone = z.string().refine(isZone, 'must be a time zone such as Europe/Paris');

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const day = z
  .string()
  .regex(/^(\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, daySentence)
  .refine((one) => !isDated(one) || z.iso.date().safeParse(one).success, daySentence);

/** A dated one may be of a year at most: a slip of the keyboard would make everybody wait for a century. */
const mostDatedMs = 366 * 86_400_000;

/**
 * Days on which timers stand still, no time is on offer and no mail leaves that may wait: first and last day, both included, of
 * each year (it may pass over New Year), or of one year.
 */
const closure = z
  .strictObject({ from: day, to: day })
  .refine(({ from, to }) => isDated(from) === isDated(to), 'must have two days of each year, or two dates')
  .refine(({ from, to }) => !isDated(from) || from <= to, 'must not end before it begins')
  .refine(
    ({ from, to }) => !isDated(from) || Date.parse(to) - Date.parse(from) < mostDatedMs,
    'must be a year at most',
  );

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

const labAsWritten = z.strictObject({
  id: labId,
  name: words,
  zone: zone.default('Europe/Paris'),
  /** Left out: france where the zone is one of France, overseas included, and none elsewhere. See service/domain/holidays.ts. */
  holidays: z.enum(holidayKinds, `must be one of ${holidayKinds.join(', ')}`).optional(),
  closures: z.array(closure).default([
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

const lab = labAsWritten
  .transform((one) => ({ ...one, holidays: one.holidays ?? usualHolidays(one.zone) }))
  .refine(leavesADayOpen, { message: 'must leave the lab open on some day of the year', path: ['closures'] });

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
