// One secret, many keys: each purpose has its own key by HKDF (RFC 5869), so a value made for one is nothing to another.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

const LABELS = [
  'state',
  'session',
  'cookie',
  'storage',
  'ticket',
  'csrf',
  'person',
  'sealing',
  'platform',
  'handle',
] as const;
type Label = (typeof LABELS)[number];

export type Keyring = Readonly<Record<Label, Buffer>>;

/** @throws RangeError when the secret is shorter than 32 bytes */
export function createKeyring(secret: string): Keyring {
  if (Buffer.byteLength(secret) < 32) throw new RangeError('the LTI secret must hold at least 32 bytes');
  const derive = (label: Label): Buffer => Buffer.from(hkdfSync('sha256', secret, 'lti-tool', label, 32));
  return Object.fromEntries(LABELS.map((label) => [label, derive(label)])) as Record<Label, Buffer>;
}

/** HMAC-SHA256 of the parts; a length before each part keeps ("ab","c") and ("a","bc") apart. */
export function mac(key: Buffer, ...parts: string[]): string {
  const text = parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join('');
  return createHmac('sha256', key).update(text).digest('base64url');
}

export function digest(value: string): string {
  return createHash('sha256').update(value).digest('base64url');
}

export function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}

/** AES-256-GCM: 12 bytes of nonce, 16 of tag, then the text; `context` is authenticated and must be given again to open. */
export function seal(key: Buffer, text: string, context: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

/** @returns undefined when the text was changed, sealed with another key or for another context */
export function open(key: Buffer, sealed: string, context: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < 28) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAAD(Buffer.from(context));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
