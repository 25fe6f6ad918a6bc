// A form that changes something is accepted from our own pages only: by what the browser says of its origin, and by a token
// bound to the session.
import type { Request } from 'express';
import { LtiError } from './errors.ts';
import type { WebSession } from './ports.ts';
import type { Sessions } from './sessions.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

export interface Guarded {
  sessions: Sessions;
  baseUrl: string;
}

/** @throws LtiError csrf_refused */
export function checkCsrf({ sessions, baseUrl }: Guarded, request: Request, form: Form): void {
  if (SAFE.has(request.method)) return;
  const site = request.headers['sec-fetch-site'];
  const origin = request.headers.origin;
  if (site !== undefined && site !== 'same-origin') throw new LtiError('csrf_refused', 'site');
  // Referrer-Policy no-referrer turns the Origin of our own form posts into "null" (Fetch, 3.2): then the token decides.
  if (origin !== undefined && origin !== 'null' && origin !== baseUrl) throw new LtiError('csrf_refused', 'origin');
  const { session, token } = form;
  if (session === undefined || token === undefined || !sessions.csrfIsRight(session, token)) {
    throw new LtiError('csrf_refused', 'token');
  }
}

export interface Form {
  session: WebSession | undefined;
  token: string | undefined;
}

/** From the parsed body's `_csrf`, or the header of a fetch. */
export function csrfTokenOf(request: Request): string | undefined {
  const body: unknown = request.body;
  const field = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)['_csrf'] : undefined;
  const sent = field ?? request.headers['x-csrf-token'];
  return typeof sent === 'string' ? sent : undefined;
}
