// The web session: begun by one atomic insert that is also the replay lock, kept 30 minutes of silence and 8 hours at most.
// Its id comes from the login's nonce, so one token can begin one session and no more, on any number of copies.
import type { Request, Response } from 'express';
import type { ErrorLog } from '../log/index.ts';
import type { CookieJar } from './cookies.ts';
import type { Keyring } from './keyring.ts';
import { digest, mac, open, sameText, seal } from './keyring.ts';
import { isMaskedToken, maskToken } from './masked-token.ts';
import type { Clock, Launch, OpenSession, SessionPurpose, SessionRecord, SessionStore, WebSession } from './ports.ts';
import { createOwnTab, type OwnTab } from './own-tab.ts';
import type { Registry } from './registry.ts';

const IDLE_MS = 30 * 60_000;
const ABSOLUTE_MS = 8 * 3_600_000;
/** Sliding is written down once a minute at most: reading pages is no write. */
const TOUCH_MS = 60_000;
const SECRET_SHAPE = /^[\w-]{43}$/;
const COOKIE: Record<SessionPurpose, string> = { visit: 'lti_s_visit', choice: 'lti_s_choice' };

export interface NewSession {
  purpose: SessionPurpose;
  launch: Launch;
  nonce: string;
  locale: string;
  data: Record<string, string>;
}

export interface Sessions {
  /** @returns the session's secret, for the cookie. @throws LtiError launch_replayed */
  begin(session: NewSession): Promise<string>;
  /** Ends the session whose cookie the request brings, if any, and hands out the new one: a relaunch rotates. */
  handOut(exchange: Exchange, purpose: SessionPurpose, secret: string): Promise<void>;
  resume(request: Request, purpose: SessionPurpose): Promise<WebSession | undefined>;
  resumeSecret(secret: string, purpose: SessionPurpose): Promise<WebSession | undefined>;
  remember(session: WebSession, data: Record<string, string>): Promise<void>;
  end(exchange: Exchange, purpose: SessionPurpose): Promise<void>;
  csrfIsRight(session: WebSession, token: string): boolean;
  endAllOf(person: string): Promise<void>;
  /** Forgets those that nobody uses any more. */
  endIdle(): Promise<void>;
  /** Everything that a person has open, on any platform link, the oldest first. */
  openOf(session: WebSession): Promise<OpenSession[]>;
  /** Ends one of the person's own by its handle; another's, or one that is over, is not found. */
  endOne(session: WebSession, handle: string): Promise<'ended' | 'not_found'>;
  endOthers(session: WebSession): Promise<void>;
  ownTab: OwnTab;
}

export interface Exchange {
  request: Request;
  response: Response;
}

export interface SessionParts {
  store: SessionStore;
  registry: Registry;
  keyring: Keyring;
  jar: CookieJar;
  clock: Clock;
  errors: ErrorLog;
}

interface Sealed {
  data: Record<string, string>;
  returnUrl?: string;
}

export function createSessions(parts: SessionParts): Sessions {
  const { store, jar, clock, keyring, errors } = parts;
  const secretOf = (request: Request, purpose: SessionPurpose): string | undefined => {
    const secret = jar.read(request, COOKIE[purpose]);
    return secret !== undefined && SECRET_SHAPE.test(secret) ? secret : undefined;
  };
  const resumeSecret: Sessions['resumeSecret'] = async (secret, purpose) => {
    const id = digest(secret);
    const record = await store.find(id);
    if (record?.purpose !== purpose || !(await isAlive(parts, record))) return undefined;
    const now = clock.now();
    if (now.getTime() - record.seenAt.getTime() >= TOUCH_MS) await store.touch(record.id, now);
    return toWebSession(keyring, record);
  };
  const endOld = async (secret: string | undefined): Promise<void> => {
    if (secret === undefined) return;
    await store.end(digest(secret), clock.now());
  };
  return {
    begin: async (session) => {
      const secret = mac(keyring.session, session.launch.registrationId, session.nonce);
      await store.insert(toRecord(keyring, { ...session, id: digest(secret), now: clock.now() }));
      return secret;
    },
    handOut: async ({ request, response }, purpose, secret) => {
      const old = secretOf(request, purpose);
      // The new session has begun, and its launch cannot be repeated: an old one that stays ends by itself in time.
      if (old !== secret) await endOld(old).catch(notEnded(errors));
      jar.set(response, { name: COOKIE[purpose], value: secret, maxAgeSeconds: ABSOLUTE_MS / 1000 });
    },
    resume: async (request, purpose) => {
      const secret = secretOf(request, purpose);
      return secret === undefined ? undefined : resumeSecret(secret, purpose);
    },
    resumeSecret,
    remember: (session, data) => store.saveSealed(session.id, sealFor(keyring, session, data)),
    end: async ({ request, response }, purpose) => {
      await endOld(secretOf(request, purpose));
      jar.clear(response, COOKIE[purpose]);
    },
    endAllOf: (person) => store.endAllOf(person, clock.now()),
    endIdle: () => store.endIdle(new Date(clock.now().getTime() - IDLE_MS), clock.now()),
    ...ownSessions(parts),
    ownTab: createOwnTab({ store, clock, isAlive: (record) => isAlive(parts, record) }),
    csrfIsRight: (session, token) => isMaskedToken(token, mac(keyring.csrf, session.id)),
  };
}

