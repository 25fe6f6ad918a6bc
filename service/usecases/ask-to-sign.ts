import { charterVersion } from '../domain/charter.ts';
import type { Ports } from './ports.ts';
import { sweep, type SweepCount } from './sweep.ts';
import { timersOfMember, waitingFor } from './waiting.ts';

/** When the charter has a new version, begins the time in which each active member is asked to sign it. */
export async function askToSign(ports: Ports): Promise<SweepCount> {
  return sweep(ports, {
    name: 'charter',
    list: (limit) => ports.members.listToAsk(charterVersion, limit),
    act: async (member) => {
      const asked = { charter: { ...member.charter, askedAt: ports.clock.now() } };
      // The first letter is due at once: what is waited for is told from just before.
      const due = { step: 'renewal_1', at: asked.charter.askedAt };
      const waits = waitingFor(ports, timersOfMember(ports, { ...member, ...asked }));
      const first = waits && waits.due.at < due.at ? waits.due : due;
      await ports.members.changeIfStill(member, ['active'], { ...asked, due: first });
    },
  });
}
