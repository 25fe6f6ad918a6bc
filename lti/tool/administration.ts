// What a platform administrator does, for pages and command line alike: connect, approve, switch off, invite, look.
// Needs no Express and no running tool.
import { z } from 'zod';
import { isLoopbackName, originsOf } from './addresses.ts';
import { LtiError } from './errors.ts';
import { digest, randomToken } from './keyring.ts';
import type { Clock, Deployment, Invite, InviteStore, KeyStore, Registration, RegistrationStore } from './ports.ts';

const INVITE_DAYS = 14;
const DAY_MS = 86_400_000;
const QUIET_DAYS = 30;

export interface AdministrationOptions {
  baseUrl: string;
  clock: Clock;
  registrations: RegistrationStore;
  keys: KeyStore;
  invites: InviteStore;
  /** Called after each change, so that a tool in this process reads its registry again. */
  onChange?: () => void;
}

const address = z.url({ protocol: /^https?$/ }).refine((text) => {
  const url = new URL(text);
  return url.protocol === 'https:' || isLoopbackName(url.hostname);
}, 'must begin with https:// (http only on this machine)');
const text = z.string().trim().min(1).max(255);

/** Everything a person types to connect a platform by hand. */
export const platformForm = z.strictObject({
  name: text,
  issuer: z.string().trim().min(1).max(255),
  clientId: text,
  authorizationUrl: address,
  tokenUrl: address,
  keysetUrl: address,
  tokenAudience: text.optional(),
  /** Beside the origins of issuer and authorisation URL, which are always allowed to frame. */
  frameOrigins: z.array(address).default([]),
  deploymentId: text.optional(),
  tenant: text.optional(),
});
export type PlatformForm = z.input<typeof platformForm>;

export interface PlatformView {
  registration: Registration;
  state: 'waiting' | 'ready' | 'off';
  pendingDeployments: Deployment[];
  /** Codes for plain sentences: never_launched, deployment_pending, quiet, or the last refusal's code when newer than the last launch. */
  problems: string[];
}

/** What an administrator copies into the platform's form. */
export interface UrlSheet {
  toolUrl: string;
  loginUrl: string;
  redirectUrl: string;
  keysetUrl: string;
  deepLinkingUrl: string;
}

export interface Administration {
  listPlatforms(): Promise<PlatformView[]>;
  /** @throws LtiError registration_invalid (detail: the fields), registration_exists */
  addPlatform(form: PlatformForm): Promise<Registration>;
  /**
   * By the holder of an invitation: uses it up and gives the deployment to its tenant; without a deployment id the first
   * launch waits. @throws LtiError invite_invalid, registration_invalid, registration_exists (the invitation stays good)
   */
  addInvitedPlatform(token: string, form: Omit<PlatformForm, 'tenant'>): Promise<Registration>;
  /** @throws LtiError registration_not_found */
  setActive(registrationId: string, active: boolean): Promise<void>;
  /** Approves a deployment, known or not yet seen, and gives it to a tenant. @throws LtiError registration_not_found */
  approveDeployment(registrationId: string, deploymentId: string, tenant: string): Promise<void>;
  removePlatform(registrationId: string): Promise<void>;
  /** One link for one lab, good once and for 14 days. The token is in the link only. */
  createInvite(tenant: string): Promise<{ url: string; expiresAt: Date }>;
  listInvites(): Promise<Invite[]>;
  urlSheet(): UrlSheet;
  /** The tool's own keys: id, number in their row and day of making. */
  listKeys(): Promise<{ kid: string; period: number; createdAt: Date }[]>;
}

export function createAdministration(options: AdministrationOptions): Administration {
  const { clock, registrations, invites, keys } = options;
  const changed = async (work: Promise<void>): Promise<void> => {
    await work;
    options.onChange?.();
  };
  return {
    listPlatforms: async () => (await registrations.list()).map((one) => viewOf(one, clock.now())),
    addPlatform: async (form) => {
      const registration = fromForm(form, clock.now());
      await changed(registrations.insert(registration));
      return registration;
    },
    addInvitedPlatform: async (token, form) => {
      const now = clock.now();
      fromForm({ ...form }, now);
      const invite = await invites.claim(digest(token), now);
      if (invite === undefined) throw new LtiError('invite_invalid');
      const { tenant } = invite;
      const registration = { ...fromForm({ ...form, tenant }, now), tenant };
      try {
        await changed(registrations.insert(registration));
      } catch (error) {
        await invites.release(invite.id);
        throw error;
      }
      return registration;
    },
    setActive: (id, active) => changed(registrations.setActive(id, active)),
    approveDeployment: (id, deploymentId, tenant) =>
      changed(
        registrations.saveDeployment(id, { id: deploymentId, status: 'approved', tenant, firstSeenAt: clock.now() }),
      ),
    removePlatform: (id) => changed(registrations.remove(id)),
    createInvite: async (tenant) => {
      const token = randomToken();
      const now = clock.now();
      const expiresAt = new Date(now.getTime() + INVITE_DAYS * DAY_MS);
      await invites.insert({ id: digest(token), tenant, createdAt: now, expiresAt });
      return { url: `${options.baseUrl}/lti/register/${token}`, expiresAt };
    },
    listInvites: () => invites.list(),
    urlSheet: () => urlSheet(options.baseUrl),
    listKeys: async () => (await keys.list()).map(({ kid, period, createdAt }) => ({ kid, period, createdAt })),
  };
}

export function urlSheet(baseUrl: string): UrlSheet {
  return {
    toolUrl: `${baseUrl}/`,
    loginUrl: `${baseUrl}/lti/login`,
    redirectUrl: `${baseUrl}/lti/launch`,
    keysetUrl: `${baseUrl}/lti/keys`,
    deepLinkingUrl: `${baseUrl}/`,
  };
}

function fromForm(form: PlatformForm, now: Date): Registration {
  const parsed = platformForm.safeParse(form);
  if (!parsed.success) {
    throw new LtiError('registration_invalid', parsed.error.issues.map((issue) => issue.path.join('.')).join(', '));
  }
  const { deploymentId, tenant, frameOrigins, tokenAudience, ...fields } = parsed.data;
  const approved = deploymentId !== undefined && tenant !== undefined;
  return {
    id: randomToken(12),
    ...fields,
    ...(tokenAudience === undefined ? {} : { tokenAudience }),
    frameOrigins: originsOf([fields.issuer, fields.authorizationUrl, ...frameOrigins]),
    source: 'manual',
    active: true,
    deployments: approved ? [{ id: deploymentId, status: 'approved', tenant, firstSeenAt: now }] : [],
    createdAt: now,
  };
}

function viewOf(registration: Registration, now: Date): PlatformView {
  const { lastLaunchAt, lastProblem, active, deployments } = registration;
  const pendingDeployments = deployments.filter((one) => one.status === 'pending');
  const problems: string[] = [];
  if (pendingDeployments.length > 0) problems.push('deployment_pending');
  if (lastLaunchAt === undefined) problems.push('never_launched');
  else if (now.getTime() - lastLaunchAt.getTime() > QUIET_DAYS * DAY_MS) problems.push('quiet');
  if (lastProblem !== undefined && (lastLaunchAt === undefined || lastProblem.at > lastLaunchAt)) {
    problems.push(lastProblem.code);
  }
  const ready = deployments.some((one) => one.status === 'approved');
  return { registration, state: active ? (ready ? 'ready' : 'waiting') : 'off', pendingDeployments, problems };
}
