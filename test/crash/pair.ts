// The two copies that run at a time, and a third one that is loaded already: whoever dies is replaced at once.
import type { Dice } from '../domain/matching/programmes.ts';
import { Copy, type CopySettings } from './copies.ts';

export class Pair {
  /** Names of those that were killed. */
  readonly killed = new Set<string>();
  readonly #settings: CopySettings;
  readonly #whenNobodyLives: () => Promise<void>;
  #running: Copy[] = [];
  #spare: Copy;
  #made = 0;
  #replacing: Promise<void> = Promise.resolve();

  /** whenNobodyLives: called after the deaths of both and before the next one begins. */
  constructor(settings: CopySettings, whenNobodyLives: () => Promise<void>) {
    this.#settings = settings;
    this.#whenNobodyLives = whenNobodyLives;
    this.#spare = this.#newCopy();
  }

  async start(): Promise<void> {
    this.#running = [];
    while (this.#running.length < 2) this.#running.push(await this.#beginSpare());
  }

  /** One that lives; waits for a replacement when there is none. */
  async pick(dice: Dice): Promise<Copy> {
    const living = this.#running.filter(({ isAlive }) => isAlive);
    if (living.length > 0) return dice.one(living);
    await this.#replacing;
    return this.pick(dice);
  }

  /** Kills the named one, or any, or both, now; what comes after can be waited for. */
  kill({ name, both }: { name: string | undefined; both: boolean }): void {
    const living = this.#running.filter(({ isAlive }) => isAlive);
    const victims = both ? living : living.filter((copy) => copy.name === (name ?? living[0]?.name));
    for (const victim of victims) this.killed.add(victim.name);
    const deaths = victims.map((victim) => victim.kill());
    this.#replacing = this.#replacing.then(async () => {
      await Promise.all(deaths);
      if (this.#running.every(({ isAlive }) => !isAlive)) await this.#whenNobodyLives();
      for (const [at, copy] of this.#running.entries()) {
        if (!copy.isAlive) this.#running[at] = await this.#beginSpare();
      }
    });
  }

  /** Resolves when both live. */
  async isComplete(): Promise<void> {
    await this.#replacing;
  }

  /** An orderly end of both. */
  async end(): Promise<void> {
    await this.#replacing;
    await Promise.all(this.#running.map((copy) => copy.end()));
    await this.#whenNobodyLives();
  }

  tellTime(): void {
    for (const copy of this.#running) copy.tellTime();
  }

  /** Leaves no process behind, whatever has happened. */
  async close(): Promise<void> {
    await this.#replacing.catch(() => undefined);
    await Promise.all([this.#spare, ...this.#running].map((copy) => copy.kill()));
  }

  async #beginSpare(): Promise<Copy> {
    const copy = this.#spare;
    this.#spare = this.#newCopy();
    await copy.begin();
    return copy;
  }

  #newCopy(): Copy {
    this.#made += 1;
    return new Copy(`copy-${this.#made}`, this.#settings);
  }
}
