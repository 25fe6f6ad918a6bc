// The claims of a launch, checked in the standard's own order; each check cites its clause. SF = 1EdTech Security
// Framework 1.0, Core = LTI 1.3 Core, DL = LTI Deep Linking 2.0, OIDC = OpenID Connect Core 1.0.
import { z } from 'zod';
import { LtiError } from './errors.ts';
import type { MessageType, Registration } from './ports.ts';
import type { RawClaims } from './token.ts';

const LTI = 'https://purl.imsglobal.org/spec/lti/claim/';
const DEEP_LINKING = 'https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings';
/** Clocks of platforms and ours differ; one minute is what their tokens live at least (Moodle). */
const LEEWAY_SECONDS = 60;
const OLDEST_SECONDS = 3_600;

export interface Expected {
  registration: Pick<Registration, 'issuer' | 'clientId'>;
  nonce: string;
  target: string;
  now: Date;
}

type Check = (claims: RawClaims, expected: Expected) => void;

const MESSAGES: Readonly<Record<string, MessageType>> = {
  LtiResourceLinkRequest: 'resource_link',
  LtiDeepLinkingRequest: 'deep_linking',
  LtiDataPrivacyLaunchRequest: 'data_privacy',
};

// Built once: making a schema costs more than all the checks of a launch.
const audiences = z.union([z.string(), z.array(z.string())]);
const roleList = z.array(z.string().max(1024)).max(100);

const issuer: Check = (claims, { registration }) => {
  // SF 5.1.3 (1): exactly the issuer of the registration.
  if (claims['iss'] !== registration.issuer) throw new LtiError('issuer_mismatch');
};

const audience: Check = (claims, { registration }) => {
  // SF 5.1.3 (3), (4), OIDC 3.1.3.7 (3)-(5): ours is in `aud`; with others beside it, `azp` must name us; `azp` is ours.
  const named = audiences.safeParse(claims['aud']);
  const all = named.success ? [named.data].flat() : [];
  const alone = all.every((one) => one === registration.clientId);
  const azp = claims['azp'];
  if (!all.includes(registration.clientId)) throw new LtiError('audience_mismatch');
  if (azp === undefined ? !alone : azp !== registration.clientId) throw new LtiError('audience_mismatch', 'azp');
};

const times: Check = (claims, { now }) => {
  // SF 5.1.3 (7), (8), OIDC 2: `exp` and `iat` are required numbers; not past, not from the future.
  const seconds = now.getTime() / 1000;
  const [exp, iat, nbf] = [instant(claims, 'exp'), instant(claims, 'iat'), claims['nbf']];
  if (exp + LEEWAY_SECONDS <= seconds) throw new LtiError('token_expired');
  if (iat - LEEWAY_SECONDS > seconds || iat > exp) throw new LtiError('token_from_future');
  // SF 5.1.3 (8) lets a tool refuse what was issued too long ago, however far off its end is.
  if (iat + OLDEST_SECONDS < seconds) throw new LtiError('token_expired', 'iat');
  // RFC 7519, 4.1.5: not before, when given.
  if (nbf !== undefined && instant(claims, 'nbf') - LEEWAY_SECONDS > seconds) throw new LtiError('token_from_future');
};

const nonce: Check = (claims, expected) => {
  // SF 5.1.3 (9), OIDC 3.1.3.7 (11): the nonce of this very login. Its single use is held by the session's insert.
  if (claims['nonce'] !== expected.nonce) throw new LtiError('nonce_mismatch');
};

const version: Check = (claims) => {
  // Core 5.3.2
  const sent = required(claims, `${LTI}version`, 'version');
  if (sent !== '1.3.0') throw new LtiError('version_unsupported');
};

const messageType: Check = (claims) => {
  // Core 5.3.1
  const sent = required(claims, `${LTI}message_type`, 'message_type');
  if (typeof sent !== 'string' || !Object.hasOwn(MESSAGES, sent)) throw new LtiError('message_unsupported');
};

const deployment: Check = (claims) => {
  // Core 5.3.3: at most 255 ASCII characters, case-sensitive.
  shortText(required(claims, `${LTI}deployment_id`, 'deployment_id'), 'deployment_id');
};

const subject: Check = (claims) => {
  // Core 5.3.6.1: at most 255 ASCII characters. Absent only when the launch is anonymous; launch.ts decides on that.
  if (claims['sub'] !== undefined) shortText(claims['sub'], 'sub');
};

