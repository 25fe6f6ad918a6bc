import { doorsOf, type Member } from '../domain/member.ts';
import { twinOf, type Twins } from '../domain/twins.ts';
import { excludeMember } from './exclude-member.ts';
import { exclusionOfMember, marksOf } from './exclusion-records.ts';
import { leaveProgramme } from './leave-programme.ts';
import type { Ports } from './ports.ts';
import { sweep, type SweepCount } from './sweep.ts';

/**
 * Joins two records whose persons have both said so: the one that goes on takes over the doors and what both declared about
 * others, then the other one ends as if its person had left. Safe to repeat.
 */
export async function joinTwins(ports: Ports, twins: Twins): Promise<void> {
  const { id, endingId } = twins;
  const ending = endingId === undefined ? undefined : await ports.members.find(endingId);
  if (ending && ending.status !== 'erased') {
    const { ties } = ending;
    // First, so that its door never leads to a stranger's form; whoever was excluded meanwhile takes nothing over.
    const adopted = await ports.members.adopt(twinOf(twins, ending.id), { doors: doorsOf(ending), ties });
    if (adopted) await endJoined(ports, ending, adopted);
  }
  await ports.twins.change(id, { from: ['joined'] }, { unsettled: null });
}

/** The record that ends, after its doors lead to the one that goes on; an exclusion that was decided meanwhile means both. */
async function endJoined(ports: Ports, ending: Member, kept: Member): Promise<void> {
  const exclusion = await exclusionOfMember(ports, ending);
  if (exclusion) {
    await ports.exclusions.cover(exclusion.id, marksOf(ports, kept, exclusion));
    await excludeMember(ports, kept, exclusion);
  }
  if (ending.status !== 'withdrawn') await leaveProgramme(ports, { memberId: ending.id });
  await ports.members.change(ending.id, ['withdrawn'], { doors: null });
}

/** Goes on with what a crash left half joined. */
export async function sweepTwins(ports: Ports): Promise<SweepCount> {
  return sweep(ports, {
    name: 'joined twins',
    list: (limit) => ports.twins.listUnsettled(limit),
    act: (twins) => joinTwins(ports, twins),
  });
}
