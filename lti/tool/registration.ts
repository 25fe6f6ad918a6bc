// Dynamic Registration 1.0: a platform's administrator opens our one-time link from the platform, and both sides know each
// other. What the platform says of itself is believed only as far as its own host goes, and fetched only so:
// https, a pinned public address, few redirects, little time, little text.
import type { Request, Response } from 'express';
import { z } from 'zod';
import { isLoopbackName, isPlainAddress, originsOf } from './addresses.ts';
import { letInIfNew } from './admission.ts';
import { urlSheet } from './administration.ts';
import { LtiError } from './errors.ts';
import { readQuery } from './form-body.ts';
import { html, type Html, script } from './html.ts';
import { digest, randomToken } from './keyring.ts';
import type { Answer, Call } from './outbound.ts';
import { call } from './outbound.ts';
import type { Parts } from './parts.ts';
import type { Invite, Registration } from './ports.ts';
import { configuration, PLATFORM, type PlatformConfiguration } from './platform-configuration.ts';
import { isOwnHost, issuerBelongsTo, toolMetadata, TOOL } from './registration-profiles.ts';
import { word } from './texts.ts';

const LIMITS = { timeoutMs: 5_000, maxBytes: 262_144, maxRedirects: 3 };
const TOKEN_SHAPE = /^[\w-]{43}$/;

const registered = z.object({
  client_id: z.string().min(1).max(255),
  [TOOL]: z.object({ deployment_id: z.coerce.string().min(1).max(255).optional() }).default({}),
});

export function createRegistration(parts: Parts) {
  return async (request: Request, response: Response): Promise<void> => {
    const locale = parts.pages.localeOf(request);
    const query = readQuery(request);
    const source = query.get('openid_configuration');
    if (source === undefined) {
      parts.framing.setOrigins(response, []);
      await parts.pages.send(response, { name: 'registration', locale, slot: sheet(parts.baseUrl) });
      return;
    }
    const token = String(request.params['token']);
    const id = digest(token);
    const invite = TOKEN_SHAPE.test(token)
      ? await parts.options.invites.claim(id, parts.options.clock.now())
      : undefined;
    if (invite === undefined) throw new LtiError('invite_invalid');
    parts.framing.setOrigins(response, [source]);
    const registration = await connect(parts, { source, bearer: query.get('registration_token'), invite });
    const name = registration.awaitsApproval === true ? 'registered_waiting' : 'registered';
    await parts.pages.send(response, { name, locale, slot: outcome(registration, locale) });
  };
}

/** The link stays good after a failure: a wrong setting on the platform is mended and tried again. */
async function connect(parts: Parts, offer: Offer): Promise<Registration> {
  try {
    const registration = await register(parts, offer);
    // Its own host has spoken for the issuer; for an issuer that many hosts share (Canvas) none of them can.
    const proven = isOwnHost(registration.issuer, new URL(offer.source).host);
    return await letInIfNew(parts.options.registrations, registration, proven);
  } catch (error) {
    await parts.options.invites.release(offer.invite.id);
    throw error;
  } finally {
    parts.registry.forget();
  }
}

interface Offer {
  source: string;
  bearer: string | undefined;
  invite: Invite;
}

async function register(parts: Parts, { source, bearer, invite }: Offer): Promise<Registration> {
  const reach = {
    ...LIMITS,
    reach: 'public',
    allowLoopback: isLoopbackName(new URL(parts.baseUrl).hostname),
    // Canvas wants its token on both calls, Brightspace sends none.
    headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` },
  } as const;
  const found = await readConfiguration({ ...reach, url: source });
  const body = JSON.stringify(toolMetadata(parts.options.name, parts.baseUrl, found));
  const headers = { ...reach.headers, 'content-type': 'application/json' };
  const answer = await call({ ...reach, url: found.registration_endpoint, method: 'POST', headers, body });
  const parsed = registered.safeParse(jsonOf(answer));
  if (!parsed.success) throw new LtiError('registration_failed', `status ${answer.status}`);
  return toRegistration({ found, given: parsed.data, invite, source, now: parts.options.clock.now() });
}

async function readConfiguration(request: Call): Promise<PlatformConfiguration> {
  if (!URL.canParse(request.url)) throw new LtiError('address_refused', 'not an address');
  const answer = await call(request);
  const parsed = configuration.safeParse(jsonOf(answer));
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
    throw new LtiError('registration_failed', `configuration: status ${answer.status}, ${fields}`);
  }
  // Dynamic Registration 1.0, 3.5.1: a host speaks for itself only, or anybody could register in another's name.
  const host = new URL(request.url).host;
  if (!issuerBelongsTo(parsed.data.issuer, host)) throw new LtiError('issuer_mismatch', 'configuration');
  for (const url of [parsed.data.authorization_endpoint, parsed.data.token_endpoint, parsed.data.jwks_uri]) {
    const { protocol, hostname } = new URL(url);
    if (!isPlainAddress(url)) throw new LtiError('address_refused', 'credentials');
    if (protocol !== 'https:' && !(request.allowLoopback && isLoopbackName(hostname))) {
      throw new LtiError('address_refused', 'scheme');
    }
  }
  return parsed.data;
}

interface Facts {
  found: PlatformConfiguration;
  given: z.output<typeof registered>;
  invite: Invite;
  source: string;
  now: Date;
}

function toRegistration({ found, given, invite, source, now }: Facts): Registration {
  const deploymentId = given[TOOL].deployment_id;
  const { tenant } = invite;
  const family = found[PLATFORM].product_family_code;
  return {
    id: randomToken(12),
    name: family === '' ? new URL(source).host : `${family} (${new URL(source).host})`,
    issuer: found.issuer,
    clientId: given.client_id,
    authorizationUrl: found.authorization_endpoint,
    tokenUrl: found.token_endpoint,
    keysetUrl: found.jwks_uri,
    ...(found.authorization_server === undefined ? {} : { tokenAudience: found.authorization_server }),
    frameOrigins: originsOf([found.issuer, found.authorization_endpoint, source]),
    source: 'dynamic',
    tenant,
    active: true,
    approvedAt: now,
    privateAddresses: false,
    deployments: deploymentId === undefined ? [] : [{ id: deploymentId, status: 'approved', tenant, firstSeenAt: now }],
    createdAt: now,
  };
}

function jsonOf(answer: Answer): unknown {
  if (answer.status < 200 || answer.status > 299) return undefined;
  try {
    return JSON.parse(answer.text);
  } catch {
    return undefined;
  }
}

function sheet(baseUrl: string): Html {
  const rows = Object.entries({ ...urlSheet(baseUrl) }).map(
    ([name, url]) =>
      html`<dt>${name}</dt>
        <dd><code>${url}</code></dd>`,
  );
  return html`<dl>${rows}</dl>`;
}

function outcome(registration: Registration, locale: string): Html {
  const deployment = registration.deployments[0]?.id ?? '–';
  return html`<dl>
      <dt>issuer</dt>
      <dd><code>${registration.issuer}</code></dd>
      <dt>client_id</dt>
      <dd><code>${registration.clientId}</code></dd>
      <dt>deployment_id</dt>
      <dd><code>${deployment}</code></dd>
    </dl>
    <button class="btn btn-primary" type="button" id="lti-close">${word('close', locale)}</button>
    ${script('close.js')}`;
}
