// The project as plain JavaScript, made once a run for the processes that its tests start, and gone with the run.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from '../../bin/build.mjs';

/** The environment variable that tells the workers of the run where it is. */
export const builtSetting = 'TEST_BUILT';

const root = path.resolve(import.meta.dirname, '../..');

export async function buildOnce(): Promise<void> {
  // Inside the project, or its packages would not be found.
  const cache = path.join(root, '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, 'built-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });
  await build(folder, ['config', 'lti', 'service', 'test', 'views']);
  process.env[builtSetting] = folder;
}
