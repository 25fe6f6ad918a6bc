// What mocha runs once around the whole run: the shared parts are started by whoever needs them and ended here.
import { stopSharedEngine } from './engine.ts';

export async function mochaGlobalTeardown(): Promise<void> {
  await stopSharedEngine();
}
