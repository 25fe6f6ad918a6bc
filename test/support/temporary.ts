// Where the run's own files lie: in memory where Linux has room for them, since every journalled write waits for its disk.
import { mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { isAlive } from './child.ts';

const memory = '/dev/shm';
const room = 4 * 2 ** 30;
/** Short: the path of a socket has 107 characters at most, and the engine's lies two folders further down. */
const prefix = 'mtr-';

/** Names a folder for this run to the whole run, as the one for temporary files; the system's stays where there is no room. */
export function useMemoryForFiles(): void {
  if (!hasRoom()) return;
  removeLeft();
  const folder = mkdtempSync(path.join(memory, `${prefix}${process.pid}-`));
  process.env['TMPDIR'] = folder;
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });
}

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize > room;
  } catch {
    return false;
  }
}

/** What a run that was killed could not take away would stay in memory. */
function removeLeft(): void {
  for (const name of readdirSync(memory).filter((one) => one.startsWith(prefix))) {
    const pid = Number(name.slice(prefix.length).split('-')[0]);
    if (!isAlive(pid)) rmSync(path.join(memory, name), { recursive: true, force: true });
  }
}
