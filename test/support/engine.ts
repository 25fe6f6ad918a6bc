// The run's one engine: started by the first suite that needs a database, in a folder that goes with the run.
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEngine, type Engine } from '../../service/store/engine/index.ts';

interface Run {
  engine: Engine;
  dataDir: string;
}

let run: Promise<Run> | undefined;

/** The engine shared by all suites of this run. */
export async function sharedEngine(): Promise<Engine> {
  run ??= start();
  return (await run).engine;
}

/** Called once by the root hooks, after the last suite. */
export async function stopSharedEngine(): Promise<void> {
  if (run === undefined) return;
  const { engine, dataDir } = await run;
  run = undefined;
  await engine.stop();
  await rm(dataDir, { recursive: true, force: true });
}

async function start(): Promise<Run> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'mentorat-test-'));
  // An interrupted run never reaches the root hooks.
  process.once('exit', () => {
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
  });
  const onProgress = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
  return { engine: await startEngine({ dataDir, onProgress }), dataDir };
}
