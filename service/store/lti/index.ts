// The stores of lti's ports, all on one connection.
import type { Connection } from 'mongoose';
import type { InviteStore, KeyStore, RegistrationStore, SessionStore } from '../../../lti/index.ts';
import { createInviteStore } from './invites.ts';
import { createKeyStore } from './keys.ts';
import { createRegistrationStore } from './registrations.ts';
import { createSessionStore } from './sessions.ts';

export interface LtiStores {
  registrations: RegistrationStore;
  sessions: SessionStore;
  keys: KeyStore;
  invites: InviteStore;
}

/** Their indexes are made with all others (store/indexes). The connection must write with w=majority and journal=true. */
export function createLtiStores(connection: Connection): LtiStores {
  return {
    registrations: createRegistrationStore(connection),
    sessions: createSessionStore(connection),
    keys: createKeyStore(connection),
    invites: createInviteStore(connection),
  };
}
