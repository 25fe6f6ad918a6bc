// Ties a login to the browser that began it, so that nobody can be led into another's session. Two proofs exist: a cookie,
// and platform storage (1EdTech "LTI OIDC Login with LTI Client Side postMessages"). Without either there is no launch;
// a browser that keeps neither in a frame opens a new tab and begins again there, where cookies are first-party.
import type { Request, Response } from 'express';
import type { CookieJar } from './cookies.ts';
import type { Issued, LoginState } from './login-state.ts';
import type { Keyring } from './keyring.ts';
import { mac, sameText } from './keyring.ts';

const LIFE_SECONDS = 600;

/** One name per login: two frames of one page log in side by side. */
function cookieName(state: LoginState): string {
  return `lti_b_${state.nonce.slice(0, 11)}`;
}

export function bindByCookie(jar: CookieJar, response: Response, login: Issued & { keyring: Keyring }): void {
  const value = mac(login.keyring.cookie, login.token);
  jar.set(response, { name: cookieName(login.state), value, maxAgeSeconds: LIFE_SECONDS });
}

export function isBoundByCookie(jar: CookieJar, request: Request, login: Issued & { keyring: Keyring }): boolean {
  const value = jar.read(request, cookieName(login.state));
  return value !== undefined && sameText(value, mac(login.keyring.cookie, login.token));
}

export function releaseCookie(jar: CookieJar, response: Response, state: LoginState): void {
  jar.clear(response, cookieName(state));
}

export interface StorageProof {
  key: string;
  value: string;
}

/** What the login puts in the platform's storage and the launch must find there. */
export function storageProof(keyring: Keyring, login: Issued): StorageProof {
  return { key: `lti_${login.state.nonce}`, value: mac(keyring.storage, login.token) };
}

/** The frame can be asked to prove itself by script only where it is one. */
export function isFramed(request: Request): boolean {
  const destination = request.headers['sec-fetch-dest'];
  return destination === 'iframe' || destination === 'frame' || destination === 'embed' || destination === 'object';
}
