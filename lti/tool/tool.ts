// The tool, put together: one router for /lti, and what the rest of the service asks of it.
import type { Request, RequestHandler, Response, Router } from 'express';
import { createErrorLog } from '../log/index.ts';
import type { Administration } from './administration.ts';
import { isLoopbackName } from './addresses.ts';
import { createAdministration } from './administration.ts';
import type { CookieJar } from './cookies.ts';
import { createCookieJar } from './cookies.ts';
import { checkCsrf, csrfTokenOf } from './csrf.ts';
import { LtiError } from './errors.ts';
import { createFraming } from './framing.ts';
import { createKeySets } from './key-sets.ts';
import { createKeyring } from './keyring.ts';
import { createLtijsSigner } from './ltijs.ts';
import { createPages, renderPlainly } from './pages.ts';
import type { Parts } from './parts.ts';
import type { ToolOptions, WebSession } from './ports.ts';
import { createRegistry } from './registry.ts';
import { createRouter } from './router.ts';
import { createSessions, type Sessions } from './sessions.ts';
import type { ToolKeys } from './tool-keys.ts';
import { createToolKeys } from './tool-keys.ts';

export interface Tool {
  /** Mount it at "/lti", before any body parser and without any CSP of the house: it sets its own headers. */
  router: Router;
  /**
   * Puts the web session in `res.locals.session` (absent when there is none, or it ended) and slides its idle time
   * (30 min; absolute 8 h). Mount it before the house's routes. Never refuses.
   */
  session: RequestHandler;
  /** @throws LtiError session_missing to the error handler (status 401) */
  requireSession: RequestHandler;
  sessionOf(res: Response): WebSession | undefined;
  /**
   * For POST, PUT, PATCH, DELETE: same origin by Sec-Fetch-Site and Origin, and `_csrf` of the parsed body or the header
   * x-csrf-token equal to the session's token. @throws LtiError csrf_refused to the error handler (status 403)
   */
  checkCsrf: RequestHandler;
  /** Replaces the session's data (encrypted at rest). */
  remember(session: WebSession, data: Record<string, string>): Promise<void>;
  /** Ends the session of this request and takes its cookie back. */
  logOut(req: Request, res: Response): Promise<void>;
  /** Ends every session of a person: withdrawal, erasure. */
  endSessionsOf(person: string): Promise<void>;
  /** What the person of a session has open, and may end. */
  ownSessions: Pick<Sessions, 'openOf' | 'endOne' | 'endOthers'>;
  /** A ticket for the form that opens the same person's session in a tab of its own: a post to /lti/tab/open. */
  offerTab(session: WebSession): Promise<string>;
  /**
   * Sources for the CSP directive frame-ancestors of the house's own pages: 'self' and the origins of the platform whose
   * session answers. Asked after `session` has passed; before it, what this browser remembers counts.
   */
  frameAncestors(response: Response): string[];
  administration: Administration;
  /** The tool's own keys: their ages, and the rotation before its time. */
  keys: Pick<ToolKeys, 'state' | 'rotate'>;
  /** Daily: ended sessions, old keys; makes the next key when it is due. @returns sessions deleted */
  tidy(): Promise<number>;
  /** Saves what is still in memory (last launch, last problem). */
  close(): Promise<void>;
}

/** Reads the registry once. @throws RangeError for a short secret or a base URL that is neither https nor loopback */
export async function createTool(options: ToolOptions): Promise<Tool> {
  const { jar, ...parts } = createParts(options);
  const { sessions, registry, toolKeys, baseUrl } = parts;
  await registry.list();
  const sessionOf = (response: Response): WebSession | undefined =>
    response.locals['session'] as WebSession | undefined;
  return {
    router: createRouter(parts, jar),
    session: async (request, response, next) => {
      const session = await sessions.resume(request, 'visit');
      if (session !== undefined) response.locals['session'] = session;
      next();
    },
    requireSession: (_request, response, next) => {
      if (sessionOf(response) === undefined) throw new LtiError('session_missing');
      next();
    },
    sessionOf,
    checkCsrf: (request, response, next) => {
      checkCsrf({ sessions, baseUrl }, request, { session: sessionOf(response), token: csrfTokenOf(request) });
      next();
    },
    remember: (session, data) => sessions.remember(session, data),
    logOut: (request, response) => sessions.end({ request, response }, 'visit'),
    endSessionsOf: (person) => sessions.endAllOf(person),
    ownSessions: sessions,
    offerTab: (session) => sessions.ownTab.offer(session),
    frameAncestors: (response) => parts.framing.ancestors(response),
    administration: createAdministration({
      ...options,
      baseUrl,
      onChange: () => {
        registry.forget();
      },
    }),
    keys: toolKeys,
    tidy: async () => {
      await toolKeys.tidy();
      await sessions.endIdle();
      return options.sessions.purge(options.clock.now());
    },
    close: () => registry.flush(),
  };
}

function createParts(options: ToolOptions): Parts & { jar: CookieJar } {
  const { clock, logger, registrations, errors = createErrorLog({ logger }) } = options;
  const { origin: baseUrl, protocol, hostname } = new URL(options.baseUrl);
  const https = protocol === 'https:';
  const local = isLoopbackName(hostname);
  if (!https && !local) throw new RangeError('the base URL must be https, or http on this machine');
  const keyring = createKeyring(options.secret);
  const registry = createRegistry({ registrations, errors });
  const jar = createCookieJar(https);
  const toolKeys = createToolKeys({ store: options.keys, keyring, clock });
  const framing = createFraming({ registry, keyring, jar });
  const now = (): Date => clock.now();
  return {
    options,
    errors,
    baseUrl,
    https,
    keyring,
    registry,
    jar,
    keySets: createKeySets({ clock, allowLoopback: local }),
    sessions: createSessions({ store: options.sessions, registry, keyring, jar, clock, errors }),
    toolKeys,
    signer:
      options.deepLinkSigner ??
      createLtijsSigner({ registrations: () => registry.list(), signing: () => toolKeys.signing(), now }),
    framing,
    pages: createPages({
      renderPage: options.renderPage ?? renderPlainly,
      locales: options.locales ?? ['fr', 'en'],
      frameAncestors: (response) => framing.ancestors(response),
    }),
  };
}
