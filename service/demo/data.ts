// The demonstration's data: made anew when asked, seeded once, and never mixed with the data of a real service.
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Config } from '../../config/load-config.ts';
import { createKeyring, personOf } from '../../lti/index.ts';
import { findRunningDatabase } from '../database.ts';
import { StartError } from '../start-error.ts';
import { randomId, type Core } from '../wiring.ts';
import type { MovableClock } from './clock.ts';
import type { DemoMemory } from './memory.ts';
import type { DemoPerson } from './people.ts';
import type { DemoPlatforms } from './platforms.ts';
import { seed } from './seed.ts';
import { worldOf, type OnFailure } from './world.ts';

type Say = (sentence: string) => void;

/** Before the engine starts: deletes the embedded data. @throws StartError when they are in use */
export async function forgetEmbedded({ dataDir, mongodbUri }: Pick<Config, 'dataDir' | 'mongodbUri'>): Promise<void> {
  if (mongodbUri !== undefined) return;
  if ((await findRunningDatabase(dataDir)) !== undefined) {
    throw new StartError('The demonstration is running already: end it with Ctrl-C before asking for new data.');
  }
  await rm(dataDir, { recursive: true, force: true });
}

/**
 * Empties what an interrupted seed left, or everything when asked; true when a seed is needed.
 * @throws StartError for a database whose data are not the demonstration's
 */
export async function prepareData(memory: DemoMemory, fresh: boolean): Promise<boolean> {
  const state = await memory.seedState();
  if (state === 'done' && !fresh) return false;
  if (state === 'none' && (await memory.hasMembers())) {
    throw new StartError(
      'This database holds the data of a service: give the demonstration one of its own in MONGODB_URI.',
    );
  }
  if (state !== 'none') await memory.drop();
  return true;
}

export interface SeedingParts {
  readonly core: Core;
  readonly clock: MovableClock;
  readonly memory: DemoMemory;
  readonly platforms: DemoPlatforms;
  readonly secret: string;
  readonly say: Say;
  readonly onFailure: OnFailure;
}

export async function seedData({
  core,
  clock,
  memory,
  platforms,
  secret,
  say,
  onFailure,
}: SeedingParts): Promise<void> {
  say('Inventing eighty people and seven weeks of their programme (once, about half a minute)...');
  await memory.noteSeed('begun');
  await seed({
    ports: core.ports,
    world: worldOf(core, clock, onFailure),
    personKeyOf: personKeys(secret, platforms),
    onProgress: (day, of) => {
      if (day % 7 === 0) say(`  week ${day / 7} of ${of / 7}`);
    },
  });
  await memory.noteSeed('done');
}

/** The key by which a launch of somebody is known. */
export function personKeys(secret: string, platforms: DemoPlatforms): (person: DemoPerson) => string {
  const keyring = createKeyring(secret);
  return ({ labId, subject }) => personOf(keyring, platforms.get(labId) ?? labId, subject);
}

export interface DemoIds {
  readonly newId: () => string;
  /** From now on ids are random, as in a real service. */
  readonly endSeed: () => void;
}

/** While the seed runs, ids come in the same order each time: the matching settles by them what is equal. */
export function createIds(): DemoIds {
  let number = 0;
  let seeding = true;
  return {
    newId: () => {
      if (!seeding) return randomId();
      number += 1;
      return createHash('sha256').update(`seed ${number}`).digest().subarray(0, 16).toString('base64url');
    },
    endSeed: () => {
      seeding = false;
    },
  };
}
