// Asks for a run outside the regular ones: when somebody becomes available as a mentor, whoever waits need not wait until
// Tuesday.
import type { Ports } from './ports.ts';

/** Time in which others may join the wish, so that a busy morning makes one run and not twenty. */
const gatheringMs = 10 * 60_000;

/** Notes that a mentor becomes available. To be called before the change: a crash in between costs a run, never a wish. */
export async function wishMatching(ports: Ports): Promise<void> {
  await ports.wishes.add(afterGathering(ports));
}

/** When a wish that is made now is due. */
export function afterGathering(ports: Ports): Date {
  return new Date(ports.clock.now().getTime() + gatheringMs);
}
