// The tool's own RSA keys. Time is cut into periods of 90 days; the key of the present period signs, the next one is already
// published (platforms may keep our key set for long) and the previous one still is: no rotation is ever seen.
import type { KeyObject } from 'node:crypto';
import { createPrivateKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { Keyring } from './keyring.ts';
import { digest, open, randomToken, seal } from './keyring.ts';
import type { Clock, KeyStore, ToolKey } from './ports.ts';

const PERIOD_MS = 90 * 86_400_000;
const LIFE_MS = 60_000;
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
  /** Makes the keys of this and the next period, drops those older than the previous one. */
  tidy(): Promise<void>;
}

export function createToolKeys({
  store,
  keyring,
  clock,
}: {
  store: KeyStore;
  keyring: Keyring;
  clock: Clock;
}): ToolKeys {
  let known: ToolKey[] = [];
  let readAt = -Infinity;
  let making: Promise<void> | undefined;
  const period = (): number => Math.floor(clock.now().getTime() / PERIOD_MS);
  const isComplete = (): boolean => [period(), period() + 1].every((one) => known.some((key) => key.period === one));

  const read = async (): Promise<void> => {
    known = await store.list();
    readAt = performance.now();
  };
  const make = async (): Promise<void> => {
    await read();
    for (const wanted of [period(), period() + 1]) {
      if (known.some((key) => key.period === wanted)) continue;
      await store.insertOnce(await makeKey(keyring, wanted, clock.now()));
    }
    await read();
  };
  const ready = async (): Promise<ToolKey[]> => {
    if (performance.now() - readAt > LIFE_MS) await read();
    if (!isComplete()) await (making ??= make().finally(() => (making = undefined)));
    return known.filter((key) => Math.abs(key.period - period()) <= 1);
  };

  return {
    published: async () => {
      const body = JSON.stringify({ keys: (await ready()).map((key) => key.publicJwk) });
      return { body, etag: `"${digest(body)}"` };
    },
    signing: async () => {
      const current = (await ready()).find((key) => key.period === period());
      const pem = current && open(keyring.sealing, current.sealedPrivate, current.kid);
      if (current === undefined || pem === undefined) throw new Error('the signing key cannot be opened');
      return { kid: current.kid, key: createPrivateKey(pem), pem };
    },
    tidy: async () => {
      await ready();
      await store.removeBefore(period() - 1);
      await read();
    },
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
