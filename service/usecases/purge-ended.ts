import { marksSince } from './load-match-input.ts';
import type { Ports } from './ports.ts';
import type { SweepCount } from './sweep.ts';

const dayMs = 86_400_000;
/** Days after which the link between two persons is deleted: of a dialogue that closed, of a proposal that was none. */
const linkDays = 90;
const batchSize = 500;

/** Keeps what the charter promises about time: links for 90 days, marks of pairs for 12 months. Safe to repeat. */
export async function purgeEnded(ports: Ports): Promise<SweepCount> {
  const linksBefore = new Date(ports.clock.now().getTime() - linkDays * dayMs);
  let done = await ports.pairMarks.forgetBefore(marksSince(ports));
  done += await ports.retention.dropProposals(linksBefore);
  for (;;) {
    const unlinked = await ports.retention.unlinkDialogues(linksBefore, batchSize);
    if (unlinked === 0) break;
    done += unlinked;
  }
  return { done, failed: 0 };
}
