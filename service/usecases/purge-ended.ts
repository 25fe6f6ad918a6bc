import { closingFactOf } from '../domain/report/closing-fact.ts';
import { marksSince } from './load-match-input.ts';
import { auditKeptSince } from '../domain/audit.ts';
import { emptyFeedsSince } from './read-feed.ts';
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
  done += await ports.retention.dropRequests(linksBefore);
  done += await ports.feeds.forgetEnded(emptyFeedsSince(ports));
  const now = ports.clock.now();
  done += await ports.coordinators.purge({ unusedUntil: now, revokedBefore: auditKeptSince(now) });
  for (;;) {
    const unlinked = await unlinkSome(ports, linksBefore);
    if (unlinked === 0) break;
    done += unlinked;
  }
  return { done, failed: 0 };
}

/**
 * Counts closed dialogues, then deletes them. Each gets a random name before it is counted and is counted under that name:
 * whoever repeats this, after a crash or at the same time, finds the name and adds nothing; and with the dialogue goes
 * the only thing that knew it. Returns how many were met.
 */
async function unlinkSome(ports: Ports, closedBefore: Date): Promise<number> {
  const ended = await ports.retention.nameEnded(closedBefore, { limit: batchSize, newName: ports.newId });
  const { zone } = ports.rules;
  await ports.closings.add(ended.map((dialogue) => closingFactOf(dialogue, { id: dialogue.countedAs, zone })));
  await ports.retention.unlink(ended);
  return ended.length;
}