const roles: Check = (claims) => {
  // Core 5.3.7: an array, which may be empty. A data-privacy launch need not carry it (LTI Data Privacy Launch 1.0).
  const sent = claims[`${LTI}roles`];
  if (sent === undefined && claims[`${LTI}message_type`] === 'LtiDataPrivacyLaunchRequest') return;
  if (!roleList.safeParse(required(claims, `${LTI}roles`, 'roles')).success) {
    throw new LtiError('claim_invalid', 'roles');
  }
};

const target: Check = (claims, expected) => {
  // Core 5.3.4: required for resource links, and the same as the login's; the login's was checked to be on our site.
  const sent = claims[`${LTI}target_link_uri`];
  if (sent === undefined && claims[`${LTI}message_type`] !== 'LtiResourceLinkRequest') return;
  if (required(claims, `${LTI}target_link_uri`, 'target_link_uri') !== expected.target) {
    throw new LtiError('target_mismatch');
  }
};

const resourceLink: Check = (claims) => {
  // Core 5.3.5: resource_link.id, at most 255 ASCII characters.
  if (claims[`${LTI}message_type`] !== 'LtiResourceLinkRequest') return;
  const link = required(claims, `${LTI}resource_link`, 'resource_link') as { id?: unknown } | null;
  shortText(link?.id, 'resource_link.id');
};

const deepLinking: Check = (claims) => {
  // DL 4.4.1
  if (claims[`${LTI}message_type`] !== 'LtiDeepLinkingRequest') return;
  const settings = required(claims, DEEP_LINKING, 'deep_linking_settings');
  if (!deepLinkSettings.safeParse(settings).success) throw new LtiError('claim_invalid', 'deep_linking_settings');
};

const CHECKS: readonly Check[] = [
  issuer,
  audience,
  times,
  nonce,
  version,
  messageType,
  deployment,
  subject,
  roles,
  target,
  resourceLink,
  deepLinking,
];

/** @throws LtiError with the code of the first check that fails */
export function checkClaims(claims: RawClaims, expected: Expected): ParsedClaims {
  for (const check of CHECKS) check(claims, expected);
  return parseClaims(claims);
}

const deepLinkSettings = z.object({
  deep_link_return_url: z.url({ protocol: /^https?$/ }).max(2048),
  accept_types: z.array(z.string()),
  accept_presentation_document_targets: z.array(z.string()).default([]),
  accept_multiple: z.boolean().default(false),
  data: z.string().max(8192).optional(),
});
export type DeepLinkSettings = z.output<typeof deepLinkSettings>;

export interface ParsedClaims {
  messageType: MessageType;
  deploymentId: string;
  subject: string | undefined;
  roles: string[];
  names: { name: unknown; givenName: unknown; familyName: unknown; email: unknown };
  locales: unknown[];
  returnUrl: unknown;
  custom: unknown;
  /** LTI Data Privacy Launch 1.0: the person whose data it is about, when it is not the one who launches. */
  forUser: string | undefined;
  deepLinking: DeepLinkSettings | undefined;
}

function parseClaims(claims: RawClaims): ParsedClaims {
  const presentation = (claims[`${LTI}launch_presentation`] ?? {}) as Record<string, unknown>;
  const forUser = (claims[`${LTI}for_user`] ?? {}) as Record<string, unknown>;
  const message = MESSAGES[claims[`${LTI}message_type`] as string] as MessageType;
  return {
    messageType: message,
    deploymentId: claims[`${LTI}deployment_id`] as string,
    subject: claims['sub'] as string | undefined,
    roles: (claims[`${LTI}roles`] ?? []) as string[],
    names: {
      name: claims['name'],
      givenName: claims['given_name'],
      familyName: claims['family_name'],
      email: claims['email'],
    },
    locales: [presentation['locale'], claims['locale']],
    returnUrl: presentation['return_url'],
    custom: claims[`${LTI}custom`],
    forUser: typeof forUser['user_id'] === 'string' ? forUser['user_id'] : undefined,
    deepLinking: message === 'deep_linking' ? deepLinkSettings.parse(claims[DEEP_LINKING]) : undefined,
  };
}

function required(claims: RawClaims, claim: string, name: string): unknown {
  const value = claims[claim];
  if (value === undefined || value === null) throw new LtiError('claim_missing', name);
  return value;
}

function instant(claims: RawClaims, name: string): number {
  const value = required(claims, name, name);
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new LtiError('claim_invalid', name);
  return value;
}

function shortText(value: unknown, name: string): void {
  if (value === undefined || value === null || value === '') throw new LtiError('claim_missing', name);
  if (typeof value !== 'string' || value.length > 255) throw new LtiError('claim_invalid', name);
}
