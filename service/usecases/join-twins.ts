// Two records become one. The one that is to go on is claimed first, so that it does not end for a third meanwhile; then the
// other one ends, by the write that decides; then the first takes over what nobody can change any more.
import { doorsOf, type Member } from '../domain/member.ts';
import { twinOf, type Twins } from '../domain/twins.ts';
import { endFeed } from './end-feed.ts';
import { excludeMember } from './exclude-member.ts';
import { marksOf, marksToLookFor } from './exclusion-records.ts';
import { carryOutLeaving } from './leave-programme.ts';
import { notify } from './notify.ts';
import type { Ports } from './ports.ts';

/**
 * Joins two records whose persons have both said so, and says whether it did: where one of the two has gone meanwhile, or is part
 * of another joining, both stay as they are. Safe to repeat.
 */
export async function joinTwins(ports: Ports, twins: Twins): Promise<boolean> {
  const { id, endingId } = twins;
  if (endingId === undefined) return false;
  const keptId = twinOf(twins, endingId);
  const ended = (await endedFor(ports, keptId, endingId)) ?? (await end(ports, { id, keptId, endingId }));
  const kept = ended && (await takeOver(ports, { id, keptId, ended }));
  if (ended?.due?.step === 'leaving') await carryOutLeaving(ports, ended.id, ended.due);
  if (!ended || !kept) {
    await ports.members.release(keptId, id);
    await ports.twins.change(id, { from: ['joined'] }, { status: 'asked', endingId: null, joiningSince: null });
    return false;
  }
  await notify(ports, [{ memberId: kept.id, labId: kept.labId }], { kind: 'twins_joined', subjectId: id });
  await ports.twins.change(id, { from: ['joined'] }, { joiningSince: null });
  return true;
}

async function takeOver(
  ports: Ports,
  { id, keptId, ended }: { readonly id: string; readonly keptId: string; readonly ended: Member },
): Promise<Member | undefined> {
  const more = { joining: id, doors: doorsOf(ended), ties: ended.ties, labId: ended.labId };
  const kept = (await ports.members.adopt(keptId, more)) ?? (await adoptedBy(ports, keptId, ended));
  if (kept) await passExclusions(ports, ended, kept);
  // Its person closed every other way in meanwhile, or it is erased: the one that ended can be taken up again.
  else await ports.members.part(ended.id);
  return kept;
}

/** What has taken everything over already, in an earlier attempt. */
async function adoptedBy({ members }: Ports, keptId: string, { personKey }: Member): Promise<Member | undefined> {
  const kept = await members.find(keptId);
  return kept?.doors?.some((door) => door.personKey === personKey && !door.closed) ? kept : undefined;
}

async function end(
  ports: Ports,
  { id, keptId, endingId }: { readonly id: string; readonly keptId: string; readonly endingId: string },
): Promise<Member | undefined> {
  if (!(await ports.members.claim(keptId, id))) return undefined;
  await endFeed(ports, (await ports.members.find(endingId)) ?? {});
  const ended = await ports.members.joinTo(endingId, keptId, { step: 'leaving', at: ports.clock.now() });
  return ended ?? endedFor(ports, keptId, endingId);
}

/** What has ended for the other one already. */
async function endedFor({ members }: Ports, keptId: string, endingId: string): Promise<Member | undefined> {
  const member = await members.find(endingId);
  return member?.joinedTo === keptId && member.status === 'withdrawn' ? member : undefined;
}

/** An exclusion of either means both, whether it is in force already, falls in this moment, or waits for a decision. */
async function passExclusions(ports: Ports, ended: Member, kept: Member): Promise<void> {
  await ports.exclusions.pass([ended.id, kept.id], { memberId: kept.id, marks: marksOf(ports, kept) });
  for (const exclusion of await ports.exclusions.listCovering(marksToLookFor(ports, kept))) {
    await ports.exclusions.cover(exclusion.id, marksOf(ports, kept, exclusion));
    await excludeMember(ports, kept, exclusion);
  }
}
