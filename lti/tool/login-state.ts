// What we remember of a login while the browser is at the platform: an authenticated token in `state`, nothing stored.
// The nonce is issued here and lives in the state, so a token answers one login only (Security Framework 1.0, 5.1.3).
import { LtiError } from './errors.ts';
import type { Keyring } from './keyring.ts';
import { mac, randomToken, sameText } from './keyring.ts';

const LIFE_SECONDS = 600;
const SHAPE = /^[\w-]{1,4096}\.[\w-]{43}$/;

export interface LoginState {
  registrationId: string;
  nonce: string;
  /** target_link_uri of the login; the token's must be the same. */
  target: string;
  /** Set when the login offered platform storage: name of the frame, or "_parent". */
  storageTarget?: string;
  /** Seconds since 1970. */
  expires: number;
}

type Wire = [registrationId: string, nonce: string, target: string, expires: number, storageTarget?: string];

export interface Issued {
  state: LoginState;
  token: string;
}

export function issueState(keyring: Keyring, login: Omit<LoginState, 'nonce' | 'expires'>, now: Date): Issued {
  const nonce = randomToken(16);
  const { registrationId, target, storageTarget } = login;
  const expires = Math.floor(now.getTime() / 1000) + LIFE_SECONDS;
  const wire: Wire = [registrationId, nonce, target, expires];
  if (storageTarget !== undefined) wire.push(storageTarget);
  const body = Buffer.from(JSON.stringify(wire)).toString('base64url');
  return { state: { ...login, nonce, expires }, token: `${body}.${mac(keyring.state, body)}` };
}

/** Ours, though perhaps too old. @throws LtiError state_invalid */
export function readState(keyring: Keyring, token: string | undefined): LoginState {
  if (token === undefined || !SHAPE.test(token)) throw new LtiError('state_invalid');
  const dot = token.indexOf('.');
  const body = token.slice(0, dot);
  if (!sameText(mac(keyring.state, body), token.slice(dot + 1))) throw new LtiError('state_invalid');
  // Ours beyond doubt from here on, so its shape is ours too.
  const [registrationId, nonce, target, expires, storageTarget] = JSON.parse(
    Buffer.from(body, 'base64url').toString(),
  ) as Wire;
  return { registrationId, nonce, target, expires, ...(storageTarget === undefined ? {} : { storageTarget }) };
}

/** @throws LtiError state_expired */
export function requireFresh({ expires }: LoginState, now: Date): void {
  if (expires * 1000 <= now.getTime()) throw new LtiError('state_expired');
}
