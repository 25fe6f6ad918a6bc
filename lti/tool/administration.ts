// What a platform administrator does, for pages and command line alike: connect, approve, switch off, invite, look.
// Needs no Express and no running tool.
import { approve, keepWaiting, letIn } from './admission.ts';
import { isLoopbackName } from './addresses.ts';
import { LtiError } from './errors.ts';
import { digest, randomToken } from './keyring.ts';
import { createKeySets } from './key-sets.ts';
import { fromForm, type PlatformForm } from './platform-form.ts';
import { type PlatformReview, type PlatformView, reviewOf, viewOf } from './platform-view.ts';
import type { Clock, Invite, InviteStore, KeyStore, Registration, RegistrationStore, SessionStore } from './ports.ts';

const INVITE_DAYS = 14;
const DAY_MS = 86_400_000;

export interface AdministrationOptions {
  baseUrl: string;
  clock: Clock;
  registrations: RegistrationStore;
  keys: KeyStore;
  invites: InviteStore;
  sessions: Pick<SessionStore, 'endAllFrom'>;
  /** Called after each change, so that a tool in this process reads its registry again. */
  onChange?: () => void;
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
   * By the holder of an invitation: uses it up, and nobody enters before an administrator has approved what it says.
   * @throws LtiError invite_invalid, registration_invalid, registration_exists (the invitation stays good)
   */
  addInvitedPlatform(token: string, form: Omit<PlatformForm, 'tenant'>): Promise<Registration>;
  /** What to look at before a platform is approved; reads its key set. @throws LtiError registration_not_found */
  reviewPlatform(registrationId: string): Promise<PlatformReview>;
  /**
   * Lets in a platform that waits, for the lab of its invitation. privateAddresses: its key set may be asked for inside
   * the service's own network. @throws LtiError registration_not_found, registration_exists
   */
  approvePlatform(registrationId: string, options?: { privateAddresses?: boolean }): Promise<void>;
  /** Forgets a platform that waits. @throws LtiError registration_not_found */
  rejectPlatform(registrationId: string): Promise<void>;
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
  // Other processes know the platform for a moment longer: what is open there ends in the database.
  const ended = (platform: Parameters<SessionStore['endAllFrom']>[0]): Promise<void> =>
    options.sessions.endAllFrom(platform, clock.now());
  return {
    listPlatforms: async () => (await registrations.list()).map((one) => viewOf(one, clock.now())),
    ...admissions(options, changed),
    setActive: async (id, active) => {
      await changed(registrations.setActive(id, active));
      if (!active) await ended({ registrationId: id });
    },
    approveDeployment: async (id, deploymentId, tenant) => {
      const deployment = { id: deploymentId, status: 'approved', tenant, firstSeenAt: clock.now() } as const;
      await changed(registrations.saveDeployment(id, deployment));
      await ended({ registrationId: id, deploymentId, tenant });
    },
    removePlatform: async (id) => {
      await changed(registrations.remove(id));
      await ended({ registrationId: id });
    },
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

type Changed = (work: Promise<void>) => Promise<void>;
type Admissions = 'addPlatform' | 'addInvitedPlatform' | 'reviewPlatform' | 'approvePlatform' | 'rejectPlatform';

function admissions(options: AdministrationOptions, changed: Changed): Pick<Administration, Admissions> {
  const { clock, registrations, invites } = options;
  const keySets = createKeySets({ clock, allowLoopback: isLoopbackName(new URL(options.baseUrl).hostname) });
  return {
    addPlatform: async (form) => {
      const registration = await letIn(registrations, fromForm(form, clock.now()));
      options.onChange?.();
      return registration;
    },
    addInvitedPlatform: async (token, form) => {
      const now = clock.now();
      fromForm({ ...form }, now);
      const invite = await invites.claim(digest(token), now);
      if (invite === undefined) throw new LtiError('invite_invalid');
      try {
        const { tenant } = invite;
        const filled = fromForm({ ...form, tenant }, now);
        const given = { ...filled, tenant, source: 'form', privateAddresses: false } as const;
        return await keepWaiting(registrations, given);
      } catch (error) {
        await invites.release(invite.id);
        throw error;
      } finally {
        options.onChange?.();
      }
    },
    reviewPlatform: async (id) => {
      const all = await registrations.list();
      const registration = all.find((one) => one.id === id);
      if (registration === undefined) throw new LtiError('registration_not_found');
      return reviewOf(registration, { all, keySets });
    },
    approvePlatform: (id, { privateAddresses = false } = {}) =>
      changed(approve(registrations, id, { at: clock.now(), privateAddresses })),
    rejectPlatform: (id) => changed(registrations.reject(id)),
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
