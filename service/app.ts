// The application on one screen: who is let in, in which order, and what every answer carries.
import express, { type Express, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { strictApp, type Tool } from '../lti/index.ts';
import type { ErrorLog } from '../lti/log/index.ts';
import { connectByHand } from './http/admin/invited.ts';
import { serveAssets } from './http/assets.ts';
import { type CalendarFeedOptions, calendarFeedRouter } from './http/calendar-feed.ts';
import { type Health, healthRouter } from './http/health.ts';
import { strictHeaders } from './http/headers.ts';
import { accessLog } from './http/log.ts';
import { nothingHere, refuse } from './http/refuse.ts';
import { routes } from './http/routes.ts';
import { type House, serve } from './http/serve.ts';
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

const readBody = express.urlencoded({ extended: false, limit: '32kb' });

export function createApp(options: AppOptions): Express {
  const { ports, tool, views, admin, health, logger, errors, trustedProxies = [] } = options;
  const app = strictApp();
  app.disable('etag').set('trust proxy', [...trustedProxies]);

  app.use(accessLog(logger));
  app.use('/health', healthRouter(health));
  app.use('/metrics', options.metrics);
  app.use('/assets', serveAssets(views.assets));
  app.use('/lti', tool.router);
  app.use('/admin', admin);
  app.use('/calendar', calendarFeedRouter({ ports, write: options.writeFeed }));
  app.use('/survey', surveyRouter({ ports, views }));

  // The door shows the form to the holder of an invitation; what they send is no business of its own.
  app.post(
    '/lti/register/:token',
    ...[strictHeaders('none'), notKept, readBody],
    connectByHand({ administration: tool.administration, views }),
  );

  // Twice: who may frame a page is told by its session, and a page must also be framed well when none can be read.
  const framed = strictHeaders((response) => tool.frameAncestors(response));
  app.use(framed, notKept, tool.session, framed, readBody);
  for (const route of routes) app[route.method](route.path, ...serve(route, options));

  app.use(nothingHere);
  app.use(refuse({ views, errors, health }));
  return app;
}
