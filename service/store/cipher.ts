// Names, addresses and messages at rest: AES-256-GCM under a key of this room's own, bound to the place they were put.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Where a value is kept. A sealed value copied to another record, or another field, does not open. */
export interface SealedPlace {
  readonly collection: string;
  readonly id: string;
  readonly field: string;
}

export interface Cipher {
  /** "v1." and base64url of nonce, tag and text. Two seals of the same text differ. */
  seal(clear: string, place: SealedPlace): string;
  /** @throws Error for a value that was changed, moved or sealed under another secret. */
  open(sealed: string, place: SealedPlace): string;
}

/** Names the key: another key gets another version, and both can be read while the old values are sealed anew. */
const version = 'v1';
const nonceBytes = 12;
const tagBytes = 16;

/** A 256-bit key of its own for each purpose, from the service's one secret (HKDF, RFC 5869). */
export function deriveKey(secret: string, label: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `mentorat-dialogue ${label}`, 32));
}

/** Seals under a key derived from `secret`. AES-256-GCM: NIST SP 800-38D, with random 96-bit nonces. */
export function createCipher(secret: string): Cipher {
  const key = deriveKey(secret, `store fields ${version}`);
  const boundTo = ({ collection, id, field }: SealedPlace): Buffer =>
    Buffer.from([version, collection, id, field].join('|'));
  return {
    seal(clear, place) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes }).setAAD(boundTo(place));
      const text = Buffer.concat([cipher.update(clear, 'utf8'), cipher.final()]);
      return `${version}.${Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url')}`;
    },
    open(sealed, place) {
      const [used, body = ''] = sealed.split('.');
      if (used !== version) throw new Error('a field sealed under an unknown key version');
      const bytes = Buffer.from(body, 'base64url');
      const opener = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
        .setAAD(boundTo(place))
        .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      return Buffer.concat([opener.update(bytes.subarray(nonceBytes + tagBytes)), opener.final()]).toString('utf8');
    },
  };
}
