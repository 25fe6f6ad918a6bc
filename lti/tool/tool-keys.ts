// The tool's own RSA keys, one after the other: the newest but one signs, the newest is already published (platforms may
// keep our key set for long) and the one before still is, so no rotation is ever seen. A key is made the moment the one
// before it begins to sign: its age says since when, and the next one is due 90 days later.
import type { KeyObject } from 'node:crypto';
import { createPrivateKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { Keyring } from './keyring.ts';
import { LtiError } from './errors.ts';
import { digest, open, randomToken, seal } from './keyring.ts';
import type { Clock, KeyStore, ToolKey } from './ports.ts';

const PERIOD_MS = 90 * 86_400_000;
const LIFE_MS = 60_000;
/** A platform may keep the key set that long (its max-age), and this process its own copy a minute. */
const SEEN_MS = 3_600_000 + LIFE_MS;
const makePair = promisify(generateKeyPair);

export interface SigningKey {
  kid: string;
  key: KeyObject;
  /** PKCS #8. */
  pem: string;
}

export interface ToolKeys {
  /** The body of /lti/keys and its ETag. */
  published(): Promise<{ body: string; etag: string }>;
  signing(): Promise<SigningKey>;
  /** Makes the next key when it is due, drops those older than the previous one. */
  tidy(): Promise<void>;
  state(): Promise<KeyState>;
  /**
   * Lets the published next key sign from now on and makes a new next one.
   * @throws LtiError rotation_too_soon while a platform may not have seen the next key yet
   */
  rotate(): Promise<void>;
}

/** What an administrator may see of the keys: never a private part. */
export interface KeyState {
  keys: { kid: string; use: 'previous' | 'signing' | 'next'; createdAt: Date }[];
  nextRotationAt: Date;
  /** From when `rotate` is possible. */
  rotatableAt: Date;
}

interface ToolKeyParts {
  store: KeyStore;
  keyring: Keyring;
  clock: Clock;
}

const USES = ['previous', 'signing', 'next'] as const;

export function createToolKeys({ store, keyring, clock }: ToolKeyParts): ToolKeys {
  let known: ToolKey[] = [];
  let readAt = -Infinity;
  let making: Promise<void> | undefined;

  const read = async (): Promise<void> => {
    known = (await store.list()).sort((one, other) => one.period - other.period);
    readAt = performance.now();
  };
  // Two copies that make the same key at once: the store keeps the first.
  const add = async (period: number): Promise<void> => {
    await store.insertOnce(await makeKey(keyring, period, clock.now()));
    await read();
  };
  const ageOf = (key: ToolKey | undefined): number => clock.now().getTime() - (key?.createdAt.getTime() ?? -Infinity);
  const isDue = (): boolean => known.length < 2 || ageOf(known.at(-1)) >= PERIOD_MS;
  const make = async (): Promise<void> => {
    await read();
    while (isDue()) await add((known.at(-1)?.period ?? 0) + 1);
  };
  const ready = async (): Promise<ToolKey[]> => {
    if (performance.now() - readAt > LIFE_MS) await read();
    if (isDue()) await (making ??= make().finally(() => (making = undefined)));
    return known.slice(-USES.length);
  };

  return {
    published: async () => {
      const body = JSON.stringify({ keys: (await ready()).map((key) => key.publicJwk) });
      return { body, etag: `"${digest(body)}"` };
    },
    signing: async () => {
      const current = (await ready()).at(-2);
      const pem = current && open(keyring.sealing, current.sealedPrivate, current.kid);
      if (current === undefined || pem === undefined) throw new Error('the signing key cannot be opened');
      return { kid: current.kid, key: createPrivateKey(pem), pem };
    },
    tidy: async () => {
      const [oldest] = await ready();
      if (oldest !== undefined) await store.removeBefore(oldest.period);
      await read();
    },
    state: async () => stateOf(await ready()),
    rotate: async () => {
      await read();
      const next = (await ready()).at(-1);
      if (next === undefined || ageOf(next) < SEEN_MS) throw new LtiError('rotation_too_soon');
      await add(next.period + 1);
    },
  };
}

function stateOf(keys: ToolKey[]): KeyState {
  const uses = USES.slice(-keys.length);
  const madeMs = keys.at(-1)?.createdAt.getTime() ?? 0;
  return {
    keys: keys.map(({ kid, createdAt }, index) => ({ kid, createdAt, use: uses[index] ?? 'previous' })),
    nextRotationAt: new Date(madeMs + PERIOD_MS),
    rotatableAt: new Date(madeMs + SEEN_MS),
  };
}

// generateKeyPair works in libuv's pool: making a key takes 100 ms and more, and never stops the event loop.
async function makeKey(keyring: Keyring, period: number, createdAt: Date): Promise<ToolKey> {
  const { publicKey, privateKey } = await makePair('rsa', { modulusLength: 2048 });
  const kid = randomToken(12);
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  return {
    kid,
    period,
    publicJwk: { kty: 'RSA', use: 'sig', alg: 'RS256', kid, n, e },
    sealedPrivate: seal(keyring.sealing, pem, kid),
    createdAt,
  };
}
