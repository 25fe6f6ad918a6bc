import type { Ports } from './ports.ts';

/** Switches the personal calendar feed off: its address leads nowhere any more. Harmless when it is off. */
export async function closeFeed(ports: Ports, { memberId }: { memberId: string }): Promise<void> {
  await ports.members.change(memberId, ['draft', 'active', 'paused', 'excluded', 'withdrawn'], { feedHash: null });
}
