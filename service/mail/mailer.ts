// Works off the outbox: claim, look up, write, hand over, record. Any number of copies may do so at the same time; what a
// crash leaves behind is taken up again when its lease ends.
import { deliverNudge } from './nudge.ts';
import { handOver, holdBack, open, type DeliveryParts, type Outcome } from './delivery.ts';
import { isNudge } from './notices.ts';
import type { ClaimedNotice } from './ports.ts';

export interface MailerParts extends DeliveryParts {
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

export function createMailer(parts: MailerParts): Mailer {
  const { queue, clock, wallClock, lanes = 10, leaseMs = 5 * minute } = parts;
  return {
    async deliverDue({ limit = 10_000, signal } = {}) {
      const counts: DeliveryCounts = { sent: 0, retried: 0, postponed: 0, refused: 0, dropped: 0, failed: 0 };
      const pass = { left: limit, ended: false };
      const working: Promise<void>[] = [];
      const openLane = (): void => void (working.length < lanes && working.push(work()));
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
      // Every lane comes to its own end, whatever happens to another one.
      const ends: PromiseSettledResult<void>[] = [];
      while (ends.length < working.length) ends.push(...(await Promise.allSettled(working.slice(ends.length))));
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
      return counts;
    },
  };
}

async function deliver(parts: DeliveryParts, claim: ClaimedNotice): Promise<Outcome[]> {
  const letter = await open(parts, claim);
  if (typeof letter === 'string') return [letter];
  const held = await holdBack(parts, letter);
  if (held) return [held];
  return isNudge(claim.kind) ? deliverNudge(parts, letter) : handOver(parts, [letter], letter.mail);
}
