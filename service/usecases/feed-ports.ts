// What the use cases need of personal calendar feeds; each is known by the hash of the secret in its address.
import type { Member } from '../domain/member.ts';

export interface Feeds {
  /** Who has switched on the feed with this hash; nobody who has left. */
  find(feedHash: string): Promise<Member | undefined>;
  /** A calendar program has read it: mails need not bring the same entries. Nothing happens if it is on no more. */
  noteRead(feedHash: string): Promise<void>;
  /** That a feed has ended, without whose it was. Safe to repeat. */
  keepEnded(feedHash: string, at: Date): Promise<void>;
  /** Whether it ended since then. */
  hasEnded(feedHash: string, since: Date): Promise<boolean>;
  /** How many were forgotten. */
  forgetEnded(before: Date): Promise<number>;
}
