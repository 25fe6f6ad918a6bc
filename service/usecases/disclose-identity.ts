import type { AuditRecord } from '../domain/audit.ts';
import { partnerOf } from '../domain/dialogue.ts';
import type { ShownIdentity, ShownPerson, Unreachable } from '../domain/disclosure.ts';
import type { Member } from '../domain/member.ts';
import { subjectOf, trace } from './audited.ts';
import { findWanted, type Wanted } from './find-wanted.ts';
import { notify } from './notify.ts';
import type { Ports } from './ports.ts';

interface Found {
  readonly member: Member;
  readonly partners: readonly Member[];
}

/**
 * Shows who somebody is, after everybody of whom something is shown has a letter in the outbox: a crash in between shows
 * nothing. look: the trace of this call, written before. The same call made again is another look, with letters of its own.
 */
export async function discloseIdentity(
  ports: Ports,
  { look, wanted }: { readonly look: AuditRecord; readonly wanted: Wanted },
): Promise<ShownIdentity[]> {
  const members = await findWanted(ports, wanted);
  await traceAll(ports, look, members);
  const found = await Promise.all(
    members.map(async (member) => ({ member, partners: await partnersOf(ports, member) })),
  );
  await tellAll(ports, look, peopleIn(found));
  return found.map(({ member, partners }) => ({
    ...shown(ports, member),
    status: member.status,
    partners: partners.map((partner) => shown(ports, partner)),
  }));
}

/** The call's own trace names one person at most: whoever shares the address, or came in meanwhile, has one of their own. */
async function traceAll(ports: Ports, look: AuditRecord, members: readonly Member[]): Promise<void> {
  const { actor, act, reason } = look;
  for (const { personKey } of members) {
    const subject = await subjectOf(ports, personKey);
    if (subject !== look.subject) await trace(ports, { actor, act, subject, ...(reason !== undefined && { reason }) });
  }
}

async function partnersOf({ dialogues, members }: Ports, { id }: Member): Promise<Member[]> {
  const open = await dialogues.listOpenOf(id);
  return members.findMany([...new Set(open.map((dialogue) => partnerOf(dialogue, id)))]);
}

/** Each once, whoever they are to whom. */
function peopleIn(found: readonly Found[]): Member[] {
  const all = found.flatMap(({ member, partners }) => [member, ...partners]);
  return [...new Map(all.map((one) => [one.id, one])).values()];
}

/**
 * One letter a person and look, the same for all: it names the look by its number, and nobody. Of whoever cannot be told
 * the trail says so, without a pseudonym: two of them side by side would keep for a year who had a dialogue with whom.
 */
async function tellAll(ports: Ports, { seq, actor }: AuditRecord, people: readonly Member[]): Promise<void> {
  const subjectId = String(seq);
  const told = people.filter((one) => whyNotTold(ports, one) === undefined);
  const recipients = told.map(({ id: memberId, labId }) => ({ memberId, labId }));
  await notify(ports, recipients, { kind: 'identity_disclosed', subjectId });
  for (let untold = people.length - told.length; untold > 0; untold -= 1) {
    await trace(ports, { actor, act: 'disclosure_untold', object: subjectId });
  }
}

function whyNotTold({ rules }: Pick<Ports, 'rules'>, member: Member): Unreachable | undefined {
  if (!rules.labs.has(member.labId)) return 'lab_gone';
  // Also whoever has left, as long as their record is kept: leaving is no way around the letter.
  return member.email === '' ? 'no_address' : undefined;
}

function shown(ports: Ports, member: Member): ShownPerson {
  const { name, email, labId } = member;
  const notTold = whyNotTold(ports, member);
  return { name, email, labId, ...(notTold && { notTold }) };
}
