// Whoever holds an invitation connects a platform without being known: that, too, leaves its trace, before the platform is
// stored, whichever way they take.
import type { InviteStore } from '../lti/index.ts';
import { type AuditPorts, actorOf, audited, trace } from './usecases/audited.ts';

export function tracedInvites(invites: InviteStore, ports: AuditPorts): InviteStore {
  return {
    ...invites,
    claim: async (id, now) => {
      const invite = await invites.claim(id, now);
      if (!invite) return undefined;
      const actor = await actorOf(ports, { kind: 'invitation', key: id });
      await trace(ports, { actor, act: 'platform_connected', object: invite.tenant });
      return invite;
    },
    // The platform was not stored after all: the invitation is good again.
    release: async (id) => {
      const actor = await actorOf(ports, { kind: 'invitation', key: id });
      const release = { act: () => invites.release(id) };
      await audited(ports, { actor, act: 'invite_given_back' }, release);
    },
  };
}
