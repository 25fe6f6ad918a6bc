// Keyed hashes: equal for equal things, of no use to somebody without the key.
import { createHash, createHmac } from 'node:crypto';
import { codeOf } from '../domain/own-address.ts';
import { normaliseEmail, normaliseTeam } from '../domain/tie.ts';
import type { Hasher } from '../usecases/ports.ts';
import { deriveKey } from './cipher.ts';

/** HMAC-SHA-256 under keys derived from `secret`; an e-mail and a team of the same spelling differ. */
export function createHasher(secret: string): Hasher {
  const keyed = (label: string): ((text: string) => Buffer) => {
    const key = deriveKey(secret, label);
    return (text) => createHmac('sha256', key).update(text).digest();
  };
  const [ofEmail, ofTeam, ofRoom] = [keyed('hash of e-mails'), keyed('hash of teams'), keyed('names of video rooms')];
  const ofDraw = keyed('draws');
  const ofCode = keyed('codes for addresses');
  const ofMark = keyed('marks of exclusions');
  const ofTwins = keyed('links about two records');
  return {
    email: (address) => ofEmail(normaliseEmail(address)).toString('base64url'),
    team: (name) => ofTeam(normaliseTeam(name)).toString('base64url'),
    mark: (of) => ofMark(of).toString('base64url'),
    // Small letters and digits only: Jitsi tells no capitals apart. 128 bits are not guessed.
    room: (dialogueId) => ofRoom(dialogueId).toString('hex').slice(0, 32),
    code: (memberId, codeId) => codeOf(ofCode(`${memberId} ${codeId}`)),
    twins: (id) => ofTwins(id).toString('base64url'),
    // 48 bits over a handful of sides: no side is drawn noticeably more often.
    draw: (name, sides) => ofDraw(name).readUIntBE(0, 6) % sides,
    digest: (text) => createHash('sha256').update(text).digest('base64url'),
  };
}
