import type { Member } from '../domain/member.ts';
import type { Ports } from './ports.ts';

/**
 * The address of a feed that is about to end goes on to answer, with an empty calendar: programs forget what they showed only if
 * they are told that there is nothing. Safe to repeat, and harmless if the act that follows is not done.
 */
export async function endFeed(ports: Ports, { feedHash }: Pick<Member, 'feedHash'>): Promise<void> {
  if (feedHash !== undefined) await ports.feeds.keepEnded(feedHash, ports.clock.now());
}

/** What a member's record keeps of a feed that is off. */
export const noFeed = { feedHash: null, feedRead: null } as const;
