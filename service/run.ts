// What every process of the programme has in common: it starts, waits for a signal, ends what it opened in reverse order,
// and says in one sentence why it could not.
import { ConfigError } from '../config/load-config.ts';
import { endOnUnexpectedError, unexpectedLine } from '../lti/log/index.ts';
import { StartError } from './start-error.ts';
import { EngineError } from './store/engine/index.ts';

/** Takes what has to be closed when the process ends; the last taken is closed first. */
export type Defer = (close: () => Promise<void>) => void;

/**
 * Runs `start`, then waits for SIGINT or SIGTERM; one that comes during the start ends it there. The exit code is 0 after a
 * signal, 1 when the start failed or something could not be closed.
 */
export async function runUntilSignal(start: (defer: Defer) => Promise<void>): Promise<void> {
  const signal = nextSignal();
  await run(start, () => signal, signal);
}

/** Runs `work` to its end, or to a signal, closes what it opened, and ends the process. */
export async function runOnce(work: (defer: Defer) => Promise<void>): Promise<void> {
  await run(work, () => Promise.resolve(), nextSignal());
}

async function run(
  start: (defer: Defer) => Promise<void>,
  afterwards: () => Promise<void>,
  signal: Promise<void>,
): Promise<void> {
  endOnUnexpectedError();
  const closers: (() => Promise<void>)[] = [];
  let code = 0;
  let stopping = false;
  const tell = (error: unknown): void => {
    process.stderr.write(`${sentenceOf(error)}\n`);
    code = 1;
  };
  const over = start((close) => closers.push(close)).then(afterwards, (error: unknown) => {
    // What breaks because everything is being closed around it is no news.
    if (!stopping) tell(error);
  });
  await Promise.race([over, signal]);
  stopping = true;
  for (const close of closers.reverse()) await close().catch(tell);
  process.exit(code);
}

/** Repeated signals are one: npm passes Ctrl-C on to a child that the terminal has told already. */
function nextSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) {
      process.on(name, () => {
        resolve();
      });
    }
  });
}

/** The sentence of an expected refusal; anything else is a bug, of which only kind and place are told. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ConfigError || error instanceof StartError || error instanceof EngineError) return error.message;
  return unexpectedLine(error);
}
