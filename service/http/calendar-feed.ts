// The personal calendar feed: for a calendar program, which has no session and holds the secret in the address. Whatever
// is not the address of a feed that is on, or was in the last 90 days, is the same page that is gone: programs stop asking.
import type { Request, Router } from 'express';
import { strictRouter } from '../../lti/index.ts';
import { readFeed, type CalendarFeed } from '../usecases/read-feed.ts';
import type { Ports } from '../usecases/ports.ts';
import { strictHeaders } from './headers.ts';

export interface CalendarFeedOptions {
  readonly ports: Ports;
  readonly write: (feed: CalendarFeed) => string;
}

export function calendarFeedRouter({ ports, write }: CalendarFeedOptions): Router {
  const router = strictRouter();
  router.use(strictHeaders('none'));
  // A plain file name at the end: programs show it. The address of before had the secret there.
  router.get(['/:token/agenda.ics', '/:token.ics'], async (request, response) => {
    response.locals['route'] = '/calendar/:token';
    response.set({ 'Cache-Control': 'private, no-store', 'X-Robots-Tag': 'noindex' });
    const feed = await readFeed(ports, { token: String(request.params['token']), byProgram: isProgram(request) });
    response.type('text/calendar; charset=utf-8').send(write(feed));
  });
  return router;
}

/** Browsers, and what looks at links for them, ask for pages; a look at the head alone takes no entry over. */
function isProgram(request: Request): boolean {
  return request.method === 'GET' && !(request.get('accept') ?? '').includes('text/html');
}
