// What mocha runs once around the whole run.
import { endSharedParts } from './teardown.ts';

export async function mochaGlobalTeardown(): Promise<void> {
  await endSharedParts();
}
