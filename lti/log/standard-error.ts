// A log for a process that has none of its own: one line of JSON an error, on standard error.
import { createErrorLog, type ErrorLog } from './error-log.ts';

/** now: real time. */
export function standardErrorLog(now: () => Date = () => new Date()): ErrorLog {
  const error = (facts: object, sentence: string): void => {
    process.stderr.write(`${JSON.stringify({ level: 'error', time: now().toISOString(), ...facts, msg: sentence })}\n`);
  };
  return createErrorLog({ logger: { error } });
}
