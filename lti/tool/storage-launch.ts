// A launch bound by the platform's storage: the verified launch waits in a sealed ticket in the page, the script fetches
// the proof from the platform's frame and brings both back by a same-origin fetch. The session's insert makes the ticket
// good once. Where the frame keeps no cookie at all, the script hands a transfer to a tab it opened itself.
import type { Request, Response } from 'express';
import { z } from 'zod';
import { storageProof } from './binding.ts';
import { LtiError } from './errors.ts';
import { readJson } from './form-body.ts';
import { html, script } from './html.ts';
import { open, sameText, seal } from './keyring.ts';
import { accept, type Accepted } from './acceptance.ts';
import type { Issued } from './login-state.ts';
import type { Parts } from './parts.ts';
import type { Registration, SessionPurpose } from './ports.ts';
import { word } from './texts.ts';

const TICKET_MS = 60_000;
const TRANSFER_MS = 120_000;

interface Ticket {
  accepted: Accepted;
  proof: string;
  expires: number;
}

interface Transfer {
  secret: string;
  purpose: SessionPurpose;
  path: string;
  expires: number;
}

export interface Waiting {
  accepted: Accepted;
  issued: Issued;
  registration: Registration;
}

export async function showStoragePage(parts: Parts, response: Response, waiting: Waiting): Promise<void> {
  const { accepted, issued, registration } = waiting;
  const { keyring, options, pages } = parts;
  const proof = storageProof(keyring, issued);
  const expires = options.clock.now().getTime() + TICKET_MS;
  const ticket: Ticket = { accepted, proof: proof.value, expires };
  const { locale } = accepted;
  const slot = html`<div
      id="lti-storage"
      data-ticket="${seal(keyring.ticket, JSON.stringify(ticket), 'storage')}"
      data-key="${proof.key}"
      data-target="${issued.state.storageTarget ?? '_parent'}"
      data-origin="${new URL(registration.authorizationUrl).origin}"
    ></div>
    <p id="lti-failed" role="alert" hidden>${word('failed', locale)}</p>
    <div id="lti-new-tab" hidden>
      <p>${word('newTabWhy', locale)}</p>
      <button class="btn btn-primary" type="button">${word('newTab', locale)}</button>
    </div>
    <p id="lti-opened" role="status" hidden>${word('opened', locale)}</p>
    ${script('storage.js')}`;
  await pages.send(response, { name: 'storage', locale, slot });
}

const claimed = z.strictObject({ ticket: z.string().max(65_536), value: z.string().max(64) });

/** POST /lti/launch/storage, JSON { ticket, value } -> { path, transfer } */
export function createStorageLaunch(parts: Parts) {
  return async (request: Request, response: Response): Promise<void> => {
    requireSameOrigin(request, parts.baseUrl);
    const body = claimed.safeParse(await readJson(request));
    const text = body.success ? open(parts.keyring.ticket, body.data.ticket, 'storage') : undefined;
    if (!body.success || text === undefined) throw new LtiError('state_invalid', 'ticket');
    const ticket = JSON.parse(text) as Ticket;
    const now = parts.options.clock.now().getTime();
    if (ticket.expires <= now) throw new LtiError('state_expired', 'ticket');
    if (!sameText(ticket.proof, body.data.value)) throw new LtiError('browser_unbound', 'storage');
    const { path, secret, purpose } = await accept(parts, { request, response }, ticket.accepted);
    const transfer: Transfer = { secret, purpose, path, expires: now + TRANSFER_MS };
    response.json({ path, transfer: seal(parts.keyring.ticket, JSON.stringify(transfer), 'transfer') });
  };
}

const moved = z.strictObject({ transfer: z.string().max(4096) });

/** POST /lti/tab, JSON { transfer } -> { path }, with the session's cookie set where it is first-party */
export function createTransfer(parts: Parts) {
  return async (request: Request, response: Response): Promise<void> => {
    requireSameOrigin(request, parts.baseUrl);
    const body = moved.safeParse(await readJson(request));
    const text = body.success ? open(parts.keyring.ticket, body.data.transfer, 'transfer') : undefined;
    if (text === undefined) throw new LtiError('state_invalid', 'transfer');
    const { secret, path, purpose, expires } = JSON.parse(text) as Transfer;
    if (expires <= parts.options.clock.now().getTime()) throw new LtiError('state_expired', 'transfer');
    await parts.sessions.handOut({ request, response }, purpose, secret);
    response.json({ path });
  };
}

/** A page of another site can send neither header as ours; a browser sends at least one with a fetch that posts JSON. */
function requireSameOrigin(request: Request, baseUrl: string): void {
  const site = request.headers['sec-fetch-site'];
  const right = site === undefined ? request.headers.origin === baseUrl : site === 'same-origin';
  if (!right || request.headers['content-type'] !== 'application/json') throw new LtiError('csrf_refused');
}
