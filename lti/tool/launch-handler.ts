// The second half of the way in: the platform's form post with the id_token. Cheap checks first, then the signature, the
// claims, the tenant, the programme's welcome, and one write that begins the session.
import type { Request, Response } from 'express';
import { isBoundByCookie, releaseCookie } from './binding.ts';
import { accept } from './acceptance.ts';
import type { ParsedClaims } from './claims.ts';
import { checkClaims } from './claims.ts';
import type { CookieJar } from './cookies.ts';
import { LtiError } from './errors.ts';
import { readForm } from './form-body.ts';
import { addressOf, isAnonymous, localeOf, toLaunch } from './launch.ts';
import type { LoginState } from './login-state.ts';
import { readState, requireFresh } from './login-state.ts';
import { sendTo } from './pages.ts';
import { reachOf } from './ownership.ts';
import type { Parts } from './parts.ts';
import type { Registration } from './ports.ts';
import type { RawClaims } from './token.ts';
import { verifyToken } from './token.ts';
import { showStoragePage } from './storage-launch.ts';

/** What a refusal may use: set only once it can be trusted. */
export interface Trusted {
  registrationId?: string;
  locale?: string;
  returnUrl?: string;
}

export function createLaunch(parts: Parts, jar: CookieJar) {
  return async (request: Request, response: Response): Promise<void> => {
    const trusted: Trusted = (response.locals['trusted'] = {});
    const fields = await readForm(request);
    const token = fields.get('state');
    const state = readState(parts.keyring, token);
    parts.framing.setPlatform(response, state.registrationId);
    requireFresh(state, parts.options.clock.now());
    const registration = await activeRegistration(parts, state);
    trusted.registrationId = registration.id;
    const issued = { state, token: token ?? '' };
    const bound = isBoundByCookie(jar, request, { ...issued, keyring: parts.keyring });
    if (!bound && state.storageTarget === undefined) throw new LtiError('browser_unbound');
    if (bound) releaseCookie(jar, response, state);
    // OIDC 3.1.2.6: the platform's refusal comes on the same way, without a token.
    if (fields.has('error')) throw new LtiError('platform_refused');
    const claims = await readClaims(parts, { registration, state, idToken: fields.get('id_token'), trusted });
    // An administrator's launch about somebody else (for_user) has no page here: data is shown to its owner only.
    if (claims.forUser !== undefined && claims.forUser !== claims.subject) throw new LtiError('message_unsupported');
    if (isAnonymous(claims)) {
      await parts.pages.send(response, { name: 'information', locale: parts.pages.localeOf(request, trusted.locale) });
      return;
    }
    const tenant = await tenantOf(parts, registration, claims.deploymentId);
    const locale = parts.pages.localeOf(request, trusted.locale);
    if (tenant === undefined) {
      await parts.pages.send(response, { name: 'pending', status: 403, locale });
      return;
    }
    const launch = toLaunch(claims, {
      keyring: parts.keyring,
      registrationId: registration.id,
      tenant,
      target: state.target,
    });
    const accepted = { launch, nonce: state.nonce, locale, deepLinking: claims.deepLinking };
    if (bound) sendTo(response, 303, (await accept(parts, { request, response }, accepted)).path);
    else await showStoragePage(parts, response, { accepted, issued, registration });
  };
}

async function activeRegistration({ registry }: Parts, state: LoginState): Promise<Registration> {
  const registration = await registry.find(state.registrationId);
  if (registration === undefined) throw new LtiError('platform_unknown');
  if (!registration.active) throw new LtiError('platform_inactive');
  return registration;
}

interface Sent {
  registration: Registration;
  state: LoginState;
  idToken: string | undefined;
  trusted: Trusted;
}

async function readClaims(parts: Parts, { registration, state, idToken, trusted }: Sent): Promise<ParsedClaims> {
  if (idToken === undefined) throw new LtiError('launch_malformed', 'id_token missing');
  const source = { url: registration.keysetUrl, reach: reachOf(registration) };
  const claims = await verifyToken(idToken, (kid) => parts.keySets.find(source, kid));
  trustPresentation(claims, trusted);
  const now = parts.options.clock.now();
  return checkClaims(claims, { registration, nonce: state.nonce, target: state.target, now });
}

/** Signed by the platform, so good enough to speak the right language and to offer the way back. */
function trustPresentation(claims: RawClaims, trusted: Trusted): void {
  const presentation = claims['https://purl.imsglobal.org/spec/lti/claim/launch_presentation'];
  const { locale, return_url: back } = (presentation ?? {}) as Record<string, unknown>;
  const language = localeOf([locale, claims['locale']]);
  const returnUrl = addressOf(back);
  if (language !== undefined) trusted.locale = language;
  if (returnUrl !== undefined) trusted.returnUrl = returnUrl;
}

/** @returns undefined when the deployment waits for approval; a new one is noted for the administrator first */
async function tenantOf(parts: Parts, registration: Registration, deploymentId: string): Promise<string | undefined> {
  const known = registration.deployments.find((one) => one.id === deploymentId);
  if (known?.status === 'approved') return known.tenant;
  if (known === undefined) {
    const { registrations, clock } = parts.options;
    await registrations.notePending(
      registration.id,
      { id: deploymentId, status: 'pending', firstSeenAt: clock.now() },
      MOST_PENDING,
    );
    parts.registry.forget();
  }
  return undefined;
}

const MOST_PENDING = 50;
