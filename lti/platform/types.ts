// The words of the platform module: who launches, what is launched, and the ports an intranet fills in.
import type { Request, Response, Router } from 'express';
import type { KeyObject } from 'node:crypto';
import type { JSONWebKeySet } from 'jose';
import type { ErrorLog } from '../log/index.ts';

export interface Clock {
  now(): Date;
}

export interface Person {
  /** Stable name of the person in the intranet; sent as `sub`. */
  subject: string;
  name?: string | undefined;
  email?: string | undefined;
  /** BCP 47 tag; French when absent. */
  locale?: string | undefined;
  /** Full LTI role URIs, or short names of the membership vocabulary such as "Instructor". */
  roles?: readonly string[] | undefined;
}

export interface Tool {
  clientId: string;
  deploymentId: string;
  loginUrl: string;
  /** Answers go to these addresses only, compared character by character. */
  redirectUris: readonly string[];
  targetLinkUri: string;
  keysetUrl: string;
  title?: string | undefined;
  /** Sent as the custom parameter `lab`. */
  labTenant?: string | undefined;
  sendName?: boolean | undefined;
  sendEmail?: boolean | undefined;
  /** Values may hold `$` variables; unknown ones are sent as they are. */
  custom?: Readonly<Record<string, string>> | undefined;
  /** With pseudonyms: the client id whose pseudonyms this tool gets, its own by default. For a tool that was connected anew. */
  pseudonymsOf?: string | undefined;
  /** How the browser is sent to the tool's login: a redirect, or a form like Moodle's. */
  loginMethod?: 'get' | 'post' | undefined;
}

export interface ResourceLink {
  id: string;
  clientId: string;
  title: string;
  targetLinkUri?: string | undefined;
  custom?: Readonly<Record<string, string>> | undefined;
}

/** Tools an administrator named, and those that registered themselves. */
export interface ToolStore {
  list(): Promise<readonly Tool[]>;
  add(tool: Tool): Promise<void>;
}

/** Links that can be launched; deep linking adds to them. */
export interface LinkStore {
  list(): Promise<readonly ResourceLink[]>;
  add(links: readonly ResourceLink[]): Promise<void>;
}

export type Identify = (req: Request) => Person | undefined | Promise<Person | undefined>;

/** Where signed-in persons come from. */
export interface IdentitySource {
  identify: Identify;
  /** Begins a sign-in; `returnTo` is the address to come back to, always under the issuer. */
  signIn?: (req: Request, res: Response, returnTo: string) => Promise<void>;
  /** Routes the source needs, mounted under the platform's own. */
  router?: Router;
}

export interface StoredKey {
  kid: string;
  /** Since when it signs, ISO 8601. */
  since: string;
  retired?: string | undefined;
  /** Private key, PKCS 8. */
  pem: string;
}

/** First key signs, second is published ahead, the rest are retired. The secret makes hints and pseudonyms. */
export interface StoredKeys {
  secret: string;
  keys: StoredKey[];
  /** Client ids of tools that know people by the pseudonym all tools shared, before each got its own; absent: not noted yet. */
  sharedPseudonyms?: string[] | undefined;
}

/** Where keys outlive the process. */
export interface KeyStore {
  load(): Promise<StoredKeys | undefined>;
  save(keys: StoredKeys): Promise<void>;
}

export interface SignatureOptions {
  /** Signs with this instead of the platform's key; bytes for HMAC algorithms. */
  key?: KeyObject | Uint8Array;
  /** Replaces header members; `undefined` removes one; `alg: "none"` leaves the token unsigned. */
  header?: Record<string, unknown>;
}

export interface PlatformOptions {
  /** Base URL of the mount, without a slash at its end; it is `iss` in every token. */
  issuer: string;
  clock: Clock;
  /** Default: two new RSA keys that live as long as the process. */
  keys?: KeyStore | undefined;
  tools: readonly Tool[] | ToolStore;
  /** Default: one link per tool, whose id is the tool's client id. */
  links?: readonly ResourceLink[] | LinkStore | undefined;
  identity: Identify | IdentitySource;
  /** Name of the intranet, shown by tools. */
  name?: string | undefined;
  context?: { id: string; title: string; label?: string | undefined } | undefined;
  /** Who may add links by deep linking; default: persons with an Administrator or ContentDeveloper role. */
  mayEdit?: ((person: Person) => boolean) | undefined;
  /** Origins beside the issuer's own whose pages may hold the launch frame. */
  embedders?: readonly string[] | undefined;
  /** What tools that register themselves may be told of a person, if they ask; default: nothing. */
  shareWithRegistered?: { name?: boolean | undefined; email?: boolean | undefined } | undefined;
  /** `pseudonym` replaces every subject by a keyed hash, another one for each tool, for intranets whose subject is an e-mail address or a login. */
  subjects?: 'plain' | 'pseudonym' | undefined;
  /** Where a tool sends a person who leaves it; default: a short page of this module. */
  returnUrl?: string | undefined;
  /** Where bugs are told, described without a word of theirs. Default: JSON lines on standard error. */
  errors?: ErrorLog | undefined;
}

export type Claims = Record<string, unknown>;

export interface Platform {
  readonly issuer: string;
  /** To be mounted at the issuer's path. */
  readonly router: Router;
  /** Public half of the keys as tools see them. */
  keySet(): Promise<JSONWebKeySet>;
  /** Makes the key published ahead the signing key, and publishes a new one behind it. */
  rotateKeys(): Promise<void>;
  /**
   * The claims of a normal resource-link launch, expiring in 60 s.
   * An override replaces a claim; `undefined` removes it. The nonce is random unless given.
   */
  launchClaims(person: Person, tool: Tool, overrides?: Claims): Claims;
  /** Signs with the platform's key, or with anything else a test of a tool needs. */
  signIdToken(claims: Claims, options?: SignatureOptions): Promise<string>;
  /** The one line of HTML that embeds a link. */
  frame(linkId: string, title: string): string;
  /** The tool's registration page with our configuration and a token that works once, for one hour. */
  registrationUrl(toolRegistrationUrl: string): string;
}
