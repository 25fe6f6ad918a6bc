// Whoever holds an invitation connects a platform without being known: that, too, leaves its trace, before the platform is
// stored, whichever way they take.
import type { InviteStore } from '../lti/index.ts';
import type { AuditEntry } from './domain/audit.ts';
import { type AuditPorts, actorOf, trace } from './usecases/audited.ts';

export function tracedInvites(invites: InviteStore, ports: AuditPorts): InviteStore {
  const traceOf = async (key: string, entry: Omit<AuditEntry, 'actor'>): Promise<void> => {
    await trace(ports, { actor: await actorOf(ports, { kind: 'invitation', key }), ...entry });
  };
  return {
    ...invites,
    claim: async (id, now) => {
      const invite = await invites.claim(id, now);
      if (!invite) return undefined;
      try {
        await traceOf(id, { act: 'platform_connected', object: invite.tenant });
        return invite;
      } catch (error) {
        // Nothing is done without its trace, and what was not done uses nothing up.
        await invites.release(id);
        throw error;
      }
    },
    // The platform was not stored after all: the invitation is good again, also when this cannot be written down.
    release: async (id) => {
      try {
        await traceOf(id, { act: 'invite_given_back' });
      } finally {
        await invites.release(id);
      }
    },
  };
}
