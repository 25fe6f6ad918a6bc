// Two copies of the service as their parent sees them: asked for deeds, told the time, killed and started again.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Answer, Order } from './copy.ts';
import { built } from '../support/child.ts';
import type { DeedName, InputOf, ResultOf } from './deeds.ts';

/** lost: the copy was killed before it answered, so nobody knows. */
export type Outcome<R> =
  | { readonly kind: 'done'; readonly result: R }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'lost' };

export interface CopySettings {
  readonly uri: string;
  /** Address of the SMTP end for a copy of that name. */
  readonly smtpUrl: (name: string) => string;
  readonly aheadMs: () => number;
  /** What no copy may ever say. */
  readonly onFailure: (sentence: string) => void;
  readonly onAnswer: (name: string) => void;
}

/** One process. Its name is never used again. */
export class Copy {
  readonly name: string;
  readonly #process: ChildProcess;
  readonly #settings: CopySettings;
  readonly #asked = new Map<number, (outcome: Outcome<never>) => void>();
  readonly #gone: Promise<unknown>;
  readonly #warm: Promise<void>;
  #ready: (() => void) | undefined;
  #last = 0;
  isAlive = false;

  constructor(name: string, settings: CopySettings) {
    const { PATH = '', HOME = '' } = process.env;
    this.name = name;
    this.#settings = settings;
    const env = { PATH, HOME, NODE_V8_COVERAGE: '' };
    this.#process = fork(built('test/crash/copy.ts'), { execArgv: [], serialization: 'advanced', env });
    // All that it said arrives before the channel closes.
    this.#gone = Promise.all([once(this.#process, 'exit'), once(this.#process, 'disconnect')]).then(() => {
      for (const answer of this.#asked.values()) answer({ kind: 'lost' });
      this.#asked.clear();
    });
    let warm: () => void;
    this.#warm = new Promise((resolve) => (warm = resolve));
    this.#process.on('message', (answer: Answer) => {
      if (answer.kind === 'warm') warm();
      else this.#take(answer);
    });
  }

  async begin(): Promise<void> {
    await Promise.race([this.#warm, this.#gone]);
    const ready = new Promise<void>((resolve) => (this.#ready = resolve));
    const { uri, smtpUrl, aheadMs } = this.#settings;
    this.#send({ kind: 'begin', uri, smtpUrl: smtpUrl(this.name), aheadMs: aheadMs() });
    await Promise.race([ready, this.#gone]);
    if (!this.#process.connected) throw new Error(`${this.name} ended before it began: its reason stands above`);
    this.isAlive = true;
    this.tellTime();
  }

  tellTime(): void {
    if (this.isAlive) this.#send({ kind: 'clock', aheadMs: this.#settings.aheadMs() });
  }

  ask<N extends DeedName>(deed: N, input: InputOf<N>): Promise<Outcome<ResultOf<N>>> {
    if (!this.isAlive) return Promise.resolve({ kind: 'lost' });
    return new Promise((resolve) => {
      this.#last += 1;
      this.#asked.set(this.#last, resolve);
      this.#send({ kind: 'do', id: this.#last, deed, input: input as never });
    });
  }

  /** SIGKILL: nothing of it runs any more when this returns; resolves when its last words have arrived. */
  async kill(): Promise<void> {
    this.isAlive = false;
    this.#process.kill('SIGKILL');
    await this.#gone;
  }

  /** An orderly end, as by SIGTERM. */
  async end(): Promise<void> {
    this.isAlive = false;
    this.#send({ kind: 'end' });
    await this.#gone;
  }

  #send(order: Order): void {
    // A copy that dies at this moment has no channel any more.
    if (this.#process.connected) this.#process.send(order, () => undefined);
  }

  #take(answer: Exclude<Answer, { kind: 'warm' }>): void {
    if (answer.kind === 'ready') {
      this.#ready?.();
      return;
    }
    if (answer.kind === 'failed') this.#settings.onFailure(`${this.name}: ${answer.sentence}`);
    if (answer.id === undefined) return;
    const resolve = this.#asked.get(answer.id);
    this.#asked.delete(answer.id);
    if (answer.kind === 'done') resolve?.({ kind: 'done', result: answer.result as never });
    else resolve?.({ kind: 'refused', code: answer.kind === 'refused' ? answer.code : 'failed' });
    this.#settings.onAnswer(this.name);
  }
}