function notEnded(errors: ErrorLog): (error: unknown) => void {
  return (error) => void errors.reportRepeating(error, 'an old session could not be ended at a relaunch');
}

/** What a person may know of their own sessions, and end. A handle is a keyed hash: it is neither the secret nor the id. */
function ownSessions(parts: SessionParts): Pick<Sessions, 'openOf' | 'endOne' | 'endOthers'> {
  const { store, registry, keyring, clock } = parts;
  const aliveOf = async (person: string): Promise<SessionRecord[]> => {
    const kept = await store.listOf(person);
    const alive = await Promise.all(kept.map((record) => isAlive(parts, record)));
    return kept.filter((_, index) => alive[index]);
  };
  const handleOf = ({ id }: Pick<SessionRecord, 'id'>): string => mac(keyring.handle, id);
  return {
    openOf: async ({ person, id }) => {
      const views = (await aliveOf(person)).map(async (record) => ({
        handle: handleOf(record),
        platform: (await registry.find(record.registrationId))?.name ?? '',
        since: record.createdAt,
        isThis: record.id === id,
      }));
      return Promise.all(views);
    },
    endOne: async ({ person }, handle) => {
      const found = (await aliveOf(person)).find((record) => sameText(handleOf(record), handle));
      if (found) await store.end(found.id, clock.now());
      return found ? 'ended' : 'not_found';
    },
    endOthers: async ({ person, id }) => {
      const others = (await store.listOf(person)).filter((record) => record.id !== id);
      for (const record of others) await store.end(record.id, clock.now());
    },
  };
}

/** Ended, idle, too old, of a platform switched off or a deployment taken away: none of these is a session. */
async function isAlive({ registry, clock }: SessionParts, record: SessionRecord): Promise<boolean> {
  const now = clock.now().getTime();
  if (now >= record.expiresAt.getTime()) return false;
  if (now - record.seenAt.getTime() >= IDLE_MS) return false;
  const registration = await registry.find(record.registrationId);
  const deployment = registration?.deployments.find((one) => one.id === record.deploymentId);
  return registration?.active === true && deployment?.status === 'approved' && deployment.tenant === record.tenant;
}

function toRecord(keyring: Keyring, session: NewSession & { id: string; now: Date }): SessionRecord {
  const { registrationId, deploymentId, tenant, person } = session.launch;
  return {
    id: session.id,
    purpose: session.purpose,
    registrationId,
    deploymentId,
    tenant,
    person,
    locale: session.locale,
    sealed: sealFor(keyring, session.launch, session.data),
    createdAt: session.now,
    seenAt: session.now,
    expiresAt: new Date(session.now.getTime() + ABSOLUTE_MS),
  };
}

function sealFor(keyring: Keyring, owner: Owner, data: Record<string, string>): string {
  const kept: Sealed = { data, ...(owner.returnUrl === undefined ? {} : { returnUrl: owner.returnUrl }) };
  return seal(keyring.sealing, JSON.stringify(kept), contextOf(owner));
}

function toWebSession(keyring: Keyring, record: SessionRecord): WebSession | undefined {
  const text = open(keyring.sealing, record.sealed, contextOf(record));
  // Written by us and authenticated: a record that does not open was tampered with, or the secret was changed.
  if (text === undefined) return undefined;
  const { data, returnUrl } = JSON.parse(text) as Sealed;
  const { id, registrationId, deploymentId, tenant, person, locale, createdAt } = record;
  const csrfToken = maskToken(mac(keyring.csrf, id));
  const session = { id, registrationId, deploymentId, tenant, person, locale, data, csrfToken, createdAt };
  return returnUrl === undefined ? session : { ...session, returnUrl };
}

interface Owner {
  registrationId: string;
  person: string;
  returnUrl?: string;
}

function contextOf({ registrationId, person }: Owner): string {
  return `${registrationId}|${person}`;
}
