import { MentoringError } from '../domain/errors.ts';
import type { Member } from '../domain/member.ts';
import type { FeedChange, Ports } from './ports.ts';
import { getMember } from './records.ts';

const dayMs = 86_400_000;

/**
 * The address of a feed that is about to end goes on to answer, with an empty calendar: programs forget what they showed only if
 * they are told that there is nothing. Safe to repeat, and harmless if the act that follows is not done. Only the day is kept: an
 * instant would be found again in the record of whoever left.
 */
export async function endFeed(ports: Ports, { feedHash }: Pick<Member, 'feedHash'>): Promise<void> {
  if (feedHash === undefined) return;
  const day = new Date(Math.floor(ports.clock.now().getTime() / dayMs) * dayMs);
  await ports.feeds.keepEnded(feedHash, day);
}

/** Another feed, or none, for a member; of two who change it at once, each ends the one it found. @throws MentoringError not_found */
export async function replaceFeed(ports: Ports, memberId: string, next: FeedChange): Promise<void> {
  for (;;) {
    const member = await getMember(ports, memberId);
    if (!next.from.includes(member.status)) throw new MentoringError('not_found');
    await endFeed(ports, member);
    if (await ports.feeds.replace(memberId, member, next)) return;
  }
}

/** What a member's record keeps of a feed that is off. */
export const noFeed = { feedHash: null, feedReadAt: null } as const;
