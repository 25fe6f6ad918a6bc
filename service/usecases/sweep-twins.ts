import { joinTwins } from './join-twins.ts';
import type { Ports } from './ports.ts';
import { sweep, type SweepCount } from './sweep.ts';

/** Longer than the person's own click takes, in ms. */
const patienceMs = 60_000;

/** Goes on with what a crash left half joined. */
export async function sweepTwins(ports: Ports): Promise<SweepCount> {
  const before = new Date(ports.clock.now().getTime() - patienceMs);
  return sweep(ports, {
    name: 'joined twins',
    list: (limit) => ports.twins.listJoining(before, limit),
    act: (twins) => joinTwins(ports, twins),
  });
}
