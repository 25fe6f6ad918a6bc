// Works off the outbox: claim, look up, write, hand over, record. Any number of copies may do so at the same time; what a
// crash leaves behind is taken up again when its lease ends.
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../domain/clock.ts';
import type { RenderMail } from './notices.ts';
import type { ClaimedNotice, Handover, LoadFacts, MailQueue, MailTransport, OutgoingMail } from './ports.ts';

export interface MailLogger {
  info(facts: Readonly<Record<string, unknown>>, sentence: string): void;
  error(facts: Readonly<Record<string, unknown>>, sentence: string): void;
}

export interface MailerParts {
  readonly queue: MailQueue;
  readonly load: LoadFacts;
  readonly render: RenderMail;
  readonly transport: MailTransport;
  readonly logger: MailLogger;
  /** The programme's clock: what is due, and when a mail is tried again. */
  readonly clock: Clock;
  /** Real time, for leases only. */
  readonly wallClock: Clock;
  /** Mails in hand at the same time; more than the transport has connections, since recording takes its time too. */
  readonly lanes?: number;
  readonly leaseMs?: number;
  /** Waits between attempts to record what became of a mail, in milliseconds of real time. */
  readonly pausesMs?: readonly number[];
}

export interface DeliveryCounts {
  sent: number;
  /** Given back, to be tried again. */
  retried: number;
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
/** About five days of "later" (RFC 5321, section 4.5.4.1), then it is given up. */
const mostTries = 40;

/** One minute, doubled at each try, four hours at most. */
export function backoffMs(tries: number): number {
  return Math.min(minute * 2 ** (tries - 1), 240 * minute);
}

type Outcome = keyof DeliveryCounts | 'unreachable';

export function createMailer(parts: MailerParts): Mailer {
  const { queue, clock, wallClock, lanes = 10, leaseMs = 5 * minute } = parts;
  return {
    async deliverDue({ limit = 10_000, signal } = {}) {
      const counts: DeliveryCounts = { sent: 0, retried: 0, refused: 0, dropped: 0, failed: 0 };
      const pass = { left: limit, ended: false };
      const work = async (): Promise<void> => {
        while (pass.left > 0 && !pass.ended && signal?.aborted !== true) {
          pass.left -= 1;
          const claim = await queue.claim({ now: clock.now(), wallNow: wallClock.now(), leaseMs });
          if (!claim) return;
          const outcome = await deliver(parts, claim);
          pass.ended ||= outcome === 'unreachable';
          counts[outcome === 'unreachable' ? 'retried' : outcome] += 1;
        }
      };
      // Every lane comes to its own end, whatever happens to another one.
      const ends = await Promise.allSettled(Array.from({ length: lanes }, work));
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
      return counts;
    },
  };
}

async function deliver(parts: MailerParts, claim: ClaimedNotice): Promise<Outcome> {
  const mail = await write(parts, claim);
  if (mail === 'dropped' || mail === 'failed') return mail;
  const handover = await parts.transport.send(mail);
  return insist(() => record(parts, claim, handover), parts.pausesMs);
}

/** The mail, ready to leave; a notice that cannot be written is put off, so that it stops nobody else's. */
async function write(parts: MailerParts, claim: ClaimedNotice): Promise<OutgoingMail | 'dropped' | 'failed'> {
  const { queue, load, render, clock, logger } = parts;
  try {
    const facts = await load(claim);
    if (facts) return render([{ notice: claim, facts }], { key: claim.key, now: clock.now() });
    await queue.giveUp(claim, 'dropped', clock.now());
    return 'dropped';
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    logger.error({ errorId: randomUUID().slice(0, 8), kind: claim.kind, error: name }, 'A mail was not written.');
    await queue.retryAt(claim, { at: later(clock.now(), backoffMs(claim.tries)), counts: true });
    return 'failed';
  }
}

/** Half a minute of trying: a mail that has left must be recorded, or it leaves again when the lease ends. */
const usualPausesMs = [250, 500, 1000, 2000, 4000, 8000, 16_000];

async function insist<T>(act: () => Promise<T>, pausesMs: readonly number[] = usualPausesMs): Promise<T> {
  for (const pauseMs of pausesMs) {
    try {
      return await act();
    } catch {
      await setTimeout(pauseMs);
    }
  }
  return act();
}

async function record({ queue, clock }: MailerParts, claim: ClaimedNotice, handover: Handover): Promise<Outcome> {
  const now = clock.now();
  switch (handover) {
    case 'accepted':
      await queue.markSent(claim, now);
      return 'sent';
    case 'refused':
      await queue.giveUp(claim, 'refused', now);
      return 'refused';
    case 'unreachable':
      // No try of this mail: when the server is back, nothing waits for hours.
      await queue.retryAt(claim, { at: later(now, minute), counts: false });
      return 'unreachable';
    case 'later':
      if (claim.tries >= mostTries) await queue.giveUp(claim, 'exhausted', now);
      else await queue.retryAt(claim, { at: later(now, backoffMs(claim.tries)), counts: true });
      return 'retried';
  }
}

function later(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
