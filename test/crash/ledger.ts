// What was promised: each deed that a copy acknowledged, and what has to be found of it for ever, or until it is changed.
import type { World } from './world.ts';

/** A value that the person's next deed may change. Several are possible when a copy died before it answered. */
interface Standing {
  readonly words: string;
  readonly read: (world: World) => unknown;
  possible: Set<unknown>;
}

/** Something that nothing may undo. */
interface Lasting {
  readonly words: string;
  readonly holds: (world: World) => boolean;
}

export class Ledger {
  readonly #standing = new Map<string, Standing>();
  readonly #lasting = new Map<string, Lasting>();

  /** From now on `read` gives the value; if nobody knows whether the deed was done, it may be as before, known or not. */
  stands(key: string, read: (world: World) => unknown, { value, known }: { value: unknown; known: boolean }): void {
    const before = this.#standing.get(key)?.possible;
    if (known) this.#standing.set(key, { words: key, read, possible: new Set([value]) });
    else if (before) this.#standing.set(key, { words: key, read, possible: new Set([...before, value]) });
  }

  /** No longer promised. */
  forget(key: string): void {
    this.#standing.delete(key);
  }

  lasts(key: string, holds: (world: World) => boolean): void {
    this.#lasting.set(key, { words: key, holds });
  }

  /** Promises that the database does not keep, in words. */
  broken(world: World): string[] {
    const changed = [...this.#standing.values()].flatMap(({ words, read, possible }) => {
      const value = read(world);
      return possible.has(value) ? [] : [`${words}: ${String(value)} instead of ${[...possible].join(' or ')}`];
    });
    const undone = [...this.#lasting.values()].filter(({ holds }) => !holds(world)).map(({ words }) => words);
    return [...changed, ...undone].map((words) => `an acknowledged deed is lost: ${words}`);
  }
}
