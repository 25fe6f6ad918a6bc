// One preparation at a time: `npm ci` twice at once in one folder leaves neither of them whole.
import { readFileSync, rmSync } from 'node:fs';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';

const CACHE = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '.cache');
const RETRY_MS = 200;

/**
 * Runs `deed` while no other process does; one that waits says for whom.
 * @param {() => Promise<void>} deed
 * @param {(sentence: string) => void} say
 * @param {string} file holds the owner's process id
 */
export async function withLock(deed, say, file = path.join(CACHE, 'prepare.lock')) {
  await mkdir(path.dirname(file), { recursive: true });
  const mine = `${file}.${process.pid}`;
  await writeFile(mine, String(process.pid));
  const release = () => {
    if (isOwn(file)) rmSync(file, { force: true });
    rmSync(mine, { force: true });
  };
  process.once('exit', release);
  try {
    await take(file, mine, say);
    try {
      await deed();
    } finally {
      await rm(file, { force: true });
    }
  } finally {
    await rm(mine, { force: true });
    process.off('exit', release);
  }
}

function isOwn(file) {
  try {
    return readFileSync(file, 'utf8') === String(process.pid);
  } catch {
    return false;
  }
}

async function take(file, mine, say) {
  for (let hasSaid = false; ; hasSaid = true) {
    // A hard link appears whole or not at all, so nobody ever reads a lock without its owner.
    if (await succeeds(link(mine, file))) return;
    const owner = await readFile(file, 'utf8').catch(() => '');
    if (owner === '') continue;
    if (isAlive(Number(owner))) {
      if (!hasSaid) say(`Waiting for another preparation (process ${owner}; if there is none, remove ${file})...`);
      await pause(RETRY_MS);
    } else {
      await removeDead(file, mine, owner);
    }
  }
}

/** Of several that find the owner dead only one may remove the lock, and never the next owner's. */
async function removeDead(file, mine, owner) {
  const aside = `${mine}.dead`;
  if (!(await succeeds(rename(file, aside)))) return;
  const moved = await readFile(aside, 'utf8');
  if (moved !== owner) await succeeds(link(aside, file));
  await rm(aside, { force: true });
  await rm(`${file}.${owner}`, { force: true });
}

export function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function succeeds(promise) {
  return promise.then(
    () => true,
    () => false,
  );
}
