// The run's one engine: started by the first suite that needs a database, in a folder that goes with the run.
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEngine, type Engine } from '../../service/store/engine/index.ts';
import { atEndOfRun } from './teardown.ts';

let running: Promise<Engine> | undefined;

/** The engine shared by all suites of this run. */
export function sharedEngine(): Promise<Engine> {
  return (running ??= start());
}

async function start(): Promise<Engine> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'mentorat-test-'));
  // An interrupted run never reaches its end.
  process.once('exit', () => {
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
  });
  const onProgress = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
  const engine = await startEngine({ dataDir, onProgress });
  atEndOfRun(async () => {
    await engine.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
  return engine;
}
