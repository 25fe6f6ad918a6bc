import { endFeed, noFeed } from './end-feed.ts';
import type { Ports } from './ports.ts';
import { getMember } from './records.ts';

/** Switches the personal calendar feed off: its address shows nothing any more. Harmless when it is off. */
export async function closeFeed(ports: Ports, { memberId }: { memberId: string }): Promise<void> {
  await endFeed(ports, await getMember(ports, memberId));
  await ports.members.change(memberId, ['draft', 'active', 'paused', 'excluded', 'withdrawn'], noFeed);
}
