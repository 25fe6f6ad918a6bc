import { leaveAt } from '../domain/notice.ts';
import { editsOf } from './edit-member.ts';
import { codeLetter, freshCode } from './give-address.ts';
import type { Ports } from './ports.ts';
import { getLab } from './records.ts';
import { sweep, type SweepCount } from './sweep.ts';

/** Sends the first code to addresses that were stored before they had to be confirmed; nobody else's waits without one. */
export async function askToConfirm(ports: Ports): Promise<SweepCount> {
  return sweep(ports, {
    name: 'addresses',
    list: (limit) => ports.members.listToConfirm(limit),
    act: async (member) => {
      const fresh = freshCode(ports, member, member.labId);
      const letter = codeLetter({ ...member, ...fresh });
      const { calendar } = getLab(ports, member.labId);
      // Before the code itself: a crash between the two loses no letter, and one whose code is not stored does not leave.
      if (letter)
        await ports.outbox.enqueue({
          ...letter,
          notBefore: leaveAt(letter.kind, calendar, { now: ports.clock.now() }),
        });
      const edits = { ...member.edits, address: editsOf(member, 'address') + 1 };
      await ports.members.changeUnedited(member, [member.status], { ...fresh, edits });
    },
  });
}
