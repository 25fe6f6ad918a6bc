// Two hints travel through the tool's login: who is meant (a keyed hash, never a name) and which launch (works once).
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Message } from './claims.ts';
import type { Clock } from './types.ts';

const hintLifeMs = 10 * 60_000;
const maximumPending = 10_000;

export interface PendingLaunch {
  clientId: string;
  subject: string;
  message: Message;
}

/** What was begun and must come back: each ticket can be taken once, within ten minutes unless told. */
export class Tickets<T> {
  readonly #pending = new Map<string, { value: T; endsAt: number }>();
  readonly #clock: Clock;

  readonly #lifeMs: number;

  constructor(clock: Clock, lifeMs = hintLifeMs) {
    this.#clock = clock;
    this.#lifeMs = lifeMs;
  }

  issue(value: T): string {
    const ticket = randomBytes(18).toString('base64url');
    this.#pending.set(ticket, { value, endsAt: this.#clock.now().getTime() + this.#lifeMs });
    this.#forgetOld();
    return ticket;
  }

  /** Looks without taking, so that a refused attempt by someone else does not spend the ticket. */
  see(ticket: string): T | undefined {
    const found = this.#pending.get(ticket);
    return found !== undefined && found.endsAt > this.#clock.now().getTime() ? found.value : undefined;
  }

  take(ticket: string): T | undefined {
    const value = this.see(ticket);
    this.#pending.delete(ticket);
    return value;
  }

  // Map keeps the order of insertion and all lives are equal, so the oldest ends first.
  #forgetOld(): void {
    const now = this.#clock.now().getTime();
    for (const [ticket, { endsAt }] of this.#pending) {
      if (endsAt > now && this.#pending.size <= maximumPending) return;
      this.#pending.delete(ticket);
    }
  }
}

export function loginHint(secret: Buffer, clientId: string, subject: string): string {
  return keyedHash(secret, ['login_hint', clientId, subject]);
}

export function keyedHash(secret: Buffer, parts: readonly string[]): string {
  return createHmac('sha256', secret).update(JSON.stringify(parts)).digest('base64url');
}

export function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
