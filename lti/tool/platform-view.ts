// A platform as administrators see it: its state and what is wrong with it; and, where it waits for their approval, whom
// it resembles and which keys it signs with.
import { hostOf } from './addresses.ts';
import { LtiError } from './errors.ts';
import type { KeyFacts, KeySets } from './key-sets.ts';
import { type Collision, collisionsOf, labOf, reachOf } from './ownership.ts';
import type { Deployment, Registration } from './ports.ts';

const DAY_MS = 86_400_000;
const QUIET_DAYS = 30;

export interface PlatformView {
  registration: Registration;
  /** to_approve: nobody enters before an administrator has approved it. waiting: for its first deployment. */
  state: 'to_approve' | 'waiting' | 'ready' | 'off';
  pendingDeployments: Deployment[];
  /** Codes for plain sentences: never_launched, deployment_pending, quiet, or the last refusal's code when newer than the last launch. */
  problems: string[];
}

export interface PlatformReview {
  registration: Registration;
  /** Lab that the invitation was for. */
  tenant: string | undefined;
  /** What each address is for, the address, and its host in the letters that a browser asks for. */
  addresses: { of: AddressOf; url: string; host: string }[];
  /** The keys now, or why they could not be read. */
  keys: KeyFacts[] | { problem: string };
  collisions: Collision[];
}

export type AddressOf = 'issuer' | 'authorization' | 'keyset' | 'token' | 'frame';

export function viewOf(registration: Registration, now: Date): PlatformView {
  const { lastLaunchAt, lastProblem, active, deployments } = registration;
  const pendingDeployments = deployments.filter((one) => one.status === 'pending');
  const problems: string[] = [];
  if (registration.awaitsApproval === true)
    return { registration, state: 'to_approve', pendingDeployments: [], problems };
  if (pendingDeployments.length > 0) problems.push('deployment_pending');
  if (lastLaunchAt === undefined) problems.push('never_launched');
  else if (now.getTime() - lastLaunchAt.getTime() > QUIET_DAYS * DAY_MS) problems.push('quiet');
  if (lastProblem !== undefined && (lastLaunchAt === undefined || lastProblem.at > lastLaunchAt)) {
    problems.push(lastProblem.code);
  }
  const ready = deployments.some((one) => one.status === 'approved');
  return { registration, state: active ? (ready ? 'ready' : 'waiting') : 'off', pendingDeployments, problems };
}

export async function reviewOf(
  registration: Registration,
  { all, keySets }: { all: readonly Registration[]; keySets: KeySets },
): Promise<PlatformReview> {
  const { issuer, authorizationUrl, keysetUrl, tokenUrl, frameOrigins } = registration;
  const named: [AddressOf, string][] = [
    ['issuer', issuer],
    ['authorization', authorizationUrl],
    ['keyset', keysetUrl],
    ['token', tokenUrl],
    ...frameOrigins.map((origin): [AddressOf, string] => ['frame', origin]),
  ];
  return {
    registration,
    tenant: labOf(registration),
    addresses: named.map(([of, url]) => ({ of, url, host: hostOf(url) })),
    keys: await keySets.look({ url: keysetUrl, reach: reachOf(registration) }).catch(problemOf),
    collisions: collisionsOf(registration, all),
  };
}

function problemOf(error: unknown): { problem: string } {
  if (!(error instanceof LtiError)) throw error;
  return { problem: error.message };
}
