// How often somebody did something, by rate-limiter-flexible: shared by the copies in one collection, or by copy in memory.
// A record is a keyed hash, a number and an instant; the key changes each day, so that a copy of the database tells nobody.
import { createHmac } from 'node:crypto';
import type { Connection } from 'mongoose';
import { RateLimiterMemory, RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible';
import { type Limit, type Limiter, limitNames, limits, type LimitName, type LimitSettings } from '../domain/limit.ts';
import { rawOf } from './bulk.ts';
import { deriveKey } from './cipher.ts';
import { schemaOf } from './collection.ts';

/** Written by the package: this names the indexes, which are made with the others. */
export const limitSchema = schemaOf('limits', { key: String, points: Number, expire: Date });
limitSchema.index({ key: 1 }, { name: 'one_a_key', unique: true });
limitSchema.index({ expire: 1 }, { name: 'expired' });

export interface LimiterParts {
  /** Of the service; a key of its own is derived from it. */
  readonly secret: string;
  readonly settings?: LimitSettings;
}

/** Real milliseconds for which a silent store is waited for, and then left alone. */
const patienceMs = 1500;
const leftAloneMs = 5000;

interface Counter {
  readonly limit: Limit;
  readonly memory: RateLimiterMemory;
  readonly shared: RateLimiterMongo | undefined;
}

/** `ensureIndexes` must have run: of many who count at once, the unique key keeps each record alone. */
export function createLimiter(connection: Connection, { secret, settings = {} }: LimiterParts): Limiter {
  const hashOf = createDailyHash(deriveKey(secret, 'who is limited'));
  const counters = new Map(limitNames.map((name) => [name, counterOf(connection, limitOf(name, settings))]));
  const refused: Partial<Record<LimitName, number>> = {};
  let awayUntil = 0;

  const count = async ({ memory, shared }: Counter, key: string): Promise<number | undefined> => {
    if (!shared || Date.now() < awayUntil) return waitOf(memory, key);
    try {
      return await within(patienceMs, waitOf(shared, hashOf(key)));
    } catch {
      awayUntil = Date.now() + leftAloneMs;
      return waitOf(memory, key);
    }
  };
  return {
    async spend(name, ...of) {
      const counter = counters.get(name);
      const wait = counter && (await count(counter, JSON.stringify([name, ...of])));
      if (wait !== undefined) refused[name] = (refused[name] ?? 0) + 1;
      return wait;
    },
    refused: () => ({ ...refused }),
    async tidy() {
      const { deletedCount } = await rawOf(connection, limitSchema).deleteMany({ expire: { $lte: new Date() } });
      return deletedCount;
    },
  };
}

function limitOf(name: LimitName, settings: LimitSettings): Limit {
  return { ...limits[name], most: settings[name] ?? limits[name].most };
}

function counterOf(connection: Connection, limit: Limit): Counter {
  const options = { keyPrefix: '', points: limit.most, duration: limit.seconds };
  const memory = new RateLimiterMemory(options);
  if (limit.counting === 'by_copy') return { limit, memory, shared: undefined };
  const shared = new RateLimiterMongo({
    ...options,
    // A count may be lost in a crash: nobody waits for the journal.
    storeClient: connection.getClient().db(connection.name, { writeConcern: { w: 1, journal: false } }),
    tableName: String(limitSchema.get('collection')),
    disableIndexesCreation: true,
    // Whoever is over the limit costs no more writes in this copy.
    inMemoryBlockOnConsumed: limit.most + 1,
  });
  return { limit, memory, shared };
}

/** Seconds to wait, at least one, if the limiter refuses. @throws whatever the store throws */
async function waitOf(limiter: RateLimiterMemory | RateLimiterMongo, key: string): Promise<number | undefined> {
  try {
    await limiter.consume(key);
    return undefined;
  } catch (error) {
    if (error instanceof RateLimiterRes) return Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    throw error;
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error('the store of limits is silent'));
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Equal for equal things of the same day (UTC). */
function createDailyHash(key: Buffer): (text: string) => string {
  let today = { date: '', key };
  return (text) => {
    const date = new Date().toISOString().slice(0, 10);
    if (today.date !== date) today = { date, key: createHmac('sha256', key).update(date).digest() };
    return createHmac('sha256', today.key).update(text).digest('base64url');
  };
}
