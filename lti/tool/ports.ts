// What the door needs from the house (stores, clock, pages, the programme's welcome) and the plain values it speaks in.
// Nothing here knows of mentoring: a lab is a `tenant`, a member is a `person`.
import type { Request } from 'express';
import type { ErrorLog } from '../log/index.ts';
import type { DeepLinkSigner } from './deep-link-signer.ts';
import type { LtiErrorCode } from './errors.ts';

export interface Clock {
  now(): Date;
}

/** The part of pino that is used; objects first. Nothing personal and no token is ever passed to it. */
export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface Deployment {
  id: string;
  status: 'pending' | 'approved';
  /** Set when approved. */
  tenant?: string;
  firstSeenAt: Date;
}

export interface Registration {
  id: string;
  name: string;
  issuer: string;
  clientId: string;
  authorizationUrl: string;
  tokenUrl: string;
  keysetUrl: string;
  /** Audience of the token endpoint where it differs from its URL (Brightspace). */
  tokenAudience?: string;
  /** Origins whose pages may frame this tool (scheme://host[:port]). */
  frameOrigins: string[];
  /** Who gave these facts: an administrator of this service, the platform itself, or the holder of an invitation. */
  source: 'manual' | 'dynamic' | 'form';
  /** Lab it was connected for: what an administrator is proposed when a deployment waits. */
  tenant?: string;
  active: boolean;
  /** True until an administrator has approved it; never active while it is. */
  awaitsApproval?: boolean;
  /** When it was let in: of several with one issuer, the first has what is due to that issuer. */
  approvedAt?: Date;
  /** Host of its issuer, held by one registration only: the issuers of that host belong to this one's lab. */
  ownedHost?: string;
  /** Its key set may be asked for at an address that is not public: an administrator said so. */
  privateAddresses?: boolean;
  deployments: Deployment[];
  createdAt: Date;
  lastLaunchAt?: Date;
  lastProblem?: { code: LtiErrorCode; at: Date };
}

/** What an administrator decides on a registration that waits. */
export interface Approval {
  at: Date;
  tenant: string;
  privateAddresses: boolean;
  ownedHost?: string;
}

/** What happened on a platform since the last note; written at most once a minute, never within a launch. */
export type RegistrationNote = Pick<Registration, 'lastLaunchAt' | 'lastProblem'>;

export interface RegistrationStore {
  list(): Promise<Registration[]>;
  /**
   * @throws LtiError registration_exists when (issuer, clientId) is taken by one that does not wait, issuer_owned when
   * `ownedHost` is
   */
  insert(registration: Registration): Promise<void>;
  /**
   * Makes one that waits active, with the deployments it waited with, in one write. @throws LtiError
   * registration_not_found when none waits under this id, registration_exists and issuer_owned as insert
   */
  approve(id: string, approval: Approval): Promise<void>;
  /** Removes one that waits. @throws LtiError registration_not_found */
  reject(id: string): Promise<void>;
  /** @throws LtiError registration_not_found, also for one that waits */
  setActive(id: string, active: boolean): Promise<void>;
  /** Adds the deployment, or replaces the one with the same id. @throws LtiError registration_not_found */
  saveDeployment(id: string, deployment: Deployment): Promise<void>;
  /** Adds the deployment as pending if it is not known and fewer than `limit` are kept; never changes a known one. */
  notePending(id: string, deployment: Deployment, limit: number): Promise<void>;
  note(id: string, note: RegistrationNote): Promise<void>;
  remove(id: string): Promise<void>;
}

export type SessionPurpose = 'visit' | 'choice';

export interface SessionRecord {
  /** SHA-256 of the cookie's value: a stolen database opens no session. */
  id: string;
  purpose: SessionPurpose;
  registrationId: string;
  deploymentId: string;
  tenant: string;
  person: string;
  locale: string;
  /** AES-256-GCM, bound to registration and person. */
  sealed: string;
  createdAt: Date;
  seenAt: Date;
  /** Absolute end. The id itself stays until then: it is the replay lock. */
  expiresAt: Date;
}

/** A session as its own person sees it. */
export interface OpenSession {
  /** Names it in a form; opens nothing. */
  handle: string;
  /** Name of the platform. */
  platform: string;
  since: Date;
  /** The one in which this is asked. */
  isThis: boolean;
}

export interface SessionStore {
  /** One atomic insert. @throws LtiError launch_replayed when the id exists, ended or not. */
  insert(record: SessionRecord): Promise<void>;
  /** undefined when it has ended. */
  find(id: string): Promise<SessionRecord | undefined>;
  /** Those of a person that have not ended. */
  listOf(person: string): Promise<SessionRecord[]>;
  touch(id: string, seenAt: Date): Promise<void>;
  saveSealed(id: string, sealed: string): Promise<void>;
  /** Notes by which ticket, as its SHA-256, a session may be opened in a tab of its own; the last one counts. */
  offerTab(id: string, offer: { hash: string; expiresAt: Date }): Promise<void>;
  /** Takes the offer away, by one conditional write. @returns the session; undefined when there is no such offer any more */
  takeTab(id: string, hash: string, now: Date): Promise<SessionRecord | undefined>;
  /** Forgets everything but the id, which is the replay lock. */
  end(id: string, at: Date): Promise<void>;
  /** The same for those that nobody has used since an instant. */
  endIdle(since: Date, at: Date): Promise<void>;
  /** Ends every session of a person (withdrawal, erasure). */
  endAllOf(person: string, at: Date): Promise<void>;
  /** Ends every session of a platform; with a deployment, those of it that are of another tenant than this. */
  endAllFrom(platform: { registrationId: string; deploymentId?: string; tenant?: string }, at: Date): Promise<void>;
  /** Deletes records whose absolute end is past. @returns how many. */
  purge(now: Date): Promise<number>;
}

