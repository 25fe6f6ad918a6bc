// To whom an issuer belongs. A platform's own words prove nothing: the first registration of a host that was let in has
// it, a later one gains nothing by the same name, and an administrator sees whom a newcomer resembles.
import { hostOf } from './addresses.ts';
import type { Reach } from './outbound.ts';
import type { Registration } from './ports.ts';

/** The lab that a registration was made for. */
export function labOf({ tenant, deployments }: Registration): string | undefined {
  return tenant ?? deployments.find((one) => one.status === 'approved')?.tenant;
}

/** A key set is asked for at a public address, unless an administrator named it or said so. */
export function reachOf({ privateAddresses, source, tenant }: Registration): Reach {
  // Before that was written down, only what came without an invitation was an administrator's.
  return (privateAddresses ?? (source === 'manual' && tenant === undefined)) ? 'any' : 'public';
}

/** Those that were let in, the first one first. */
export function inOrder(registrations: readonly Registration[]): Registration[] {
  const since = ({ approvedAt, createdAt }: Registration): number => (approvedAt ?? createdAt).getTime();
  return registrations
    .filter((one) => one.awaitsApproval !== true)
    .sort((a, b) => since(a) - since(b) || (a.id < b.id ? -1 : 1));
}

/** Hosts of everything that a registration names. */
export function hostsOf(registration: Registration): string[] {
  const { issuer, authorizationUrl, tokenUrl, keysetUrl, frameOrigins } = registration;
  return [...new Set([issuer, authorizationUrl, tokenUrl, keysetUrl, ...frameOrigins].map(hostOf))];
}

/** Whether nobody else is known, or waits for another lab, under the host of its issuer or another of its hosts. */
export function isNew(registration: Registration, all: readonly Registration[]): boolean {
  const [host, lab, hosts] = [hostOf(registration.issuer), labOf(registration), hostsOf(registration)];
  return all.every((other) => {
    const own = labOf(other) === lab;
    if (own && other.awaitsApproval === true) return true;
    return hostOf(other.issuer) !== host && (own || !hostsOf(other).some((one) => hosts.includes(one)));
  });
}

export type Likeness = 'registration' | 'issuer' | 'issuer_host' | 'client_id' | 'host';

/** Another registration that shares something with the one that waits; the strongest likeness is told. */
export interface Collision {
  likeness: Likeness;
  registration: Registration;
  /** The hosts that both name. */
  hosts: string[];
}

export function collisionsOf(registration: Registration, all: readonly Registration[]): Collision[] {
  const hosts = hostsOf(registration);
  return all
    .filter(({ id }) => id !== registration.id)
    .flatMap((other) => {
      const shared = hostsOf(other).filter((one) => hosts.includes(one));
      const likeness = likenessOf(registration, other) ?? (shared.length > 0 ? 'host' : undefined);
      return likeness === undefined ? [] : [{ likeness, registration: other, hosts: shared }];
    });
}

function likenessOf(one: Registration, other: Registration): Likeness | undefined {
  if (one.issuer === other.issuer) return one.clientId === other.clientId ? 'registration' : 'issuer';
  if (hostOf(one.issuer) === hostOf(other.issuer)) return 'issuer_host';
  return one.clientId === other.clientId ? 'client_id' : undefined;
}
