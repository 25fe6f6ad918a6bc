// The programme's clock in the demonstration: real time and an offset that only grows and outlives the process.
import type { Clock } from '../domain/clock.ts';
import type { DemoMemory } from './memory.ts';

export interface MovableClock extends Clock {
  /** How far the programme is ahead of real time, in ms. */
  offsetMs(): number;
  /** Puts the programme at an instant; time goes on from there. */
  moveTo(instant: Date): Promise<void>;
}

export async function openClock(memory: Pick<DemoMemory, 'readOffset' | 'saveOffset'>): Promise<MovableClock> {
  let offset = await memory.readOffset();
  return {
    now: () => new Date(Date.now() + offset),
    offsetMs: () => offset,
    async moveTo(instant) {
      offset = instant.getTime() - Date.now();
      await memory.saveOffset(offset);
    },
  };
}
