// The application on one screen: who is let in, in which order, and what every answer carries.
import express, { type Express, type RequestHandler, type Response, type Router } from 'express';
import type { Logger } from 'pino';
import { strictApp, strictRouter, type Tool } from '../lti/index.ts';
import type { ErrorLog } from '../lti/log/index.ts';
import { connectByHand } from './http/admin/invited.ts';
import { serveAssets } from './http/assets.ts';
import { type CalendarFeedOptions, calendarFeedRouter } from './http/calendar-feed.ts';
import { clientOf } from './http/client-address.ts';
import { type Health, healthRouter } from './http/health.ts';
import { strictHeaders } from './http/headers.ts';
import { letterLinks, linkWithoutLaunch } from './http/letter-links.ts';
import { byAddress, formsOnly, soundRequest, spend, TooManyRequests } from './http/limits.ts';
import { accessLog } from './http/log.ts';
import { headersFirst, nothingHere, refuse } from './http/refuse.ts';
import { routes } from './http/routes.ts';
import { beginVisit, type House, serve } from './http/serve.ts';
import { surveyRouter } from './http/survey.ts';

export interface AppOptions extends House {
  readonly tool: Tool;
  readonly health: Health;
  readonly logger: Logger;
  readonly errors: ErrorLog;
  /** Figures for whoever holds their token; passes everybody else on. */
  readonly metrics: RequestHandler;
  /** Writes what a calendar program gets. */
  readonly writeFeed: CalendarFeedOptions['write'];
  /** The pages of platform administrators; they set their own headers and know no launch. */
  readonly admin: RequestHandler;
  /** Addresses of the reverse proxies whose X-Forwarded-* headers are believed; none by default. */
  readonly trustedProxies?: readonly string[];
}

const notKept: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};

const readBody: RequestHandler = express.urlencoded({ extended: false, limit: '32kb' });

/** As soon as a session was looked for, whatever is asked: strangers by address, and people by themselves. */
function limitVisits(house: AppOptions): RequestHandler {
  const { tool, limiter } = house;
  return async (request, response, next) => {
    const session = tool.sessionOf(response);
    // No route is named: the log decides by itself what may not be written about.
    if (session === undefined) await spend(limiter, 'no_session', clientOf(request));
    const seconds = session && (await limiter.spend('pages', session.person));
    if (seconds === undefined) {
      next();
      return;
    }
    // They are told on a page of their own, with what they typed.
    await beginVisit(house, request, response);
    readBody(request, response, (failed?: unknown) => {
      next(failed ?? new TooManyRequests(seconds));
    });
  };
}

/** What begins a launch, by what it is; the launch itself brings a signed token and is limited only when it is refused. */
function limitDoor(tool: AppOptions['tool'], limiter: House['limiter']): Router {
  const router = strictRouter();
  for (const path of ['/login', '/session', '/tab', '/choose']) {
    router.use(path, byAddress(limiter, 'entry', `/lti${path}`));
  }
  return router
    .use('/register', byAddress(limiter, 'registration', '/lti/register/:token'))
    .use('/keys', byAddress(limiter, 'keys', '/lti/keys'))
    .use('/assets', byAddress(limiter, 'assets', '/lti/assets'))
    .use(tool.router);
}

export function createApp(options: AppOptions): Express {
  const { ports, tool, views, admin, health, logger, errors, limiter, trustedProxies = [] } = options;
  const app = strictApp();
  app.disable('etag').set('trust proxy', [...trustedProxies]);

  app.use(accessLog(logger), soundRequest);
  app.use('/health', byAddress(limiter, 'probes', '/health'), healthRouter(health));
  app.use('/metrics', byAddress(limiter, 'probes', '/metrics'), options.metrics);
  app.use('/assets', byAddress(limiter, 'assets', '/assets'), serveAssets(views.assets));
  app.use('/lti', limitDoor(tool, limiter));
  app.use('/admin', admin);
  app.use(
    '/calendar',
    byAddress(limiter, 'calendar', '/calendar/:token'),
    calendarFeedRouter({ ports, write: options.writeFeed }),
  );
  app.use('/survey', byAddress(limiter, 'survey', '/survey'), surveyRouter({ ports, views }));

  // The door shows the form to the holder of an invitation; what they send is no business of its own.
  app.post(
    '/lti/register/:token',
    ...[strictHeaders('none'), notKept, formsOnly, readBody],
    connectByHand({ administration: tool.administration, views }),
  );

  // Twice: who may frame a page is told by its session, and a page must also be framed well when none can be read.
  const framed = strictHeaders((response) => tool.frameAncestors(response));
  app.use(framed, notKept, tool.session, framed, limitVisits(options), formsOnly, readBody);
  const hasSession = (response: Response): boolean => tool.sessionOf(response) !== undefined;
  for (const link of letterLinks) app.get(link.path, linkWithoutLaunch(views, link, hasSession));
  for (const route of routes) app[route.method](route.path, ...serve(route, options));

  app.use(nothingHere);
  app.use(headersFirst(framed), refuse({ views, errors, health }));
  return app;
}
