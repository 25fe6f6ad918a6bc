// The private C library: the embedded MongoDB engine needs glibc 2.38 or newer, so on an older Debian or Ubuntu
// a newer one is kept beside the project for the engine's process alone. Plain Node: it runs before node_modules exists.
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { privateSources } from './apt-sources.mjs';
import { endWithUs } from './children.mjs';
import { PrepareError } from './errors.mjs';
import { isAlive } from './lock.mjs';

const execute = promisify(execFile);

function run(command, args, options) {
  const running = execute(command, args, options);
  endWithUs(running.child);
  return running;
}

const NEEDED = '2.38';
const NEXT_SUITE = { debian: 'trixie', ubuntu: 'noble' };
const PACKAGES = ['libc6', 'libstdc++6', 'libgcc-s1'];
const STAMP_FORMAT = 1;
const APT_LIMIT_MS = 5 * 60_000;
const MACHINES = {
  x64: { folder: 'x86_64-linux-gnu', loader: 'ld-linux-x86-64.so.2' },
  arm64: { folder: 'aarch64-linux-gnu', loader: 'ld-linux-aarch64.so.1' },
};
const CACHE = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '.cache');
const HOME = path.join(CACHE, 'c-library');

/** Whether this process runs on a glibc too old for the engine. Always false outside Linux and under musl. */
export function needsPrivateLibrary() {
  const version = runningGlibc();
  return version !== undefined && isOlder(version, NEEDED);
}

/**
 * The command that starts Node for the engine: through the private loader where this machine's C library is too old.
 * Fetches the private library when it is missing; safe to call from several processes at once.
 * @param {(sentence: string) => void} onProgress
 * @returns {Promise<{ command: string, args: string[] }>} to be followed by the script and its arguments
 * @throws {PrepareError} where the library cannot be had
 */
export async function engineCommand(onProgress = () => {}) {
  if (!needsPrivateLibrary()) return { command: process.execPath, args: [] };
  await ensurePrivateLibrary(onProgress);
  return throughLoader(HOME);
}

/**
 * Puts the private C library in place unless it is there already.
 * @param {(sentence: string) => void} onProgress
 * @throws {PrepareError}
 */
