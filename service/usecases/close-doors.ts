import { MentoringError } from '../domain/errors.ts';
import { doorsOf } from '../domain/member.ts';
import type { Ports } from './ports.ts';
import { getMember } from './records.ts';

/**
 * From now on only the account by which a record was made leads to it; said from that account, so that another one shuts out nobody.
 * Returns the ways in that are closed.
 * @throws MentoringError not_allowed from any other account
 */
export async function closeDoors(
  ports: Ports,
  { memberId, person }: { readonly memberId: string; readonly person: string },
): Promise<string[]> {
  const member = await getMember(ports, memberId);
  if (member.personKey !== person) throw new MentoringError('not_allowed');
  const [, ...others] = doorsOf(member);
  await ports.members.closeDoors(memberId);
  return others.map(({ personKey }) => personKey);
}
