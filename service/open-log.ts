// The log on an output of the process: a full disk, or a reader that has gone, costs lines and not the service.
import { pino, type Logger } from 'pino';
import { createLogger } from './log.ts';

const mostWaitingBytes = 1_000_000;

/** fd: 1 is the standard output, 2 the standard error. */
export function openLog(level: string, fd: 1 | 2): Logger {
  const output = pino.destination({ dest: fd, sync: true, maxLength: mostWaitingBytes });
  let isTold = false;
  // pino's own listener would throw what is no broken pipe.
  output.removeAllListeners('error').on('error', ({ code = 'unknown cause' }: NodeJS.ErrnoException) => {
    if (isTold) return;
    isTold = true;
    process.stderr.write(`The log cannot be written (${code}): until it can, lines are lost.\n`);
  });
  output.on('write', () => (isTold = false));
  return createLogger({ level }, output);
}
