// Takes the lock, and writes down when it goes in and when it comes out: twins would interleave.
import { appendFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { withLock } from '../../../bin/lock.mjs';

const [file = '', log = ''] = process.argv.slice(2);
await withLock(
  async () => {
    await appendFile(log, 'in\n');
    await pause(50);
    await appendFile(log, 'out\n');
  },
  () => undefined,
  file,
);
