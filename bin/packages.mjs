// node_modules as package-lock.json wants it: compares the versions npm wrote down at the last installation.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrepareError } from './errors.mjs';
import { runVisibly } from './run.mjs';

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Runs `npm ci` unless every package of package-lock.json is installed in its version. */
export async function ensurePackages(say) {
  const wanted = await readPackages(path.join(ROOT, 'package-lock.json'));
  const installed = await readPackages(path.join(ROOT, 'node_modules/.package-lock.json'));
  if (wanted === undefined) throw new PrepareError('package-lock.json cannot be read: clone the project again.');
  if (installed !== undefined && isInstalled(wanted, installed)) return;
  say('Installing the packages of package-lock.json (npm ci, about half a minute)...');
  if (!(await npmCi())) {
    throw new PrepareError('The packages could not be installed: see the lines of npm above, then run it again.');
  }
}

/** An optional package may be missing, since npm leaves out what does not run on this system; never a wrong version. */
export function isInstalled(wanted, installed) {
  return Object.entries(wanted)
    .filter(([folder]) => folder !== '')
    .every(([folder, { version, optional, devOptional }]) => {
      const found = installed[folder];
      return found === undefined ? optional === true || devOptional === true : found.version === version;
    });
}

function npmCi() {
  const args = ['ci', '--no-audit', '--no-fund'];
  const options = { cwd: ROOT, what: 'installing packages' };
  // Under `npm run` the npm in use names itself; run by hand it is found on the path.
  const npm = process.env.npm_execpath;
  return npm ? runVisibly(process.execPath, [npm, ...args], options) : runVisibly('npm', args, options);
}

async function readPackages(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
