import { MentoringError } from '../domain/errors.ts';
import { openDoorsOf } from '../domain/member.ts';
import { endFeed } from './end-feed.ts';
import type { Ports } from './ports.ts';
import { getMember } from './records.ts';

/**
 * From now on only the account by which a record was made leads to it; said from that account, so that another one shuts out nobody.
 * What was taken over stays, and an exclusion goes on to mean every account that led here. Returns the ways in that are closed.
 * @throws MentoringError not_allowed from any other account
 */
export async function closeDoors(
  ports: Ports,
  { memberId, person }: { readonly memberId: string; readonly person: string },
): Promise<string[]> {
  const member = await getMember(ports, memberId);
  if (member.personKey !== person) throw new MentoringError('not_allowed');
  // First, so that no sweep joins them once more.
  for (const { id, status } of await ports.twins.listOf(memberId)) {
    if (status === 'joined') {
      await ports.twins.change(id, { from: ['joined'] }, { status: 'apart', endingId: null, joiningSince: null });
    }
  }
  if (member.doors?.length) await endFeed(ports, member);
  await ports.members.closeDoors(memberId);
  return openDoorsOf(member).filter((door) => door !== person);
}
