// Where the command line works: beside a running service or demonstration if there is one, else on the data by itself.
import path from 'node:path';
import { loadConfig, type Config } from '../../config/load-config.ts';
import { findRunningDatabase, openDatabase, type Database } from '../database.ts';
import { openClock } from '../demo/clock.ts';
import { openMemory } from '../demo/memory.ts';
import type { Clock } from '../domain/clock.ts';
import type { Defer } from '../run.ts';
import { systemClock, wireCore } from '../wiring.ts';
import type { Context, Place, Terminal } from './command.ts';
import { withoutOrders } from './table.ts';

interface Found extends Place {
  /** Of the demonstration: its clock is the one that counts. */
  readonly isDemo: boolean;
}

export function openContext({ env, out, err, openLog }: Terminal, defer: Defer): Context {
  const open = async (): Promise<Found> => {
    const { config, isDemo, database } = await find({ env, err });
    defer(() => database.close());
    const { uri, baseUrl = config.baseUrl } = database;
    return { config: { ...config, mongodbUri: uri, baseUrl }, uri, isDemo };
  };
  const openCore: Context['openCore'] = async () => {
    const place = await open();
    const logger = openLog();
    // Mails are the service's affair: here they only go into the outbox.
    // A migration takes its time and is not undone: it is asked for by its own name.
    const parts = { clock: await clockOf(place, defer), logger, schema: { older: 'refuse' } as const };
    const core = await wireCore({ ...place.config, smtpUrl: undefined }, parts);
    defer(() => core.close());
    return { ...core, ...place };
  };
  return {
    say: (line) => {
      // Some of it was typed by others: nothing but new lines goes through to the terminal.
      out(`${line.split('\n').map(withoutOrders).join('\n')}\n`);
    },
    tellProgress: (line) => {
      err(`${line}\n`);
    },
    open,
    openCore,
  };
}

async function find({
  env,
  err,
}: Pick<Terminal, 'env' | 'err'>): Promise<{ config: Config; isDemo: boolean; database: Database }> {
  const config = loadConfig(env);
  if (config.mongodbUri !== undefined) return { config, isDemo: false, database: await openDatabase(config) };
  const beside = await findRunningDatabase(config.dataDir);
  if (beside !== undefined) return { config, isDemo: false, database: beside };
  const demoDir = path.join(config.dataDir, 'demo');
  const demo = await findRunningDatabase(demoDir);
  if (demo !== undefined) {
    err('(working on the running demonstration)\n');
    return { config: loadConfig({ ...(env ?? process.env), DATA_DIR: demoDir }), isDemo: true, database: demo };
  }
  return { config, isDemo: false, database: await openDatabase(config) };
}

async function clockOf({ uri, isDemo }: Found, defer: Defer): Promise<Clock> {
  if (!isDemo) return systemClock;
  const memory = await openMemory(uri);
  defer(() => memory.close());
  return openClock(memory);
}
