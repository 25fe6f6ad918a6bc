// What the use cases need of personal calendar feeds; each is known by the hash of the secret in its address.
import type { Member, MembershipStatus } from '../domain/member.ts';

/** feedHash: null for none. */
export interface FeedChange {
  readonly feedHash: string | null;
  readonly from: readonly MembershipStatus[];
}

export interface Feeds {
  /** Who has switched on the feed with this hash; nobody who has left. */
  find(feedHash: string): Promise<Member | undefined>;
  /** A calendar program has read it for the first time. Nothing happens if it is on no more, or was read before. */
  noteRead(feedHash: string, at: Date): Promise<void>;
  /** Puts another feed, or none, in the place of the one that was seen; false if that is no longer the one, or the status no such one. */
  replace(memberId: string, seen: Pick<Member, 'feedHash'>, next: FeedChange): Promise<boolean>;
  /** That a feed has ended, without whose it was: the last time counts. Safe to repeat. */
  keepEnded(feedHash: string, at: Date): Promise<void>;
  /** Whether it ended since then. */
  hasEnded(feedHash: string, since: Date): Promise<boolean>;
  /** How many were forgotten. */
  forgetEnded(before: Date): Promise<number>;
}
