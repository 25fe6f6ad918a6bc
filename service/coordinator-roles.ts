// Who coordinates: named in configuration by the platform's issuer and the platform's own name for the person. Roles of
// the platform count for nothing, and a lab's coordinator is one in that lab only.
import type { Coordinator } from '../config/load-config.ts';
import type { Launch, RegistrationStore } from '../lti/index.ts';
import type { Role } from './http/enter.ts';

export function coordinatorRoles(
  coordinators: readonly Coordinator[],
  registrations: Pick<RegistrationStore, 'list'>,
): (launch: Pick<Launch, 'registrationId' | 'subject' | 'tenant'>) => Promise<Role> {
  // A registration's issuer never changes, so what was read once stays true.
  const issuers = new Map<string, string>();
  const issuerOf = async (registrationId: string): Promise<string | undefined> => {
    if (!issuers.has(registrationId)) {
      for (const { id, issuer } of await registrations.list()) issuers.set(id, issuer);
    }
    return issuers.get(registrationId);
  };
  return async ({ registrationId, subject, tenant }) => {
    const named = coordinators.filter((one) => one.subject === subject && (one.lab ?? tenant) === tenant);
    if (named.length === 0) return 'participant';
    const issuer = await issuerOf(registrationId);
    const roles = named.filter((one) => one.issuer === issuer).map(({ role }) => role);
    return roles.find((role) => role === 'cross_lab_coordinator') ?? roles[0] ?? 'participant';
  };
}
