// The first half of the way in: a platform says that somebody wants to enter (OIDC third-party initiated login; Security
// Framework 1.0, 5.1.1), by GET or POST; we answer by sending the browser to the platform's authorisation endpoint.
import type { Request, Response } from 'express';
import { bindByCookie, isFramed, storageProof } from './binding.ts';
import type { CookieJar } from './cookies.ts';
import { LtiError } from './errors.ts';
import type { Fields } from './form-body.ts';
import { readForm, readQuery } from './form-body.ts';
import type { Html } from './html.ts';
import { hiddenFields, html, script } from './html.ts';
import type { Issued } from './login-state.ts';
import { issueState } from './login-state.ts';
import { inOrder, labOf } from './ownership.ts';
import { sendTo } from './pages.ts';
import type { Parts } from './parts.ts';
import type { Registration } from './ports.ts';
import { word } from './texts.ts';

const LONGEST = 4096;
const FRAME_NAME = /^[\w-]{1,128}$/;

interface Login {
  issuer: string;
  clientId: string | undefined;
  deploymentId: string | undefined;
  loginHint: string;
  messageHint: string | undefined;
  target: string;
  storageTarget: string | undefined;
}

export function createLogin(parts: Parts, jar: CookieJar) {
  return async (request: Request, response: Response): Promise<void> => {
    const fields = request.method === 'POST' ? await readForm(request) : readQuery(request);
    const login = parseLogin(fields, parts.baseUrl);
    const registration = await findRegistration(parts, login);
    parts.framing.setPlatform(response, registration.id);
    const issued = issueState(
      parts.keyring,
      {
        registrationId: registration.id,
        target: login.target,
        ...(login.storageTarget === undefined ? {} : { storageTarget: login.storageTarget }),
      },
      parts.options.clock.now(),
    );
    bindByCookie(jar, response, { ...issued, keyring: parts.keyring });
    const next = authorizationUrl(parts, registration, { login, issued });
    if (mustProve(request, login) && !jar.hasAny(request)) {
      const locale = parts.pages.localeOf(request);
      const slot = entrySlot({ parts, fields, issued, next, locale });
      await parts.pages.send(response, { name: 'entry', locale, slot });
      return;
    }
    sendTo(response, 302, next);
  };
}

/** In a frame nobody knows yet whether cookies are kept; the entry page finds out before the platform is asked. */
function mustProve(request: Request, login: Login): boolean {
  return isFramed(request) || (login.storageTarget !== undefined && request.headers['sec-fetch-dest'] === undefined);
}

function parseLogin(fields: Fields, baseUrl: string): Login {
  const one = (name: string): string | undefined => {
    const value = fields.get(name);
    if (value !== undefined && value.length > LONGEST) throw new LtiError('login_malformed', `${name} too long`);
    return value === '' ? undefined : value;
  };
  const needed = (name: string): string => {
    const value = one(name);
    if (value === undefined) throw new LtiError('login_malformed', `${name} missing`);
    return value;
  };
  const storageTarget = one('lti_storage_target');
  const login = {
    issuer: needed('iss'),
    loginHint: needed('login_hint'),
    target: needed('target_link_uri'),
    clientId: one('client_id'),
    deploymentId: one('lti_deployment_id'),
    messageHint: one('lti_message_hint'),
    storageTarget: storageTarget !== undefined && FRAME_NAME.test(storageTarget) ? storageTarget : undefined,
  };
  // Security Framework 1.0, 5.1.1.1: where the person ends up must be ours; else the tool would be an open redirector.
  if (!URL.canParse(login.target) || new URL(login.target).origin !== baseUrl) throw new LtiError('target_foreign');
  return login;
}

async function findRegistration({ registry }: Parts, login: Login): Promise<Registration> {
  const all = await registry.findAll(login.issuer, login.clientId);
  if (all.length === 0) throw new LtiError('platform_unknown');
  const known = inOrder(all);
  const [first] = known;
  if (first === undefined) throw new LtiError('platform_waiting');
  // Without client_id the issuer's first lab is meant: whoever names the same issuer later draws nobody away from it.
  const own = known.filter((one) => labOf(one) === labOf(first));
  const active = own.filter((one) => one.active);
  const deployed = active.filter((one) => hasDeployment(one, login.deploymentId));
  const registration = deployed[0] ?? active[0];
  if (registration === undefined) throw new LtiError('platform_inactive');
  return registration;
}

function hasDeployment({ deployments }: Registration, id: string | undefined): boolean {
  return deployments.some((one) => one.id === id && one.status === 'approved');
}

/** OIDC authentication request (Security Framework 1.0, 5.1.1.2). */
function authorizationUrl(
  parts: Parts,
  registration: Registration,
  { login, issued }: { login: Login; issued: Issued },
) {
  const url = new URL(registration.authorizationUrl);
  const wanted = {
    scope: 'openid',
    response_type: 'id_token',
    response_mode: 'form_post',
    prompt: 'none',
    client_id: registration.clientId,
    redirect_uri: `${parts.baseUrl}/lti/launch`,
    login_hint: login.loginHint,
    state: issued.token,
    nonce: issued.state.nonce,
    ...(login.messageHint === undefined ? {} : { lti_message_hint: login.messageHint }),
  };
  // A platform's own parameters stay (RFC 6749, 3.1), but for those that are ours to say. Written back once: each change
  // of a URL's parameters writes the whole address anew.
  const parameters = new URLSearchParams(url.search);
  for (const [name, value] of Object.entries(wanted)) parameters.set(name, value);
  url.search = parameters.toString();
  return url.href;
}

interface Entry {
  parts: Parts;
  fields: Fields;
  issued: Issued;
  next: string;
  locale: string;
}

/** For entry.js: go on when a cookie holds, else put the proof in the platform's storage, else offer a new tab. */
function entrySlot({ parts, fields, issued, next, locale }: Entry): Html {
  const proof = storageProof(parts.keyring, issued);
  const { storageTarget } = issued.state;
  const storage =
    storageTarget === undefined
      ? html``
      : html`data-target="${storageTarget}" data-origin="${new URL(next).origin}" data-key="${proof.key}"
        data-value="${proof.value}"`;
  // The new tab begins the login anew, with what the platform sent: nothing of this login is carried over.
  const fresh = [...fields].filter(([name]) => name !== 'lti_storage_target');
  const form = html`<p>${word('newTabWhy', locale)}</p>
    <form method="post" action="/lti/login" target="_blank">
      ${hiddenFields(fresh)}
      <button class="btn btn-primary" type="submit">${word('newTab', locale)}</button>
    </form>`;
  return html`<div id="lti-entry" data-next="${next}" data-https="${parts.https ? 'yes' : 'no'}" ${storage}></div>
    <div id="lti-new-tab" hidden>${form}</div>
    <p id="lti-opened" role="status" hidden>${word('opened', locale)}</p>
    <noscript>${form}</noscript>
    ${script('entry.js')}`;
}