export interface ToolKey {
  kid: string;
  /** Its number in the row of keys; unique, so two copies never make the same key twice. */
  period: number;
  publicJwk: Record<string, string>;
  /** PKCS #8 PEM, AES-256-GCM. */
  sealedPrivate: string;
  createdAt: Date;
}

export interface KeyStore {
  list(): Promise<ToolKey[]>;
  /** Inserts unless there is a key with this number already. */
  insertOnce(key: ToolKey): Promise<void>;
  removeBefore(period: number): Promise<void>;
}

export interface Invite {
  /** SHA-256 of the token in the link. */
  id: string;
  tenant: string;
  createdAt: Date;
  expiresAt: Date;
  usedAt?: Date;
}

export interface InviteStore {
  insert(invite: Invite): Promise<void>;
  /** Marks it used, atomically. @returns undefined when unknown, used or past `now`. */
  claim(id: string, now: Date): Promise<Invite | undefined>;
  /** Gives it back after a registration that failed. */
  release(id: string): Promise<void>;
  list(): Promise<Invite[]>;
}

export type MessageType = 'resource_link' | 'deep_linking' | 'data_privacy';

/** A verified launch: parsed, trusted values only (`custom` is what the platform says a course editor wrote). */
export interface Launch {
  registrationId: string;
  deploymentId: string;
  tenant: string;
  /** The platform's `sub`: unique within the registration only. */
  subject: string;
  /** Keyed hash of (registration, subject): the same `sub` in two labs is two persons. */
  person: string;
  messageType: MessageType;
  /** Path and query on our own site that the link points to ("/" when none). */
  target: string;
  /** Full role URIs. */
  roles: string[];
  /** Canvas's "student view" and the like. */
  testUser: boolean;
  /** BCP 47, as sent. */
  locale?: string;
  name?: string;
  email?: string;
  custom: Record<string, string>;
  returnUrl?: string;
}

/** The programme's answer to a launch. */
export interface Welcome {
  /** Path on our own site; the browser is sent there with 303. */
  path: string;
  /** Kept with the session, encrypted at rest. No name or e-mail unless the person consented. */
  data: Record<string, string>;
}

export interface WebSession {
  id: string;
  registrationId: string;
  deploymentId: string;
  tenant: string;
  person: string;
  locale: string;
  data: Readonly<Record<string, string>>;
  returnUrl?: string;
  /** Put it in every form as `_csrf`. Masked anew for every request, so that its text is never the same. */
  csrfToken: string;
  createdAt: Date;
}

/** One view a teacher or administrator can place as a link (deep linking). */
export interface View {
  id: string;
  title: string;
  text?: string;
  path: string;
}

export type PageName =
  | 'refused'
  | 'pending'
  | 'information'
  | 'entry'
  | 'storage'
  | 'tab'
  | 'chooser'
  | 'chosen'
  | 'registration'
  | 'registered'
  | 'registered_waiting';

/** A page of the door. A renderer wraps it in the house's layout; `slot` is safe HTML to be placed as it is. */
export interface Page {
  name: PageName;
  status: number;
  /** Only for `refused`. */
  code?: LtiErrorCode;
  /** A heading and sentences in the page's language, plain text. */
  title: string;
  sentences: string[];
  /** Working elements: forms, buttons, data for the script, script tags (external, same origin). May be empty. */
  slot: string;
  /** Correlation id to quote to the operator, only for `refused`. */
  reference?: string;
}

export type RenderPage = (page: Page, locale: string) => string | Promise<string>;

export interface ToolOptions {
  /** Origin of the service, https or loopback, without a path: "https://mentorat.example.org". */
  baseUrl: string;
  /** Name shown on the platform's pages and in registrations. */
  name: string;
  /** At least 32 bytes; every key is derived from it by HKDF with its own label. */
  secret: string;
  clock: Clock;
  logger: Logger;
  /** Where unexpected errors are told. Default: one of its own on the logger. */
  errors?: ErrorLog;
  /** Whether an error only says that the stores cannot be reached now: answered with 503, to be tried again. */
  isUnavailable?: (error: unknown) => boolean;
  registrations: RegistrationStore;
  sessions: SessionStore;
  keys: KeyStore;
  invites: InviteStore;
  /**
   * Called once per accepted launch, before the session is written. Must be read-only or idempotent: a replay is only
   * found out by the write that follows. Of a launch for deep linking, which opens the chooser, only the data counts.
   */
  enter(launch: Launch): Promise<Welcome>;
  /**
   * Counts a request that was refused, by whoever sent it; the seconds to wait when there were too many. Asked after the
   * refusal, so that nobody's good launch is held up by another one's bad ones.
   */
  countRefusal?(request: Request): Promise<number | undefined>;
  /** Whether somebody may place links, asked at each step of deep linking. Default: everybody whom a platform lets. */
  mayChoose?(session: WebSession): Promise<boolean>;
  /** Views offered in deep linking, in the language asked. */
  views?: (locale: string) => View[];
  /** Languages the house speaks, the default one first. Default: fr, en. */
  locales?: string[];
  renderPage?: RenderPage;
  deepLinkSigner?: DeepLinkSigner;
}
