import type { Ports } from './ports.ts';
import { settleLeaving } from './leave-programme.ts';
import { sweep, type SweepCount } from './sweep.ts';

/** Erases those who left and drafts that were never completed, when their day has come. */
export async function eraseWithdrawn(ports: Ports): Promise<SweepCount> {
  return sweep(ports, {
    name: 'erasure',
    list: (limit) => ports.members.listDue(ports.clock.now(), limit),
    act: async ({ id }) => {
      await settleLeaving(ports, id);
      await ports.retention.forgetMember(id);
      await ports.members.erase(id);
    },
  });
}
