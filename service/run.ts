// What every process of the programme has in common: it starts, waits until it is asked to end, closes what it opened in
// reverse order, and says in one sentence why it could not.
import { setImmediate as turn } from 'node:timers/promises';
import { ConfigError } from '../config/load-config.ts';
import { endOnUnexpectedError, unexpectedLine } from '../lti/log/index.ts';
import { askedToEnd, type EndRequest } from './asked-to-end.ts';
import { StartError } from './start-error.ts';
import { EngineError } from './store/engine/index.ts';

/**
 * Takes what has to be closed when the process ends; the last taken is closed first. What lets requests in is closed before
 * all the rest, whenever it was taken: nobody may meet a closed database.
 */
export type Defer = (close: () => Promise<void>, kind?: 'way in') => void;

/**
 * Runs `start`, then waits until the process is asked to end, unless `start` says false; one that is asked during the start
 * ends there. The exit code is 0 when it was asked, 1 when the start failed or something could not be closed.
 */
export async function runUntilSignal(start: (defer: Defer) => Promise<boolean>): Promise<void> {
  const asked = askedToEnd();
  const wait = async (defer: Defer): Promise<undefined> => {
    if (await start(defer)) await asked;
    return undefined;
  };
  process.exit((await run(wait, asked)).code);
}

/**
 * Runs `work` to its end, or until it is asked to end, closes what it opened, and ends the process with the exit code that
 * `work` gave, or by the signal that asked.
 */
export async function runOnce(work: (defer: Defer) => Promise<number | undefined>): Promise<void> {
  const { code, signal } = await run(work, askedToEnd());
  if (signal !== undefined) {
    // Whoever started it, npm too, must learn that the work is not done, and says nothing about its own Ctrl-C.
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  } else process.exit(code);
}

interface Ended {
  readonly code: number;
  /** That cut the work short. */
  readonly signal?: NodeJS.Signals | undefined;
}

async function run(work: (defer: Defer) => Promise<number | undefined>, asked: Promise<EndRequest>): Promise<Ended> {
  endOnUnexpectedError();
  const closers = { waysIn: [] as (() => Promise<void>)[], rest: [] as (() => Promise<void>)[] };
  let code = 0;
  let stopping = false;
  const tell = (error: unknown): void => {
    process.stderr.write(`${sentenceOf(error)}\n`);
    code = exitCodeOf(error);
  };
  const defer: Defer = (close, kind) => (kind === 'way in' ? closers.waysIn : closers.rest).push(close);
  const over = work(defer).then(
    (result) => {
      code = result ?? 0;
      return undefined;
    },
    (error: unknown) => {
      // What breaks because everything is being closed around it is no news.
      if (!stopping) tell(error);
    },
  );
  // What was written last may still fail: its error comes a turn later.
  const request = await Promise.race([over.then(() => turn(undefined)), asked]);
  stopping = true;
  if (request?.failure) tell(request.failure);
  for (let close; (close = closers.waysIn.pop() ?? closers.rest.pop());) await close().catch(tell);
  return { code, signal: request?.signal };
}

/** The sentence of an expected refusal; anything else is a bug, of which only kind and place are told. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ConfigError || error instanceof StartError || error instanceof EngineError) return error.message;
  if (isFullDisk(error))
    return 'The disk is full, or has less than 500 MB left for the database: make room, and start again.';
  return unexpectedLine(error);
}

/** 14031 is MongoDB's OutOfDiskSpace: it builds no index on a disk with less than 500 MB left. */
function isFullDisk(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && [14031, 'ENOSPC', 'EDQUOT'].includes(error.code as string | number)
  );
}

/** 1, unless the error says otherwise. */
export function exitCodeOf(error: unknown): number {
  return error instanceof StartError ? error.exitCode : 1;
}
