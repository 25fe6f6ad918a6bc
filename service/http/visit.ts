// One request of a person who came in through a launch, and what a handler may answer. Handlers know no express.
import type { OpenSession, Tool, WebSession } from '../../lti/index.ts';
import type { Sentence } from '../../views/index.ts';
import type { Lab } from '../domain/lab.ts';
import type { CoordinatorRole } from '../domain/coordinator.ts';
import type { Exclusion } from '../domain/exclusion.ts';
import type { Member, Profile } from '../domain/member.ts';
import type { Locale } from '../domain/terms.ts';
import type { Ports } from '../usecases/ports.ts';

/** What a visit may do to its own session. */
export interface Door {
  remember(data: Record<string, string>): Promise<void>;
  /** A ticket, good once and for a minute, that opens the session in a tab of its own. */
  offerTab(): Promise<string>;
  /** Ends this session. */
  logOut(): Promise<void>;
  /** Ends every session of the person, this one too. */
  endAll(): Promise<void>;
  /** Ends every session of other accounts, given by their person keys. */
  endDoors(persons: readonly string[]): Promise<void>;
  /** What the person has open, this one too. */
  openSessions(): Promise<OpenSession[]>;
  /** Ends one of them by its handle. */
  endOne(handle: string): Promise<'ended' | 'not_found'>;
  /** Ends every session of the person but this one. */
  endOthers(): Promise<void>;
}

/** What every request brings, whoever sends it. */
export interface Asked {
  /** Address of the service, for what is used outside its pages. */
  readonly baseUrl: string;
  readonly locale: Locale;
  readonly t: Sentence;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** What somebody may see and do beside their own; looked up at each request. */
export type Role = 'participant' | CoordinatorRole;

export interface Visit extends Asked {
  /** Shown inside a frame, and asked for by one of our own pages, as far as the browser says so. */
  readonly framed: boolean;
  readonly within: boolean;
  readonly ports: Ports;
  readonly session: WebSession;
  readonly door: Door;
  readonly role: Role;
  readonly lab: Lab;
  /** Absent before the charter is signed and after leaving. */
  readonly member?: Member;
  /** In force: see excluded.ts for what stays open. */
  readonly exclusion?: Exclusion;
}

export interface MemberVisit extends Visit {
  readonly member: Member;
}

export interface ParticipantVisit extends MemberVisit {
  readonly profile: Profile;
}

/** bare: without navigation, for somebody who has no session any more. */
export interface PageReply {
  readonly page: string;
  readonly model: object;
  readonly status: number;
  readonly bare?: boolean;
  /** Seconds after which the page is shown anew by itself; 0 or none: never. */
  readonly refresh?: number;
}

export type Reply =
  | PageReply
  | { readonly seeOther: string }
  /** A part of a page that is shown already: a template under partials/. */
  | { readonly fragment: string; readonly model: object }
  | { readonly file: string; readonly type: string; readonly content: string };

export type Handler<V extends Visit = Visit> = (visit: V) => Reply | Promise<Reply>;

/** Whatever express needs of the tool to make visits. */
export type VisitTool = Pick<
  Tool,
  | 'session'
  | 'sessionOf'
  | 'requireSession'
  | 'checkCsrf'
  | 'remember'
  | 'logOut'
  | 'endSessionsOf'
  | 'ownSessions'
  | 'offerTab'
>;

export function page(name: string, model: object, status = 200): PageReply {
  return { page: name, model, status };
}

/** After a form: the browser fetches `path` anew, so that a reload sends nothing twice. `done` is told there once. */
export function seeOther(path: string, done?: string): Reply {
  return { seeOther: done === undefined ? path : `${path}?done=${done}` };
}
