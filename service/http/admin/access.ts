// Who may administer: whoever holds a link that the command line printed, once, and then a session of half an hour.
import { createHash, createHmac, randomBytes } from 'node:crypto';
import {
  type AdminLink,
  adminLinkMinutes,
  type AdminPasses,
  type AdminSession,
  adminSessionMinutes,
} from '../../domain/admin-pass.ts';
import type { Clock } from '../../domain/clock.ts';
import type { AuditActor } from '../../domain/audit.ts';
import type { Locale } from '../../domain/terms.ts';
import { actorOf, audited, type AuditPorts } from '../../usecases/audited.ts';

export interface AdminAccess {
  /** A one-time link for an administrator of this name, good for 15 minutes. The token is in the link only. */
  createLink(administrator: { readonly name: string }): Promise<{ url: string; expiresAt: Date }>;
  isOpen(token: string): Promise<boolean>;
  /** Uses the link up. @returns the secret of a new session, or undefined when the link is not good (any more) */
  enter(token: string, locale: Locale): Promise<string | undefined>;
  find(secret: string): Promise<AdminSession | undefined>;
  /** As whom the audit trail knows whoever has the session. */
  actorOf(session: Pick<AdminSession, 'actorId'>): Promise<AuditActor>;
  speak(session: AdminSession, locale: Locale): Promise<void>;
  leave(session: AdminSession): Promise<void>;
  /** Deletes links and sessions that have ended; returns how many. */
  tidy(): Promise<number>;
}

export interface AdminAccessOptions {
  readonly passes: AdminPasses;
  /** Real time: links and sessions are no part of the programme. */
  readonly clock: Clock;
  /** Origin of the service. */
  readonly baseUrl: string;
  readonly audit: AuditPorts;
}

const shape = /^[\w-]{43}$/u;
const minuteMs = 60_000;

const secretText = (): string => randomBytes(32).toString('base64url');
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** The token of every form of a session: whoever does not hold the session's secret cannot make it. */
export function csrfOf(secret: string): string {
  return createHmac('sha256', secret).update('admin csrf').digest('base64url');
}

/** One name is one administrator, however it is typed. */
export function administratorOf(name: string) {
  const label = name
    .replace(/\p{C}+/gu, ' ')
    .trim()
    .replace(/\s+/gu, ' ')
    .normalize('NFC');
  return { kind: 'administrator', key: label.toLowerCase(), label } as const;
}

const unnamed = administratorOf('unnamed (before this version)');

export function createAdminAccess({ passes, clock, baseUrl, audit }: AdminAccessOptions): AdminAccess {
  const actor: AdminAccess['actorOf'] = async ({ actorId }) =>
    actorId === undefined ? actorOf(audit, unnamed) : { kind: 'administrator', id: actorId };
  const inMinutes = (minutes: number): Date => new Date(clock.now().getTime() + minutes * minuteMs);
  const findLink = async (token: string): Promise<AdminLink | undefined> =>
    shape.test(token) ? passes.findLink(hashOf(token), clock.now()) : undefined;
  return {
    createLink: async ({ name }) => {
      await passes.purge(clock.now());
      const token = secretText();
      const expiresAt = inMinutes(adminLinkMinutes);
      const { id: actorId } = await actorOf(audit, administratorOf(name));
      await passes.insertLink({ id: hashOf(token), expiresAt, actorId });
      return { url: `${baseUrl}/admin/enter/${token}`, expiresAt };
    },
    isOpen: async (token) => (await findLink(token)) !== undefined,
    enter: async (token, locale) => {
      const link = await findLink(token);
      if (!link) return undefined;
      const begin = async (): Promise<string | undefined> => {
        const secret = secretText();
        const id = hashOf(secret);
        await passes.insertSession({ ...link, id, locale, expiresAt: inMinutes(adminSessionMinutes) });
        // Last, so that a link is good until something came of it; nobody has the session's secret before.
        if (await passes.claimLink(hashOf(token), clock.now())) return secret;
        await passes.endSession(id);
        return undefined;
      };
      const entry = { actor: await actor(link), act: 'admin_entered' } as const;
      return audited(audit, entry, { act: begin, isDone: (secret) => secret !== undefined });
    },
    find: async (secret) => (shape.test(secret) ? passes.findSession(hashOf(secret), clock.now()) : undefined),
    actorOf: actor,
    speak: (session, locale) => passes.saveLocale(session.id, locale),
    leave: (session) => passes.endSession(session.id),
    tidy: () => passes.purge(clock.now()),
  };
}
