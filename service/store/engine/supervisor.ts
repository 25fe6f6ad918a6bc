// Keeps the engine alive: whenever its process ends unasked it is started again on the same port, for as long as it
// takes; the pause grows while the start itself fails, and each reason is told once: a full disk is no busy loop.
import { setTimeout as pause } from 'node:timers/promises';
import { unexpectedLine } from '../../../lti/log/index.ts';
import { startChild, type EngineChild, type Launch } from './child.ts';
import { EngineError } from './errors.ts';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

export class Supervisor {
  readonly #launch: Launch;
  readonly #onProgress: (sentence: string) => void;
  readonly #stopping = new AbortController();
  readonly #watching: Promise<void>;
  #child: EngineChild | undefined;

  constructor(launch: Launch, child: EngineChild, onProgress: (sentence: string) => void) {
    this.#launch = launch;
    this.#onProgress = onProgress;
    this.#child = child;
    this.#watching = this.#watch();
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get socket(): string | undefined {
    return this.#child?.socket;
  }

  /** May be called twice; resolves when no process is left. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#child?.stop();
    await this.#watching;
  }

  #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #watch(): Promise<void> {
    while (!this.#isStopping()) {
      await this.#child?.ended;
      this.#child = undefined;
      if (this.#isStopping()) return;
      this.#onProgress('The embedded database ended unexpectedly and is being started again.');
      await this.#restart();
    }
  }

  async #restart(): Promise<void> {
    let told = '';
    for (let pauseMs = FIRST_PAUSE_MS; !this.#isStopping(); pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      await pause(pauseMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      if (this.#isStopping()) return;
      try {
        this.#child = await startChild(this.#launch);
        // Asked to stop while it was starting: the request found no process to stop.
        if (this.#isStopping()) await this.#child.stop();
        else if (told !== '') this.#onProgress('The embedded database runs again.');
        return;
      } catch (error) {
        const reason = error instanceof EngineError ? error.message : unexpectedLine(error);
        if (reason !== told) this.#onProgress(reason);
        told = reason;
      }
    }
  }
}
