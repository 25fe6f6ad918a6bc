import { takingPart } from '../domain/member.ts';
import { replaceFeed } from './end-feed.ts';
import type { Ports } from './ports.ts';

/**
 * Switches the personal calendar feed on, or gives it a new address: the old one shows nothing any more. The secret is told
 * this once; only its hash is kept. @throws MentoringError not_found for somebody who does not take part
 */
export async function openFeed(ports: Ports, { memberId }: { memberId: string }): Promise<string> {
  const token = ports.secrets.make();
  await replaceFeed(ports, memberId, { feedHash: ports.secrets.hash(token), from: takingPart });
  return token;
}
