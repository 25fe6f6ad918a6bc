// Chromium for the browser tests: the system's own, installed by the system's own means.
import { existsSync } from 'node:fs';
import { PrepareError } from './errors.mjs';
import { runVisibly } from './run.mjs';

const DEFAULT_PATH = '/usr/bin/chromium';

/** @throws {PrepareError} where Chromium is missing and cannot be installed by this user */
export async function ensureBrowser(say) {
  const file = process.env.CHROME_PATH || DEFAULT_PATH;
  if (existsSync(file)) return;
  if (process.env.CHROME_PATH) throw new PrepareError(`CHROME_PATH names ${file}, which does not exist.`);
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new PrepareError(
      'The tests need Chromium: install it (on Debian: apt-get install chromium), or name another one in CHROME_PATH.',
    );
  }
  say('Installing Chromium for the browser tests (apt-get install chromium)...');
  const isThere = (await apt('update')) && (await apt('install', '-y', '--no-install-recommends', 'chromium'));
  if (!isThere || !existsSync(file)) {
    throw new PrepareError(
      'Chromium could not be installed: see the lines of apt-get above, or name one in CHROME_PATH.',
    );
  }
}

function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return runVisibly('apt-get', ['-q', ...args], { env, what: 'installing Chromium' });
}
