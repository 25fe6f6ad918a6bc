import type { Ports } from './ports.ts';
import type { SweepCount } from './sweep.ts';

const dayMs = 86_400_000;
/** Days after which the link between two persons is deleted: of a dialogue that closed, of a proposal that was none. */
const linkDays = 90;
const pairMarkMonths = 12;
const batchSize = 500;

/** Keeps what the charter promises about time: links for 90 days, marks of pairs for 12 months. Safe to repeat. */
export async function purgeEnded(ports: Ports): Promise<SweepCount> {
  const now = ports.clock.now();
  const linksBefore = new Date(now.getTime() - linkDays * dayMs);
  const marksBefore = new Date(now);
  marksBefore.setUTCMonth(marksBefore.getUTCMonth() - pairMarkMonths);
  let done = await ports.pairMarks.forgetBefore(marksBefore);
  done += await ports.retention.dropProposals(linksBefore);
  for (let unlinked = -1; unlinked !== 0; done += unlinked) {
    unlinked = await ports.retention.unlinkDialogues(linksBefore, batchSize);
  }
  return { done, failed: 0 };
}
