// The way into administration: a link that serves once, then a short session. Of both, only the SHA-256 of a secret is kept.
import type { Locale } from './terms.ts';

export const adminLinkMinutes = 15;
export const adminSessionMinutes = 30;

export interface AdminSession {
  readonly id: string;
  /** Pseudonym in the audit trail of whoever the link was made for; absent in passes of an earlier version. */
  readonly actorId?: string;
  readonly locale: Locale;
  readonly expiresAt: Date;
}

/** What is known of whoever holds a link. */
export type AdminLink = Pick<AdminSession, 'actorId'>;

/** Where links and sessions are kept; `id` is always the hash of a secret. */
export interface AdminPasses {
  insertLink(link: Omit<AdminSession, 'locale'>): Promise<void>;
  /** undefined when it is not good any more; uses nothing up. */
  findLink(id: string, now: Date): Promise<AdminLink | undefined>;
  /** Uses the link up, atomically. @returns true for one caller only */
  claimLink(id: string, now: Date): Promise<boolean>;
  insertSession(session: AdminSession): Promise<void>;
  findSession(id: string, now: Date): Promise<AdminSession | undefined>;
  saveLocale(id: string, locale: Locale): Promise<void>;
  endSession(id: string): Promise<void>;
  /** Deletes whatever ended before `now`; returns how many. */
  purge(now: Date): Promise<number>;
}
