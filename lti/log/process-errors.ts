// The last line of a process that an unexpected error ends, where Node.js would print the error with its message.
import { writeSync } from 'node:fs';
import { unexpectedLine } from './describe-error.ts';

/** Call once, first thing in a process. A promise that nobody caught comes here too. Exit code 1. */
export function endOnUnexpectedError(): void {
  process.on('uncaughtException', (error: unknown) => {
    try {
      writeSync(process.stderr.fd, `${unexpectedLine(error)}\n`);
    } catch {
      // Nobody reads any more.
    }
    process.exit(1);
  });
}
