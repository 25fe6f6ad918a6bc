// How a platform comes in: let in by an administrator, at once when its own host has proved a new issuer, or else kept
// waiting until an administrator has looked at it. Unique indexes decide between those that come together.
import { hostOf } from './addresses.ts';
import { LtiError } from './errors.ts';
import { isNew, labOf } from './ownership.ts';
import type { Registration, RegistrationStore } from './ports.ts';

type Store = Pick<RegistrationStore, 'list' | 'insert' | 'approve'>;

/** By an administrator, who may give an issuer to a second lab; the first one stays the issuer's own. */
export async function letIn(store: Store, registration: Registration): Promise<Registration> {
  const owner = { ...registration, ownedHost: hostOf(registration.issuer) };
  return ifOwned(
    () => store.insert(owner).then(() => owner),
    () => store.insert(registration).then(() => registration),
  );
}

/** By dynamic registration. proven: its configuration came from the issuer's own host. */
export async function letInIfNew(store: Store, registration: Registration, proven: boolean): Promise<Registration> {
  const wait = (): Promise<Registration> => keepWaiting(store, registration);
  if (!proven || !isNew(registration, await store.list())) return wait();
  const owner = { ...registration, ownedHost: hostOf(registration.issuer) };
  return ifOwned(() => store.insert(owner).then(() => owner), wait);
}

/** @throws LtiError registration_exists when it is let in already, or waits for the same lab */
export async function keepWaiting(store: Store, registration: Registration): Promise<Registration> {
  const { issuer, clientId, approvedAt: _not, ...facts } = registration;
  const lab = labOf(registration);
  const twins = (await store.list()).filter((one) => one.issuer === issuer && one.clientId === clientId);
  // What another lab only claims keeps nobody out: an administrator sees both.
  if (twins.some((one) => one.awaitsApproval !== true || labOf(one) === lab)) throw new LtiError('registration_exists');
  const deployments = facts.deployments.map(({ id, firstSeenAt }) => ({ id, status: 'pending', firstSeenAt }) as const);
  const waiting = { ...facts, issuer, clientId, active: false, awaitsApproval: true, deployments };
  await store.insert(waiting);
  return waiting;
}

export interface Decision {
  at: Date;
  privateAddresses: boolean;
}

/** @throws LtiError registration_not_found when it does not wait, registration_exists */
export async function approve(store: Store, id: string, { at, privateAddresses }: Decision): Promise<void> {
  const waiting = (await store.list()).find((one) => one.id === id && one.awaitsApproval === true);
  const tenant = waiting === undefined ? undefined : labOf(waiting);
  if (waiting === undefined || tenant === undefined) throw new LtiError('registration_not_found');
  const approval = { at, tenant, privateAddresses };
  await ifOwned(
    () => store.approve(id, { ...approval, ownedHost: hostOf(waiting.issuer) }),
    () => store.approve(id, approval),
  );
}

async function ifOwned<T>(write: () => Promise<T>, otherwise: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof LtiError) || error.code !== 'issuer_owned') throw error;
    return otherwise();
  }
}
