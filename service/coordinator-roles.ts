// Who coordinates: named in the configuration by the platform's issuer and the platform's own name for the person. The
// right is given to one registration, the first of that issuer that was let in; whoever names the same issuer later gains
// nothing by it. Roles of the platform count for nothing, and a lab's coordinator is one in that lab only.
import { createHash } from 'node:crypto';
import type { Coordinator } from '../config/load-config.ts';
import { inOrder, type Launch, type RegistrationStore } from '../lti/index.ts';
import type { CoordinatorSeeds } from './domain/coordinator.ts';
import type { Role } from './http/enter.ts';

interface Sources {
  registrations: Pick<RegistrationStore, 'list'>;
  seeds: CoordinatorSeeds;
}

export interface CoordinatorRoles {
  of(launch: Pick<Launch, 'registrationId' | 'subject' | 'tenant'>): Promise<Role>;
  /** Gives each seed to the platform that is there for it; at the start of the service, before a later one can come. */
  bindAll(): Promise<void>;
}

export function coordinatorRoles(coordinators: readonly Coordinator[], sources: Sources): CoordinatorRoles {
  // A seed stays where it is, so what was read once stays true. Read only for those whom the configuration names.
  const known = new Map<Coordinator, string>();
  const registrationOf = async (seed: Coordinator): Promise<string | undefined> => {
    const found = known.get(seed) ?? (await bind(seed, sources));
    if (found !== undefined) known.set(seed, found);
    return found;
  };
  return {
    of: async ({ registrationId, subject, tenant }) => {
      const named = coordinators.filter((one) => one.subject === subject && (one.lab ?? tenant) === tenant);
      const bound = await Promise.all(named.map(registrationOf));
      const roles = named.filter((_one, index) => bound[index] === registrationId).map(({ role }) => role);
      return roles.find((role) => role === 'cross_lab_coordinator') ?? roles[0] ?? 'participant';
    },
    bindAll: async () => {
      await Promise.all(coordinators.map(registrationOf));
    },
  };
}

async function bind(seed: Coordinator, { registrations, seeds }: Sources): Promise<string | undefined> {
  const id = idOf(seed);
  const bound = await seeds.find(id);
  if (bound !== undefined) return bound;
  const [first] = inOrder(await registrations.list()).filter(({ issuer }) => issuer === seed.issuer);
  return first === undefined ? undefined : seeds.bindOnce(id, first.id);
}

/** Of what gives the right, and not of how to write to the person. */
function idOf({ issuer, subject, role, lab = '' }: Coordinator): string {
  return createHash('sha256')
    .update(JSON.stringify([issuer, subject, role, lab]))
    .digest('base64url');
}
