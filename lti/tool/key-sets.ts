// The platforms' public keys, by key-set URL. A launch makes no HTTP call: keys are kept as long as the platform allows
// (max-age), fetched once for all who wait, and an unknown key id asks again at most every 30 s.
import type { KeyObject } from 'node:crypto';
import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import { LtiError } from './errors.ts';
import { digest } from './keyring.ts';
import type { Answer, Reach } from './outbound.ts';
import { call } from './outbound.ts';
import type { Clock } from './ports.ts';

const RETRY_MS = 30_000;
const STALE_MS = 86_400_000;
const FRESH_MS = { least: 60_000, usual: 600_000, most: 86_400_000 };
const FETCH = { timeoutMs: 3_000, maxBytes: 262_144, maxRedirects: 3 };

const jwk = z.object({
  kty: z.string(),
  kid: z.string().max(1024),
  use: z.string().optional(),
  alg: z.string().optional(),
  n: z.string(),
  e: z.string(),
});
const keySet = z.object({ keys: z.array(z.unknown()).max(1000) });
type Jwk = z.infer<typeof jwk>;

interface Entry {
  keys: Map<string, Jwk | KeyObject>;
  fetchedAt: number;
  freshUntil: number;
  /** Last time we asked and were refused, or asked for a key id that was not there. */
  askedInVainAt: number;
}

/** A public key as an administrator compares it. */
export interface KeyFacts {
  kid: string;
  thumbprint: string;
}

export interface KeySource {
  url: string;
  reach: Reach;
}

/** What one platform may read at a private address is not kept for another that may not. */
const keyOf = ({ url, reach }: KeySource): string => `${reach} ${url}`;

export interface KeySets {
  /** What the key set holds now, for whoever judges it. @throws LtiError key_set_unreachable */
  look(source: KeySource): Promise<KeyFacts[]>;
  /** @throws LtiError key_unknown, key_set_unreachable */
  find(source: KeySource, kid: string): Promise<KeyObject>;
}

export function createKeySets({ clock, allowLoopback }: { clock: Clock; allowLoopback: boolean }): KeySets {
  const entries = new Map<string, Entry>();
  const waiting = new Map<string, Promise<Entry>>();
  const now = (): number => clock.now().getTime();

  const fetchOnce = (source: KeySource): Promise<Entry> => {
    const key = keyOf(source);
    let fetching = waiting.get(key);
    if (fetching === undefined) {
      fetching = fetchSet({ ...source, allowLoopback }, now()).finally(() => waiting.delete(key));
      waiting.set(key, fetching);
    }
    return fetching;
  };
  const refresh = async (source: KeySource, old: Entry | undefined): Promise<Entry> => {
    try {
      const entry = await fetchOnce(source);
      entries.set(keyOf(source), entry);
      return entry;
    } catch (error) {
      // Stale-if-error: a platform whose key set is down for a while keeps its people able to enter.
      if (old === undefined || now() - old.fetchedAt > STALE_MS) throw error;
      old.askedInVainAt = now();
      return old;
    }
  };

  return {
    look: async (source) => {
      const { keys } = await fetchSet({ ...source, allowLoopback }, now());
      return [...keys.values()].filter((one) => 'kty' in one).map(factsOf);
    },
    find: async (source, kid) => {
      const known = entries.get(keyOf(source));
      const due = known === undefined || now() >= known.freshUntil;
      let asked = due && (known === undefined || now() - known.askedInVainAt >= RETRY_MS);
      let entry = asked || known === undefined ? await refresh(source, known) : known;
      if (!entry.keys.has(kid) && !asked && now() - entry.askedInVainAt >= RETRY_MS) {
        asked = true;
        entry = await refresh(source, entry);
      }
      const key = usableKey(entry, kid);
      if (key !== undefined) return key;
      if (asked) entry.askedInVainAt = now();
      throw new LtiError('key_unknown');
    },
  };
}

/** RFC 7638: the same for the same key, whatever its name. */
function factsOf({ kid, n, e }: Jwk): KeyFacts {
  return { kid, thumbprint: digest(JSON.stringify({ e, kty: 'RSA', n })) };
}

/** Keys become key objects on first use: parsing costs more than verifying, and a set may hold hundreds. */
function usableKey(entry: Entry, kid: string): KeyObject | undefined {
  const found = entry.keys.get(kid);
  if (found === undefined || !('kty' in found)) return found;
  try {
    const key = createPublicKey({ key: { kty: 'RSA', n: found.n, e: found.e }, format: 'jwk' });
    // Security Framework 1.0, 6.1: at least 2048 bits.
    if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048) return undefined;
    entry.keys.set(kid, key);
    return key;
  } catch {
    return undefined;
  }
}

async function fetchSet(source: KeySource & { allowLoopback: boolean }, now: number): Promise<Entry> {
  let answer: Answer;
  try {
    answer = await call({ ...source, ...FETCH });
  } catch (error) {
    throw new LtiError('key_set_unreachable', error instanceof LtiError ? error.message : undefined);
  }
  const parsed = answer.status === 200 ? keySet.safeParse(tryJson(answer.text)) : undefined;
  if (parsed?.success !== true) throw new LtiError('key_set_unreachable', `status ${answer.status}`);
  const keys = new Map<string, Jwk>();
  for (const candidate of parsed.data.keys) {
    const { success, data } = jwk.safeParse(candidate);
    // Brightspace names no `alg`; one that is named must be ours. Keys for encryption verify nothing.
    const usable = success && data.kty === 'RSA' && (data.alg ?? 'RS256') === 'RS256' && (data.use ?? 'sig') === 'sig';
    if (usable && !keys.has(data.kid)) keys.set(data.kid, data);
  }
  return { keys, fetchedAt: now, freshUntil: now + freshness(answer), askedInVainAt: -Infinity };
}

function freshness(answer: Answer): number {
  const seconds = /(?:^|[\s,])max-age=(\d{1,9})/.exec(answer.headers['cache-control'] ?? '')?.[1];
  if (seconds === undefined) return FRESH_MS.usual;
  return Math.min(Math.max(Number(seconds) * 1000, FRESH_MS.least), FRESH_MS.most);
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
