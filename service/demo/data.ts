// The demonstration's data: made anew when asked, seeded once, and never mixed with the data of a real service.
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { secretFile } from '../../config/kept-secret.ts';
import type { Config } from '../../config/load-config.ts';
import { createKeyring, personOf } from '../../lti/index.ts';
import { engineFolder, findRunningDatabase, noteFile, openDatabase, type Database } from '../database.ts';
import { StartError } from '../start-error.ts';
import { EngineError, type EngineErrorCode } from '../store/engine/index.ts';
import { connect } from '../store/index.ts';
import { opensWhatIsStored } from '../stored-secret.ts';
import { randomId, type Core } from '../wiring.ts';
import type { MovableClock } from './clock.ts';
import type { DemoMemory } from './memory.ts';
import type { DemoPerson } from './people.ts';
import type { DemoPlatforms } from './platforms.ts';
import { seed } from './seed.ts';
import { worldOf, type OnFailure } from './world.ts';

type Say = (sentence: string) => void;

/**
 * With `fresh`, data that the engine cannot open are deleted; others are emptied by `prepareData`, since only the engine
 * knows whether another demonstration has them open. The secret stays: it is read already, and the next start reads it again.
 * @throws StartError with a sentence that says what to do
 */
export async function openDemoDatabase(config: Config, fresh: boolean, say: Say): Promise<Database> {
  const { dataDir, mongodbUri } = config;
  if (fresh && mongodbUri === undefined && (await findRunningDatabase(dataDir)) !== undefined) throw running();
  try {
    return await openDatabase(config, say);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    if (error.code === 'data_directory_in_use') throw running();
    if (!curedByDeleting.includes(error.code)) throw error;
    if (!fresh) {
      if (error.code !== 'data_directory_unusable') throw error;
      throw new StartError(`The data of the demonstration in ${dataDir} are damaged: start with --fresh for new ones.`);
    }
  }
  await rm(engineFolder(dataDir), { recursive: true, force: true });
  await rm(noteFile(dataDir), { recursive: true, force: true });
  return openDatabase(config, say);
}

const curedByDeleting: readonly EngineErrorCode[] = ['data_directory_unusable', 'disk_full', 'ended_early'];

function running(): StartError {
  return new StartError(
    'The demonstration is running already: end it with Ctrl-C before starting another on its data.',
  );
}

/** @throws StartError when the data were written with another secret: everybody in them would be a stranger */
export async function checkSecret(uri: string, { secret, dataDir }: Config): Promise<void> {
  const connection = await connect(uri);
  try {
    if ((await opensWhatIsStored(connection, secret)) === false) {
      throw new StartError(
        `The data of the demonstration were written with another secret than the one in ${secretFile(dataDir)} or MENTORAT_SECRET: ` +
          'put that one back, or start with --fresh for new data.',
      );
    }
  } finally {
    await connection.close();
  }
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
