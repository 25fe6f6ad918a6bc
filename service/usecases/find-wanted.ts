import type { Member } from '../domain/member.ts';
import type { Ports } from './ports.ts';

/** How somebody who is looked up is named: by an address, a pseudonym of the audit trail, or what both sides call a case. */
export type Wanted = { readonly email: string } | { readonly pseudonym: string } | { readonly reference: string };

/** Who is meant, as long as there is a record of them: nobody, one, or all those who go by the same address. */
export async function findWanted(ports: Ports, wanted: Wanted): Promise<Member[]> {
  const found = await lookFor(ports, wanted);
  return found.flatMap((member) => (member === undefined || member.status === 'erased' ? [] : [member]));
}

async function lookFor(ports: Ports, wanted: Wanted): Promise<(Member | undefined)[]> {
  const { members, cases, auditPeople } = ports;
  if ('email' in wanted) return byAddress(ports, wanted.email);
  if ('pseudonym' in wanted) {
    const personKey = await auditPeople.findPersonKey(wanted.pseudonym);
    return [personKey === undefined ? undefined : await members.findByPerson(personKey)];
  }
  const owner = await cases.findOwner(wanted.reference);
  return [owner === undefined ? undefined : await members.find(owner)];
}

/** Those whose address it is now; otherwise those who gave it before. Anybody can give any address. */
async function byAddress({ members, hasher }: Ports, email: string): Promise<Member[]> {
  const hash = hasher.email(email);
  const ever = await members.listByAddress(hash);
  const now = ever.filter((one) => hasher.email(one.email) === hash);
  return now.length > 0 ? now : ever;
}
