// The run's one engine, in a folder that goes with the run. Mocha's main process starts it before it forks its workers,
// which know its address from their environment; each suite has a database of its own on it.
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEngine, type Engine } from '../../service/store/engine/index.ts';

const setting = 'TEST_ENGINE_URI';
let running: Engine | undefined;

/** Address of the engine that all suites of this run share. */
export function sharedEngineUri(): string {
  const uri = process.env[setting];
  if (uri === undefined) throw new Error('The engine runs from the global setup of mocha to its teardown only.');
  return uri;
}

export async function startSharedEngine(): Promise<void> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'mentorat-test-'));
  // An interrupted run never reaches its teardown.
  process.once('exit', () => {
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
  });
  const onProgress = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
  running = await startEngine({ dataDir, onProgress });
  process.env[setting] = running.uri;
}

export async function stopSharedEngine(): Promise<void> {
  await running?.stop();
}
