// The tool, put together: one router for /lti, and what the rest of the service asks of it.
import type { Request, RequestHandler, Response, Router } from 'express';
import type { Administration } from './administration.ts';
import type { ToolOptions, WebSession } from './ports.ts';

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
  /** Sources for the CSP directive frame-ancestors of the house's own pages: 'self' and the platforms' origins. */
  frameAncestors(): string[];
  administration: Administration;
  /** Daily: ended sessions, old keys; makes the keys of this and the next period. @returns sessions deleted */
  tidy(): Promise<number>;
  /** Saves what is still in memory (last launch, last problem). */
  close(): Promise<void>;
}

/** Reads the registry once. @throws RangeError for a short secret or a base URL that is neither https nor loopback */
export async function createTool(options: ToolOptions): Promise<Tool> {
  await options.registrations.list();
  throw new RangeError('not wired yet');
}
