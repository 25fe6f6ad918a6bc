// What administrators type: a lab, or all that connects a platform by hand. Messages say what to do ("admin-form:...").
import { z } from 'zod';
import { isPlainAddress } from '../../../lti/index.ts';
import type { Lab } from '../../domain/lab.ts';
import { locales } from '../../domain/terms.ts';
import { email, one, optionalText, text } from '../forms/form.ts';
import type { AdminVisit } from './visit.ts';

type Labs = readonly Pick<Lab, 'id' | 'name'>[];

const labOf = (labs: Labs): z.ZodType<string> => z.enum(labs.map(({ id }) => id) as [string], 'admin-form:lab');

/** Chosen in the list of labs for a coordinator of all of them. */
export const allLabs = 'all_labs';

/** Of which lab somebody will coordinate, and what helps to write to them. */
export const appointmentForm = (labs: Labs) =>
  z
    .strictObject({
      lab: z.enum([...labs.map(({ id }) => id), allLabs] as [string], 'admin-form:office'),
      name: optionalText(100),
      email: z.preprocess((typed) => (typed === '' ? undefined : typed), email.optional()),
      locale: one(locales, 'forms:unreadable'),
    })
    .transform(({ lab, locale, ...contact }) => ({
      ...(lab === allLabs
        ? ({ role: 'cross_lab_coordinator' } as const)
        : ({ role: 'lab_coordinator', labId: lab } as const)),
      locale,
      ...(contact.name !== undefined && { name: contact.name }),
      ...(contact.email !== undefined && { email: contact.email }),
    }));

export const inviteForm = (labs: Labs) => z.strictObject({ lab: labOf(labs) });
export const approvalForm = (labs: Labs) => z.strictObject({ lab: labOf(labs), deployment: z.string().max(255) });

const ticked = z
  .literal('yes')
  .optional()
  .transform((value) => value === 'yes');

export const admissionForm = z.strictObject({
  privateAddresses: ticked,
});

/** Whether an exclusion is for every lab whose platform gives the same address. */
export const exclusionForm = z.strictObject({ everywhere: ticked });

/** https, or http to this machine when the service itself is there (demonstration, development). */
function isAddress(typed: string, local: boolean): boolean {
  if (!isPlainAddress(typed)) return false;
  const { protocol, hostname } = new URL(typed);
  const near = local && /^(?:localhost|[\w-]+\.localhost|127\.0\.0\.1|\[::1\])$/u.test(hostname);
  return protocol === 'https:' || (protocol === 'http:' && near);
}

function platformFields({ baseUrl }: Pick<AdminVisit, 'baseUrl'>) {
  const local = new URL(baseUrl).protocol === 'http:';
  const address = (missing: string) =>
    text(missing, 2000).pipe(z.string().refine((one) => isAddress(one, local), missing));
  return {
    name: text('admin-form:name', 255),
    // Letters that only look like others have no place in a name that is compared.
    issuer: text('admin-form:issuer', 255).pipe(z.string().regex(/^[\x21-\x7e]+$/u, 'admin-form:issuer')),
    clientId: text('admin-form:client_id', 255),
    deploymentId: optionalText(255),
    authorizationUrl: address('admin-form:authorization_url'),
    keysetUrl: address('admin-form:keyset_url'),
    tokenUrl: address('admin-form:token_url'),
    tokenAudience: optionalText(255),
    frameOrigins: z
      .string()
      .default('')
      .transform((typed) => typed.split(/[\s,;]+/u).filter((line) => line !== ''))
      .pipe(
        z
          .array(z.string().refine((one) => isAddress(one, local), 'admin-form:frame_origins'))
          .max(20, 'admin-form:frame_origins'),
      ),
  };
}

/** Undefined stays away: the door's own form is strict. */
function platformOf<T extends { tokenAudience?: string | undefined; deploymentId?: string | undefined }>({
  tokenAudience,
  deploymentId,
  ...fields
}: T) {
  return {
    ...fields,
    ...(tokenAudience !== undefined && { tokenAudience }),
    ...(deploymentId !== undefined && { deploymentId }),
  };
}

/** Lab and deployment id come together, or the first launch waits for approval. */
export function platformForm({ baseUrl, labs }: Pick<AdminVisit, 'baseUrl' | 'labs'>) {
  return z
    .strictObject({
      ...platformFields({ baseUrl }),
      lab: z.preprocess((value) => (value === '' ? undefined : value), labOf(labs).optional()),
    })
    .superRefine(({ lab, deploymentId }, context) => {
      if ((lab === undefined) === (deploymentId === undefined)) return;
      const [field, message] =
        lab === undefined ? ['lab', 'admin-form:lab'] : ['deploymentId', 'admin-form:deployment_id'];
      context.addIssue({ code: 'custom', path: [field], message });
    })
    .transform(({ lab, ...fields }) => ({ ...platformOf(fields), ...(lab !== undefined && { tenant: lab }) }));
}

/** The same without the lab, which the invitation knows. */
export function invitedForm({ baseUrl }: Pick<AdminVisit, 'baseUrl'>) {
  return z.strictObject(platformFields({ baseUrl })).transform(platformOf);
}
