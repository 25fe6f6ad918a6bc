import { freshCode, sendCode } from './give-address.ts';
import type { Ports } from './ports.ts';
import { sweep, type SweepCount } from './sweep.ts';

/** Sends the first code to addresses that were stored before they had to be confirmed; nobody else's waits without one. */
export async function askToConfirm(ports: Ports): Promise<SweepCount> {
  return sweep(ports, {
    name: 'addresses',
    list: (limit) => ports.members.listToConfirm(limit),
    act: async (member) => {
      const asked = await ports.members.changeUnedited(member, [member.status], freshCode(ports, member, member.labId));
      // Whoever saves a form in this moment has their code by that.
      if (asked) await sendCode(ports, asked);
    },
  });
}
