// What every sweep over records with timers does with one of them: the steps that have come, then the next one.
import { nextDue, stepsToDo, type Due, type Timer } from '../domain/follow-up.ts';
import type { Ports } from './ports.ts';

export interface Following {
  readonly due: Due;
  readonly timers: readonly Timer[];
  /** Does one step; true when it changed what the record waits for: then nothing is left to move on. */
  readonly act: (step: Due) => Promise<boolean>;
  readonly advance: (done: Due, next: Due | undefined) => Promise<boolean>;
}

/** Safe to repeat and in any number of copies: each step has an effect of its own that counts once. */
export async function follow(ports: Ports, { due, timers, act, advance }: Following): Promise<void> {
  const now = ports.clock.now();
  for (const step of stepsToDo(timers, due, now)) if (await act(step)) return;
  await advance(due, nextDue(timers, now));
}
