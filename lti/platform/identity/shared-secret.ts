// The secret by which the reverse proxy shows that a request comes from it. It is compared and never repeated: not in a
// sentence, not in a log, not to a tool.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface SharedSecret {
  /** Name of the header that holds it. */
  header: string;
  /** At least 32 bytes each. Several are accepted, so that a new one can come before the old one goes. */
  values: readonly string[];
}

const shortest = 32;
const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** @throws Error in one sentence when there is no value, or one that is too short or holds what a header cannot. */
export function createSecretCheck({ header, values }: SharedSecret): (req: IncomingMessage) => boolean {
  const isGood = (value: string): boolean => value.length >= shortest && /^[\x21-\x2b\x2d-\x7e]+$/.test(value);
  if (values.length === 0 || !values.every(isGood)) {
    throw new Error(`a shared secret needs at least ${shortest} letters, digits or signs, without spaces and commas`);
  }
  const known = values.map(digestOf);
  return ({ headersDistinct }) => {
    const sent = headersDistinct[header.toLowerCase()] ?? [];
    const [only = ''] = sent;
    const digest = digestOf(only);
    // Digests are of one length, and all are compared: the time tells nothing.
    const matches = known.map((one) => timingSafeEqual(one, digest)).filter(Boolean);
    return sent.length === 1 && matches.length > 0;
  };
}
