import { takingPart } from '../domain/member.ts';
import { MentoringError } from '../domain/errors.ts';
import { endFeed } from './end-feed.ts';
import type { Ports } from './ports.ts';
import { getMember } from './records.ts';

/**
 * Switches the personal calendar feed on, or gives it a new address: the old one shows nothing any more. The secret is told
 * this once; only its hash is kept.
 */
export async function openFeed(ports: Ports, { memberId }: { memberId: string }): Promise<string> {
  const token = ports.secrets.make();
  const feedHash = ports.secrets.hash(token);
  await endFeed(ports, await getMember(ports, memberId));
  if (!(await ports.members.change(memberId, takingPart, { feedHash, feedRead: null }))) {
    throw new MentoringError('not_found');
  }
  return token;
}
