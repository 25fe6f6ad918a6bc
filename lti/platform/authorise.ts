// The OIDC authorisation endpoint (Security Framework 1.0, 5.1.1.2 and 5.1.1.3). Two mistakes are answered by a page and never
// by a redirect: an unknown client and an unknown redirect URI. All others go back to the tool with its state.
import type { Request, Response } from 'express';
import { z } from 'zod';
import { buildClaims } from './claims.ts';
import { PlatformError } from './errors.ts';
import { loginHint, sameText, type PendingLaunch } from './hints.ts';
import { launchPerson } from './launch-person.ts';
import { sendForm } from './pages.ts';
import { personFor } from './pseudonyms.ts';
import { findTool, frameFor, type Room } from './room.ts';
import { signIdToken } from './sign.ts';
import type { Person, Tool } from './types.ts';

const text = z.string().max(8192).optional();
const requestSchema = z.object({
  client_id: z.string().max(255),
  redirect_uri: z.string().max(2048),
  scope: text,
  response_type: text,
  response_mode: text,
  prompt: text,
  login_hint: text,
  lti_message_hint: text,
  nonce: text,
  state: text,
  retried: text,
});

type AuthoriseRequest = z.infer<typeof requestSchema>;
type OidcError = 'unsupported_response_type' | 'invalid_scope' | 'invalid_request' | 'login_required';
type Refusal = [OidcError, string];

export async function authorise(room: Room, req: Request, res: Response): Promise<void> {
  const parsed = requestSchema.safeParse(req.method === 'POST' ? req.body : req.query);
  if (!parsed.success) throw new PlatformError('malformed_request');
  const asked = parsed.data;
  const tool = await findTool(room, asked.client_id);
  if (tool === undefined) throw new PlatformError('unknown_client');
  if (!tool.redirectUris.includes(asked.redirect_uri)) throw new PlatformError('unknown_redirect_uri');
  const person = await launchPerson(room, req);
  const frame = frameFor(room, req, person);
  if (person === undefined && asked.retried === undefined) {
    // Sent from the tool's page, this request carries no SameSite=Lax cookie inside a frame; sent again from our own page it does.
    sendForm(res, frame, { action: `${room.issuer}/auth`, fields: { ...given(asked), retried: '1' } });
    return;
  }
  const answer = await answerTo(room, { asked, tool, person });
  const state = asked.state === undefined ? {} : { state: asked.state };
  sendForm(res, frame, { action: asked.redirect_uri, fields: { ...answer, ...state } });
}

async function answerTo(
  room: Room,
  { asked, tool, person }: { asked: AuthoriseRequest; tool: Tool; person: Person | undefined },
): Promise<Record<string, string>> {
  const malformed = refusalOf(asked);
  if (malformed !== undefined) return oidcError(malformed);
  if (person === undefined) return oidcError(['login_required', 'nobody is signed in']);
  const expected = loginHint(await room.keys.secret(), tool.clientId, person.subject);
  if (!sameText(expected, asked.login_hint ?? '')) {
    return oidcError(['login_required', 'login_hint is not the person who is signed in']);
  }
  const launch = takeLaunch(room, asked, person);
  if (launch === undefined) return oidcError(['invalid_request', 'lti_message_hint is unknown, expired or used']);
  const facts = { options: room.options, tool, message: launch.message, nonce: asked.nonce };
  const claims = buildClaims({ ...facts, person: await personFor(room, tool, person) });
  return { id_token: await signIdToken(room.keys, claims) };
}

function refusalOf(asked: AuthoriseRequest): Refusal | undefined {
  const checks: [boolean, Refusal][] = [
    [asked.response_type === 'id_token', ['unsupported_response_type', 'response_type must be id_token']],
    [asked.response_mode === 'form_post', ['invalid_request', 'response_mode must be form_post']],
    [(asked.scope ?? '').split(' ').includes('openid'), ['invalid_scope', 'scope must hold openid']],
    [asked.prompt === 'none', ['invalid_request', 'prompt must be none']],
    [Boolean(asked.nonce), ['invalid_request', 'nonce is missing']],
    [Boolean(asked.login_hint), ['invalid_request', 'login_hint is missing']],
  ];
  return checks.find(([passes]) => !passes)?.[1];
}

function takeLaunch(room: Room, asked: AuthoriseRequest, person: Person): PendingLaunch | undefined {
  const hint = asked.lti_message_hint ?? '';
  const launch = room.launches.see(hint);
  if (launch?.clientId !== asked.client_id || launch.subject !== person.subject) return undefined;
  return room.launches.take(hint);
}

function oidcError([error, description]: Refusal): Record<string, string> {
  return { error, error_description: description };
}

function given(asked: AuthoriseRequest): Record<string, string> {
  return Object.fromEntries(Object.entries(asked).filter((pair): pair is [string, string] => pair[1] !== undefined));
}
