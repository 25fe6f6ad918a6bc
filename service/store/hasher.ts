// Keyed hashes of e-mails and team names: equal for equal things, of no use to somebody without the key.
import { createHmac } from 'node:crypto';
import { normaliseEmail, normaliseTeam } from '../domain/tie.ts';
import type { Hasher } from '../usecases/ports.ts';
import { deriveKey } from './cipher.ts';

/** HMAC-SHA-256, base64url, under keys derived from `secret`; an e-mail and a team of the same spelling differ. */
export function createHasher(secret: string): Hasher {
  const keyed = (label: string): ((text: string) => string) => {
    const key = deriveKey(secret, label);
    return (text) => createHmac('sha256', key).update(text).digest('base64url');
  };
  const [ofEmail, ofTeam] = [keyed('hash of e-mails'), keyed('hash of teams')];
  return {
    email: (address) => ofEmail(normaliseEmail(address)),
    team: (name) => ofTeam(normaliseTeam(name)),
  };
}
