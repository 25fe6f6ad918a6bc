// What may be said of an unexpected error: its kind, its code and where, never its words, which may hold a name.
import { randomUUID } from 'node:crypto';

export interface ScrubbedError {
  /** Short; the same in the log and in the job's record. */
  readonly errorId: string;
  readonly error: string;
  readonly code?: string | number;
  /** Functions and lines, innermost first. */
  readonly at: readonly string[];
}

const plainCode = /^\w{1,40}$/;

export function scrub(error: unknown): ScrubbedError {
  const errorId = randomUUID().slice(0, 8);
  if (!(error instanceof Error)) return { errorId, error: typeof error, at: [] };
  const { code } = error as { code?: unknown };
  const isPlain = typeof code === 'number' || (typeof code === 'string' && plainCode.test(code));
  const name = plainCode.test(error.name) ? error.name : 'Error';
  return { errorId, error: name, ...(isPlain && { code }), at: framesOf(error) };
}

/** The stack begins with the message, which may itself have lines that look like frames: it is cut off as a whole. */
function framesOf({ stack = '', message }: Error): string[] {
  const end = stack.indexOf(message);
  const frames = end === -1 ? '' : stack.slice(end + message.length);
  return frames
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, 6);
}
