// What guards an administrator's forms and session: the cookie, where a form comes from, and its token.
import type { Request, Response } from 'express';
import { isMaskedToken, LtiError } from '../../../lti/index.ts';

/** "__Host-" binds the cookie to this host over https; over http, on this machine only, browsers refuse that name. */
export function cookieOf(baseUrl: string) {
  const https = baseUrl.startsWith('https:');
  const name = https ? '__Host-admin' : 'admin';
  const give = (response: Response, value: string, seconds: number): void => {
    const secure = https ? '; Secure' : '';
    response.append('Set-Cookie', `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`);
  };
  const read = ({ headers: { cookie = '' } }: Request): string =>
    cookie
      .split(';')
      .map((pair) => pair.trim())
      .find((pair) => pair.startsWith(`${name}=`))
      ?.slice(name.length + 1) ?? '';
  return { give, read };
}

/** From our own page only, by what the browser says. @throws LtiError csrf_refused */
export function checkOrigin(request: Request, baseUrl: string): void {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (site !== undefined && site !== 'same-origin') throw new LtiError('csrf_refused', 'site');
  // Referrer-Policy no-referrer turns the Origin of our own forms into "null": then the token decides.
  if (origin !== undefined && origin !== 'null' && origin !== baseUrl) throw new LtiError('csrf_refused', 'origin');
}

/** By the token of the session as well. @throws LtiError csrf_refused */
export function checkForm(request: Request, baseUrl: string, token: string): void {
  checkOrigin(request, baseUrl);
  if (!isMaskedToken(fieldOf(request, '_csrf'), token)) throw new LtiError('csrf_refused', 'token');
}

export function fieldOf(request: Request, name: string): string {
  const value = (request.body as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' ? value : '';
}
