// What asks a process to end: a signal, the end of the npm that runs it, or a reader of its output that has gone.
import { StartError } from './start-error.ts';

export interface EndRequest {
  /** Where a signal asked. */
  readonly signal?: NodeJS.Signals;
  /** Why the process cannot go on, in one sentence; nothing where it was simply asked. */
  readonly failure?: StartError;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const samePressMs = 1000;
const parentEveryMs = 500;

/** To be called before anything is written. */
export function askedToEnd(): Promise<EndRequest> {
  return new Promise((resolve) => {
    onSignals(resolve);
    onLostParent(resolve);
    onLostReader(resolve);
  });
}

type Ask = (request: EndRequest) => void;

/** npm passes Ctrl-C on to a child that the terminal has told already: that is one. A later one ends without waiting. */
function onSignals(ask: Ask): void {
  let first: number | undefined;
  for (const signal of signals) {
    process.on(signal, () => {
      first ??= performance.now();
      if (performance.now() - first > samePressMs) process.exit(1);
      ask({ signal });
    });
  }
}

/** npm passes on neither SIGHUP nor, of course, SIGKILL: what it ran would stay, with its port and its database. */
function onLostParent(ask: Ask): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) ask({ signal: 'SIGHUP' });
  }, parentEveryMs).unref();
}

/** A reader such as `head` that has enough, or a closed terminal, is no failure; a full disk is. */
function onLostReader(ask: Ask): void {
  process.stdout.on('error', ({ code = 'unknown cause' }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE' || code === 'EIO') ask({});
    else ask({ failure: new StartError(`The output cannot be written (${code}): make room, or write it elsewhere.`) });
  });
  // Nowhere is left to say so.
  process.stderr.on('error', () => undefined);
}
