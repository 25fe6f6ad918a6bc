// The token of a form as it goes into an answer: under a random mask of its own length, so that no two answers hold the same
// text. What compression tells about an answer's repeated parts (BREACH) then tells nothing about the token.
import { randomBytes, timingSafeEqual } from 'node:crypto';

/** token: base64url, as `mac` writes it. @returns the mask and the masked token, base64url */
export function maskToken(token: string): string {
  const bytes = Buffer.from(token, 'base64url');
  const mask = randomBytes(bytes.length);
  return Buffer.concat([mask, xor(mask, bytes)]).toString('base64url');
}

/** Takes the same time for every text of the right length. */
export function isMaskedToken(text: string, token: string): boolean {
  const [given, expected] = [Buffer.from(text, 'base64url'), Buffer.from(token, 'base64url')];
  // The only way to write it: what is no base64url is passed over by the decoder.
  if (given.length !== 2 * expected.length || given.toString('base64url') !== text) return false;
  return timingSafeEqual(xor(given.subarray(0, expected.length), given.subarray(expected.length)), expected);
}

function xor(left: Buffer, right: Buffer): Buffer {
  return Buffer.from(left.map((byte, at) => byte ^ (right[at] ?? 0)));
}
