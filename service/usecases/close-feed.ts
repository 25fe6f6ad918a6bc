import { replaceFeed } from './end-feed.ts';
import type { Ports } from './ports.ts';

/** Switches the personal calendar feed off: its address shows nothing any more. Harmless when it is off. */
export async function closeFeed(ports: Ports, { memberId }: { memberId: string }): Promise<void> {
  await replaceFeed(ports, memberId, { feedHash: null, from: ['draft', 'active', 'paused', 'excluded', 'withdrawn'] });
}
