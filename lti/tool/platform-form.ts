// Everything a person types to connect a platform by hand, and the registration it becomes.
import { z } from 'zod';
import { isLoopbackName, isPlainAddress, originsOf } from './addresses.ts';
import { LtiError } from './errors.ts';
import { randomToken } from './keyring.ts';
import type { Registration } from './ports.ts';

const address = z
  .url({ protocol: /^https?$/ })
  .max(2048)
  .refine((text) => {
    const url = new URL(text);
    return isPlainAddress(text) && (url.protocol === 'https:' || isLoopbackName(url.hostname));
  }, 'must begin with https:// (http only on this machine)');
/** Letters that look like others, or like nothing, have no place in a name that is compared. */
export const issuer = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{1,255}$/);
const text = z.string().trim().min(1).max(255);

/** Everything a person types to connect a platform by hand. */
export const platformForm = z.strictObject({
  name: text,
  issuer,
  clientId: text,
  authorizationUrl: address,
  tokenUrl: address,
  keysetUrl: address,
  tokenAudience: text.optional(),
  /** Beside the origins of issuer and authorisation URL, which are always allowed to frame. */
  frameOrigins: z.array(address).default([]),
  deploymentId: text.optional(),
  tenant: text.optional(),
});
export type PlatformForm = z.input<typeof platformForm>;

/** As an administrator gives it. @throws LtiError registration_invalid (detail: the fields) */
export function fromForm(form: PlatformForm, now: Date): Registration {
  const parsed = platformForm.safeParse(form);
  if (!parsed.success) {
    throw new LtiError('registration_invalid', parsed.error.issues.map((issue) => issue.path.join('.')).join(', '));
  }
  const { deploymentId, tenant, frameOrigins, tokenAudience, ...fields } = parsed.data;
  const approved = deploymentId !== undefined && tenant !== undefined;
  return {
    id: randomToken(12),
    ...fields,
    ...(tokenAudience === undefined ? {} : { tokenAudience }),
    frameOrigins: originsOf([fields.issuer, fields.authorizationUrl, ...frameOrigins]),
    source: 'manual',
    ...(tenant === undefined ? {} : { tenant }),
    active: true,
    approvedAt: now,
    privateAddresses: true,
    deployments: approved ? [{ id: deploymentId, status: 'approved', tenant, firstSeenAt: now }] : [],
    createdAt: now,
  };
}
