// What mocha runs once around the whole run, in its main process: the one engine that all its workers share, and the project
// built for the processes that they start.
import { buildOnce } from './built.ts';
import { useMemoryForFiles } from './temporary.ts';
import { startSharedEngine, stopSharedEngine } from './engine.ts';

// Which lines ran is told by the tests' own processes: those that they start would write down as much again, each for itself.
const coverage = process.env['NODE_V8_COVERAGE'];
if (process.env['MOCHA_WORKER_ID'] !== undefined) delete process.env['NODE_V8_COVERAGE'];

// Mocha gives a worker one second to end, which is too short for writing down which lines it ran.
if (process.env['MOCHA_WORKER_ID'] !== undefined) {
  process.on('SIGTERM', () => {
    process.exit();
  });
}

export async function mochaGlobalSetup(): Promise<void> {
  delete process.env['NODE_V8_COVERAGE'];
  useMemoryForFiles();
  await Promise.all([startSharedEngine(), buildOnce()]);
  if (coverage !== undefined) process.env['NODE_V8_COVERAGE'] = coverage;
}

export async function mochaGlobalTeardown(): Promise<void> {
  await stopSharedEngine();
}
