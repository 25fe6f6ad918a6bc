// Works off the outbox: claim, look up, write, hand over, record. Any number of copies may do so at the same time; what a
// crash leaves behind is taken up again when its lease ends.
import { createDoubts } from './doubts.ts';
import { deliverNudge } from './nudge.ts';
import { handOver, holdBack, open, type DeliveryParts, type Outcome } from './delivery.ts';
import { isNudge } from './notices.ts';
import type { ClaimedNotice } from './ports.ts';
import { deliverInThread } from './thread.ts';

export interface MailerParts extends Omit<DeliveryParts, 'doubts'> {
  /** Mails in hand at the same time; more than the transport has connections, since recording takes its time too. */
  readonly lanes?: number;
  readonly leaseMs?: number;
}

/** Notices by what became of them; a mail may hold several. */
export interface DeliveryCounts {
  sent: number;
  /** Given back, to be tried again. */
  retried: number;
  /** Given back untried: not the hour, or not the person's turn. */
  postponed: number;
  refused: number;
  dropped: number;
  /** Could not be written: a bug, logged with an id. */
  failed: number;
}

export interface Mailer {
  /** Sends what is due, oldest first, at most `limit`; ends early when the server is away or `signal` says so. */
  deliverDue(options?: { limit?: number; signal?: AbortSignal }): Promise<DeliveryCounts>;
}

const minute = 60_000;

export function createMailer(given: MailerParts): Mailer {
  const { queue, clock, wallClock, lanes = 10, leaseMs = 5 * minute } = given;
  const parts: DeliveryParts = { ...given, doubts: createDoubts() };
  return {
    async deliverDue({ limit = 10_000, signal } = {}) {
      const counts: DeliveryCounts = { sent: 0, retried: 0, postponed: 0, refused: 0, dropped: 0, failed: 0 };
      const pass = { left: limit, ended: false };
      const working: Promise<void>[] = [];
      const failures: unknown[] = [];
      const openLane = (): void => {
        // Every lane comes to its own end, whatever happens to another one.
        if (working.length < lanes) working.push(work().catch((error: unknown) => void failures.push(error)));
      };
      const work = async (): Promise<void> => {
        for (let first = true; pass.left > 0 && !pass.ended && signal?.aborted !== true; first = false) {
          pass.left -= 1;
          const claim = await queue.claim({ now: clock.now(), wallNow: wallClock.now(), leaseMs });
          if (!claim) return;
          // Another one only where there was something to do: most passes find nothing.
          if (first) openLane();
          for (const outcome of await deliver(parts, claim)) {
            pass.ended ||= outcome === 'unreachable';
            counts[outcome === 'unreachable' ? 'retried' : outcome] += 1;
          }
        }
      };
      openLane();
      for (let lane = 0; lane < working.length; lane += 1) await working[lane];
      if (failures.length > 0) throw failures[0];
      return counts;
    },
  };
}

async function deliver(parts: DeliveryParts, claim: ClaimedNotice): Promise<Outcome[]> {
  const letter = await open(parts, claim);
  if (typeof letter === 'string') return [letter];
  const held = await holdBack(parts, letter);
  if (held) return [held];
  if (isNudge(claim.kind)) return deliverNudge(parts, letter);
  return claim.thread === undefined ? handOver(parts, [letter], letter.mail) : deliverInThread(parts, letter);
}