export async function ensurePrivateLibrary(onProgress = () => {}) {
  if (await isComplete(HOME)) return;
  await removeAbandoned();
  const work = path.join(CACHE, `c-library.${process.pid}.${randomUUID().slice(0, 8)}`);
  await mkdir(work, { recursive: true });
  try {
    onProgress('Fetching a newer C library for the embedded database (once, about 4 MB beside the project)...');
    await fetchInto(work);
    await putInPlace(path.join(work, 'root'));
    onProgress('The C library for the embedded database is ready.');
  } catch (cause) {
    if (cause instanceof PrepareError) throw cause;
    throw new PrepareError(
      'The newer C library for the embedded database could not be fetched with apt ' +
        `(${firstLine(cause)}): give the address of a MongoDB server in MONGODB_URI instead.`,
      { cause },
    );
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** What a killed preparation left half-done. */
async function removeAbandoned() {
  for (const name of await readdir(CACHE).catch(() => [])) {
    const pid = name.match(/^c-library\.(\d+)\./)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(path.join(CACHE, name), { recursive: true, force: true });
  }
}

async function fetchInto(work) {
  const suite = await nextSuite();
  const apt = await privateApt(work, suite);
  // A foreign source that looks like the system's own may fail here without harm: the download decides.
  const updateError = await apt('update').then(
    () => undefined,
    (error) => error,
  );
  const debs = path.join(work, 'debs');
  await mkdir(debs);
  await apt('download', { cwd: debs, names: PACKAGES.map((name) => `${name}/${suite.next}`) }).catch((error) => {
    throw updateError ?? error;
  });
  const root = path.join(work, 'root');
  await mkdir(root);
  const files = await readdir(debs);
  for (const file of files) await run('dpkg-deb', ['-x', path.join(debs, file), root]);
  await check(root);
  // The stamp comes last: a folder without it is never used.
  await writeFile(path.join(root, 'stamp.json'), JSON.stringify({ format: STAMP_FORMAT, arch: process.arch, files }));
}

async function nextSuite() {
  const release = parseRelease(await readFile('/etc/os-release', 'utf8').catch(() => ''));
  const next = NEXT_SUITE[release.ID];
  if (next === undefined || !release.VERSION_CODENAME || !MACHINES[process.arch] || !existsSync('/usr/bin/apt-get')) {
    throw new PrepareError(
      `The embedded database needs glibc ${NEEDED} or newer and this system has ${runningGlibc()}: ` +
        'give the address of a MongoDB server in MONGODB_URI instead.',
    );
  }
  return { system: release.ID, current: release.VERSION_CODENAME, next };
}

/** apt-get with its own lists, cache and sources below `work`: no root needed, nothing of the system is changed. */
async function privateApt(work, suite) {
  const sources = path.join(work, 'sources');
  for (const folder of [sources, path.join(work, 'lists/partial'), path.join(work, 'cache/archives/partial')]) {
    await mkdir(folder, { recursive: true });
  }
  await writeFile(path.join(work, 'status'), '');
  for (const { name, text } of await privateSources(suite)) await writeFile(path.join(sources, name), text);
  const options = {
    'Dir::Etc::sourcelist': '/dev/null',
    'Dir::Etc::sourceparts': sources,
    'Dir::Etc::preferences': '/dev/null',
    'Dir::Etc::preferencesparts': '/dev/null',
    'Dir::State::Lists': path.join(work, 'lists'),
    'Dir::State::status': path.join(work, 'status'),
    'Dir::Cache': path.join(work, 'cache'),
    'Acquire::Languages': 'none',
    'Acquire::Retries': '2',
    'APT::Update::Error-Mode': 'any',
    // The sandbox user could not read a project kept in a private home.
    'APT::Sandbox::User': process.getuid() === 0 ? 'root' : '',
  };
  const given = Object.entries(options).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
  return (verb, { cwd = work, names = [] } = {}) =>
    run('apt-get', [...given, '-q', verb, ...names], {
      cwd,
      timeout: APT_LIMIT_MS,
      env: { ...process.env, LC_ALL: 'C' },
    });
}

/** The unpacked library must really carry this Node: a wrong one would only fail later, and less clearly. */
async function check(root) {
  const { command, args } = throughLoader(root);
  const print = 'process.stdout.write(process.report.getReport().header.glibcVersionRuntime)';
  const { stdout } = await run(command, [...args, '-e', print]);
  if (isOlder(stdout, NEEDED)) throw new Error(`the fetched C library is version ${stdout}`);
}

async function putInPlace(root) {
  const replaced = path.join(path.dirname(root), 'replaced');
  try {
    await rename(root, HOME);
  } catch (error) {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    // Another process was faster, which is as good; anything incomplete is moved away first.
    if (await isComplete(HOME)) return;
    await rename(HOME, replaced);
    await rename(root, HOME);
  }
}

async function isComplete(root) {
  const stamp = await readFile(path.join(root, 'stamp.json'), 'utf8')
    .then(JSON.parse)
    .catch(() => undefined);
  return stamp?.format === STAMP_FORMAT && stamp.arch === process.arch && existsSync(throughLoader(root).command);
}

function throughLoader(root) {
  const { folder, loader } = MACHINES[process.arch];
  const library = path.join(root, 'usr/lib', folder);
  const search = [library, `/usr/lib/${folder}`, `/lib/${folder}`].join(':');
  return { command: path.join(library, loader), args: ['--library-path', search, process.execPath] };
}

function runningGlibc() {
  return process.platform === 'linux' ? process.report.getReport().header.glibcVersionRuntime : undefined;
}

function isOlder(version, than) {
  return version.localeCompare(than, 'en', { numeric: true }) < 0;
}

function parseRelease(text) {
  const pairs = text.split('\n').map((line) => line.match(/^(\w+)="?([^"]*)"?$/));
  return Object.fromEntries(pairs.filter(Boolean).map(([, key, value]) => [key, value]));
}

function firstLine(error) {
  const lines = String(error.stderr || error.message)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  return (lines.find((line) => line.startsWith('E:')) ?? lines[0] ?? 'unknown cause').replace(/^E:\s*/, '');
}
