// Cookies that survive in a frame. On https: one, SameSite=None; Secure; HttpOnly; Partitioned (CHIPS). On loopback http a
// second one, SameSite=Lax without Secure, goes beside it: Safari keeps no Secure cookie over http, not even on localhost.
// Both carry the same value and the same check: nothing is relaxed by reading either.
import type { Request, Response } from 'express';

export interface CookieJar {
  read(request: Request, name: string): string | undefined;
  /** True when the browser sent any cookie of ours: proof that it keeps them where it is now. */
  hasAny(request: Request): boolean;
  set(response: Response, cookie: { name: string; value: string; maxAgeSeconds: number }): void;
  clear(response: Response, name: string): void;
}

const OURS = /(?:^|;\s*)(?:__Host-)?lti_[a-z]_[\w-]*=/;

export function createCookieJar(https: boolean): CookieJar {
  const framed = (name: string): string => (https ? `__Host-${name}` : name);
  const firstParty = (name: string): string => `${name}_lax`;
  const set: CookieJar['set'] = (response, { name, value, maxAgeSeconds }) => {
    const common = `=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; `;
    response.append('Set-Cookie', `${framed(name)}${common}SameSite=None; Secure; Partitioned`);
    if (!https) response.append('Set-Cookie', `${firstParty(name)}${common}SameSite=Lax`);
  };
  return {
    read: (request, name) => {
      const header = request.headers.cookie ?? '';
      return valueIn(header, framed(name)) ?? (https ? undefined : valueIn(header, firstParty(name)));
    },
    hasAny: (request) => OURS.test(request.headers.cookie ?? ''),
    set,
    clear: (response, name) => {
      set(response, { name, value: '', maxAgeSeconds: 0 });
    },
  };
}

function valueIn(header: string, name: string): string | undefined {
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}
