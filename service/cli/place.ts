// Where the command line works: beside a running service or demonstration if there is one, else on the data by itself.
import path from 'node:path';
import { pino } from 'pino';
import { loadConfig, type Config } from '../../config/load-config.ts';
import { createLogger } from '../log.ts';
import { findRunningDatabase, openDatabase, type Database } from '../database.ts';
import { openClock } from '../demo/clock.ts';
import { openMemory } from '../demo/memory.ts';
import type { Clock } from '../domain/clock.ts';
import { systemClock, wireCore } from '../wiring.ts';
import type { Context, Place } from './command.ts';

interface Found extends Place {
  /** Of the demonstration: its clock is the one that counts. */
  readonly isDemo: boolean;
}

export interface Opened {
  readonly context: Context;
  readonly close: () => Promise<void>;
}

export function openContext(): Opened {
  const closers: (() => Promise<void>)[] = [];
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const open = async (): Promise<Found> => {
    const { config, isDemo, database } = await find();
    closers.push(() => database.close());
    const { uri, baseUrl = config.baseUrl } = database;
    return { config: { ...config, mongodbUri: uri, baseUrl }, uri, isDemo };
  };
  const openCore: Context['openCore'] = async () => {
    const place = await open();
    const logger = createLogger({ level: 'error' }, pino.destination({ dest: 2, sync: true }));
    // Mails are the service's affair: here they only go into the outbox.
    // A migration takes its time and is not undone: it is asked for by its own name.
    const parts = { clock: await clockOf(place, closers), logger, schema: { older: 'refuse' } as const };
    const core = await wireCore({ ...place.config, smtpUrl: undefined }, parts);
    closers.push(() => core.close());
    return { ...core, ...place };
  };
  return {
    context: { say, open, openCore },
    close: async () => {
      for (const close of closers.reverse()) await close();
    },
  };
}

async function find(): Promise<{ config: Config; isDemo: boolean; database: Database }> {
  const config = loadConfig();
  if (config.mongodbUri !== undefined) return { config, isDemo: false, database: await openDatabase(config) };
  const beside = await findRunningDatabase(config.dataDir);
  if (beside !== undefined) return { config, isDemo: false, database: beside };
  const demoDir = path.join(config.dataDir, 'demo');
  const demo = await findRunningDatabase(demoDir);
  if (demo !== undefined) {
    process.stderr.write('(working on the running demonstration)\n');
    return { config: loadConfig({ ...process.env, DATA_DIR: demoDir }), isDemo: true, database: demo };
  }
  return { config, isDemo: false, database: await openDatabase(config) };
}

async function clockOf({ uri, isDemo }: Found, closers: (() => Promise<void>)[]): Promise<Clock> {
  if (!isDemo) return systemClock;
  const memory = await openMemory(uri);
  closers.push(() => memory.close());
  return openClock(memory);
}
