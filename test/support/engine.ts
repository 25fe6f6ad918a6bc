// The run's one engine, in a folder that goes with the run. Mocha's main process starts it before it forks its workers,
// which know its address from their environment; each suite has a database of its own on it.
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEngine, type Engine } from '../../service/store/engine/index.ts';

const setting = 'TEST_ENGINE_URI';
const portSetting = 'TEST_ENGINE_PORT';
let running: Engine | undefined;

/** Address of the engine that all suites of this run share. */
export function sharedEngineUri(): string {
  const uri = process.env[setting];
  if (uri === undefined) throw new Error('The engine runs from the global setup of mocha to its teardown only.');
  return uri;
}

/** Its port on the loopback interface, for a suite that cuts connections. */
export function sharedEnginePort(): number {
  return Number(process.env[portSetting]);
}

export async function startSharedEngine(): Promise<void> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'mentorat-test-'));
  // An interrupted run never reaches its teardown.
  process.once('exit', () => {
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
  });
  const onProgress = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
  running = await startEngine({ dataDir, onProgress });
  process.env[setting] = running.socketUri() ?? running.uri;
  process.env[portSetting] = new URL(running.uri).port;
}

export async function stopSharedEngine(): Promise<void> {
  await running?.stop();
}
