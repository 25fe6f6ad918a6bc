// What mocha runs once around the whole run, in its main process: the one engine that all its workers share.
import { startSharedEngine, stopSharedEngine } from './engine.ts';

// Mocha gives a worker one second to end, which is too short for writing down which lines it ran.
if (process.env['MOCHA_WORKER_ID'] !== undefined) {
  process.on('SIGTERM', () => {
    process.exit();
  });
}

export async function mochaGlobalSetup(): Promise<void> {
  await startSharedEngine();
}

export async function mochaGlobalTeardown(): Promise<void> {
  await stopSharedEngine();
}
