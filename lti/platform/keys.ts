// The platform's signing keys: one signs, the next is already published, retired ones stay until every cache has let go.
import { createPrivateKey, createPublicKey, generateKeyPair, randomBytes, type KeyObject } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { calculateJwkThumbprint, exportJWK, type JSONWebKeySet, type JWK } from 'jose';
import { z } from 'zod';
import type { Clock, KeyStore, StoredKey, StoredKeys } from './types.ts';

const generate = promisify(generateKeyPair);
const dayMs = 86_400_000;
const rotationDays = 90;
const overlapDays = 2;

const storedKeySchema = z.object({
  kid: z.string(),
  since: z.string(),
  retired: z.string().optional(),
  pem: z.string(),
});
const storedKeysSchema = z.object({
  secret: z.string().min(32),
  keys: z.array(storedKeySchema).min(1),
  sharedPseudonyms: z.array(z.string()).optional(),
});

export interface SigningKey {
  kid: string;
  key: KeyObject;
}

export interface KeyRing {
  signing(): Promise<SigningKey>;
  keySet(): Promise<JSONWebKeySet>;
  secret(): Promise<Buffer>;
  /** Tools that keep the pseudonyms all tools shared. Keys from before that was noted: those that are there now, from now on. */
  sharedPseudonyms(present: () => Promise<readonly string[]>): Promise<readonly string[]>;
  rotate(): Promise<void>;
}

/** Keys that end with the process, or given ones (the first signs). */
export function memoryKeys(given: readonly KeyObject[] = []): KeyStore {
  let kept: Promise<StoredKeys> | undefined = given.length > 0 ? storedFrom(given) : undefined;
  return {
    load: async () => kept,
    save(keys) {
      kept = Promise.resolve(keys);
      return Promise.resolve();
    },
  };
}

/** Keys in one JSON file that only its owner can read; written beside and renamed, so never half a file. */
export function fileKeys(path: string): KeyStore {
  return {
    async load() {
      const text = await readFile(path, 'utf8').catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      });
      return text === undefined ? undefined : storedKeysSchema.parse(JSON.parse(text));
    },
    async save(keys) {
      await writeFile(`${path}.new`, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
      await rename(`${path}.new`, path);
    },
  };
}

export function createKeyRing(store: KeyStore, clock: Clock): KeyRing {
  let kept: StoredKeys | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  // One after the other, and a deed that fails (a full disk, say) leaves the keys as they were.
  const inTurn = (deed: () => Promise<StoredKeys>): Promise<StoredKeys> => {
    const done = queue.then(deed);
    queue = done.catch(() => undefined);
    return done;
  };
  const load = async () => (kept ??= await openKeys(store, clock));
  const open = () => (kept === undefined ? inTurn(load) : Promise.resolve(kept));
  const change = (changed: (current: StoredKeys) => StoredKeys | Promise<StoredKeys>) =>
    inTurn(async () => {
      const current = await load();
      const next = await changed(current);
      if (next !== current) await store.save(next);
      kept = next;
      return next;
    });
  const turnWhen = (isDue: (keys: StoredKeys) => boolean) =>
    change((current) => (isDue(current) ? turn(current, clock.now()) : current));
  const isOld = ({ keys }: StoredKeys) =>
    clock.now().getTime() - Date.parse(keys[0]?.since ?? '') > rotationDays * dayMs;
  const fresh = async () => {
    const current = await open();
    return isOld(current) ? turnWhen(isOld) : current;
  };
  return {
    async signing() {
      const [first] = (await fresh()).keys;
      if (first === undefined) throw new Error('the key store holds no key');
      return { kid: first.kid, key: privateKey(first.pem) };
    },
    async keySet() {
      return { keys: await Promise.all((await fresh()).keys.map(publicJwk)) };
    },
    secret: async () => Buffer.from((await open()).secret, 'base64url'),
    async sharedPseudonyms(present) {
      const known = (await open()).sharedPseudonyms;
      if (known !== undefined) return known;
      const there = [...(await present())];
      const noted = await change((current) =>
        current.sharedPseudonyms === undefined ? { ...current, sharedPseudonyms: there } : current,
      );
      return noted.sharedPseudonyms ?? there;
    },
    async rotate() {
      await turnWhen(() => true);
    },
  };
}

async function openKeys(store: KeyStore, clock: Clock): Promise<StoredKeys> {
  const kept = await store.load();
  if (kept !== undefined && kept.keys.length > 1) return kept;
  const now = clock.now();
  const first = kept?.keys[0] ?? (await newKey(now));
  // A new secret means new people: no tool knows anybody by a shared pseudonym.
  const begun = kept ?? { secret: newSecret(), sharedPseudonyms: [] };
  const opened = { ...begun, keys: [first, await newKey(now)] };
  await store.save(opened);
  return opened;
}

async function turn(kept: StoredKeys, now: Date): Promise<StoredKeys> {
  const [current, next = await newKey(now), ...retired] = kept.keys;
  const stillCached = retired.filter((key) => now.getTime() - Date.parse(key.retired ?? '') < overlapDays * dayMs);
  const leaving = current === undefined ? [] : [{ ...current, retired: now.toISOString() }];
  const keys = [{ ...next, since: now.toISOString() }, await newKey(now), ...leaving, ...stillCached];
  return { ...kept, keys };
}

async function storedFrom(given: readonly KeyObject[]): Promise<StoredKeys> {
  const since = new Date(8_640_000_000_000_000).toISOString();
  const keys = await Promise.all(given.map((key) => storedKey(key, since)));
  return { secret: newSecret(), keys, sharedPseudonyms: [] };
}

async function newKey(now: Date): Promise<StoredKey> {
  const { privateKey: key } = await generate('rsa', { modulusLength: 2048 });
  return storedKey(key, now.toISOString());
}

async function storedKey(key: KeyObject, since: string): Promise<StoredKey> {
  const kid = await calculateJwkThumbprint(await exportJWK(createPublicKey(key)));
  return { kid, since, pem: key.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

async function publicJwk(stored: StoredKey): Promise<JWK> {
  const jwk = await exportJWK(createPublicKey(privateKey(stored.pem)));
  return { ...jwk, kid: stored.kid, alg: 'RS256', use: 'sig' };
}

// Parsing a PEM costs more than a signature: each is parsed once.
const parsed = new Map<string, KeyObject>();

function privateKey(pem: string): KeyObject {
  const known = parsed.get(pem) ?? createPrivateKey(pem);
  parsed.set(pem, known);
  return known;
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
