// Signs id_tokens; a test of a tool may ask for a wrong key, a wrong algorithm or a damaged header.
import { CompactSign, type CompactJWSHeaderParameters } from 'jose';
import type { KeyRing } from './keys.ts';
import type { Claims, SignatureOptions } from './types.ts';

export async function signIdToken(ring: KeyRing, claims: Claims, options: SignatureOptions = {}): Promise<string> {
  const own = await ring.signing();
  const header = withoutUndefined({ typ: 'JWT', alg: 'RS256', kid: own.kid, ...options.header });
  const payload = Buffer.from(JSON.stringify(claims));
  if (header['alg'] === 'none') {
    return `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${payload.toString('base64url')}.`;
  }
  const signer = new CompactSign(payload).setProtectedHeader(header as CompactJWSHeaderParameters);
  return signer.sign(options.key ?? own.key);
}

export function withoutUndefined(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
