// What follows a decision about an exclusion, in single writes that may be repeated: a sweep goes on where a crash cut it off.
import { isCurrent } from '../domain/charter.ts';
import type { Exclusion } from '../domain/exclusion.ts';
import { doorsOf, takingPart, type Member } from '../domain/member.ts';
import { isSameEmail } from '../domain/tie.ts';
import { exclusionOfMember, marksOf, marksToLookFor } from './exclusion-records.ts';
import { endUnderWay } from './leave-programme.ts';
import { notify } from './notify.ts';
import type { Ports } from './ports.ts';
import { timersOfMember, waitingFor } from './waiting.ts';
import { wishMatching } from './wish-matching.ts';

/**
 * Whom a decision means: of an address everybody who gives it, or gave it before: another one is no way out. With them whoever
 * their platform knows by the same address: a second account is none either; in other labs, if the decision says so.
 */
export async function membersMeant(ports: Ports, exclusion: Exclusion): Promise<Member[]> {
  const meant = new Map((await membersNamed(ports, exclusion)).map((member) => [member.id, member]));
  await addJoined(ports, meant);
  for (const { labId, platformAddress } of [...meant.values()].flatMap(doorsOf)) {
    if (platformAddress === undefined) continue;
    for (const other of await ports.members.listByAddress(platformAddress)) {
      const isSame = doorsOf(other).some(
        (door) => door.platformAddress === platformAddress && (exclusion.everywhere || door.labId === labId),
      );
      if (isSame) meant.set(other.id, other);
    }
  }
  await addJoined(ports, meant);
  return [...meant.values()].filter(({ status }) => status !== 'erased');
}

/** Records that became one, also after they were parted: both persons said that they are one, and neither is a way out. */
async function addJoined({ members }: Ports, meant: Map<string, Member>): Promise<void> {
  const looked = new Set<string>();
  for (;;) {
    const keys = [...meant.values()].flatMap(doorsOf).map(({ personKey }) => personKey);
    const fresh = keys.filter((key) => !looked.has(key));
    if (fresh.length === 0) return;
    for (const key of fresh) {
      looked.add(key);
      for (const member of await members.listByDoor(key)) meant.set(member.id, member);
    }
  }
}

async function membersNamed({ members, hasher }: Ports, { memberId, email }: Exclusion): Promise<Member[]> {
  if (memberId !== undefined) return members.findMany([memberId]);
  return email === undefined ? [] : members.listByAddress(hasher.email(email));
}

/** Excludes whom it means. The marks come first: from then on leaving and coming back changes nothing. */
export async function carryOutExclusion(ports: Ports, exclusion: Exclusion): Promise<void> {
  const done = new Set<string>();
  for (let [member] = await membersMeant(ports, exclusion); member;) {
    await ports.exclusions.cover(exclusion.id, marksOf(ports, member, exclusion));
    await excludeMember(ports, member, exclusion);
    // Another record may have been joined to this one meanwhile, and brought its way in.
    const now = await ports.members.find(member.id);
    if (now) await ports.exclusions.cover(exclusion.id, marksOf(ports, now, exclusion));
    done.add(member.id);
    // Looked for anew after the marks: whoever signs in this moment sees them, or is seen.
    member = (await membersMeant(ports, exclusion)).find(({ id }) => !done.has(id));
  }
  await retireAddress(ports, exclusion);
  await ports.exclusions.settle(exclusion.id, 'in_force');
}

/** Whoever coordinates under that address without taking part; the file's own are refused at their next click. */
async function retireAddress({ coordinators, clock }: Ports, { email }: Exclusion): Promise<void> {
  if (email === undefined) return;
  const offices = (await coordinators.list()).filter((one) => one.email !== undefined && isSameEmail(one.email, email));
  for (const { id } of offices) await coordinators.revoke(id, clock.now());
}

/** Out of the matching by the first write, then out of everything else. Whoever has left already is only kept out. */
export async function excludeMember(
  ports: Ports,
  member: Member,
  { id: subjectId }: Pick<Exclusion, 'id'>,
): Promise<void> {
  const waits = waitingFor(ports, timersOfMember(ports, { ...member, status: 'excluded' }));
  await ports.members.change(member.id, takingPart, { status: 'excluded', ...waits });
  const now = await ports.members.find(member.id);
  if (now?.status !== 'excluded') return;
  await endUnderWay(ports, now.id);
  await hideIdentities(ports, now.id);
  for (const { personKey } of doorsOf(now)) await ports.coordinators.retire(personKey, ports.clock.now());
  await notify(ports, [{ memberId: now.id, labId: now.labId }], { kind: 'exclusion_told', subjectId });
  // Somebody may have lifted it meanwhile.
  await admitAgain(ports, now, subjectId);
}

/** Nobody looks at a name whose owner can hide it no more. */
async function hideIdentities({ cases }: Ports, memberId: string): Promise<void> {
  for (const { id, identityOpenedAt } of await cases.listOf(memberId)) {
    if (identityOpenedAt) await cases.change(id, { from: ['open'] }, { identityOpenedAt: null });
  }
}

/** Lets in again whom nothing else keeps out. An excluded person who has left is not there to be let in. */
export async function carryOutLifting(ports: Ports, exclusion: Exclusion): Promise<void> {
  for (const member of await ports.members.listExcluded()) {
    const isMeant = marksToLookFor(ports, member).some((mark) => exclusion.marks.includes(mark));
    if (isMeant) await admitAgain(ports, member, exclusion.id);
  }
  await ports.exclusions.settle(exclusion.id, 'lifted');
}

/** What the person is who takes part again; nobody without the charter in force is proposed. */
function statusAgain({ profile, charter }: Member): 'draft' | 'active' | 'paused' {
  if (!profile) return 'draft';
  return charter.pausedAt && !isCurrent(charter) ? 'paused' : 'active';
}

/** Before any step: of a draft whose days are over everything is due. */
const beforeAll = new Date(0);

/** Told first: a crash in between costs a minute, not the letter. */
async function admitAgain(ports: Ports, member: Member, subjectId: string): Promise<void> {
  if (await exclusionOfMember(ports, member)) return;
  await notify(ports, [{ memberId: member.id, labId: member.labId }], { kind: 'exclusion_lifted', subjectId });
  const again = { ...member, status: statusAgain(member) };
  const after = again.status === 'draft' ? beforeAll : ports.clock.now();
  if (member.offer) await wishMatching(ports);
  const waits = waitingFor(ports, timersOfMember(ports, again), after);
  await ports.members.change(member.id, ['excluded'], { status: again.status, ...waits });
}
