// What mocha runs once around the whole run, in its main process: the one engine that all its workers share.
import { startSharedEngine, stopSharedEngine } from './engine.ts';

export async function mochaGlobalSetup(): Promise<void> {
  await startSharedEngine();
}

export async function mochaGlobalTeardown(): Promise<void> {
  await stopSharedEngine();
}
