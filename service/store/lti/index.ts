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

/** Builds the indexes first. The connection must write with w=majority and journal=true. */
export async function createLtiStores(connection: Connection): Promise<LtiStores> {
  const [registrations, sessions, keys] = await Promise.all([
    createRegistrationStore(connection),
    createSessionStore(connection),
    createKeyStore(connection),
  ]);
  return { registrations, sessions, keys, invites: createInviteStore(connection) };
}
