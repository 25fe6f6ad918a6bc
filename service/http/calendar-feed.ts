// The personal calendar feed: for a calendar program, which has no session and holds the secret in the address. Whatever
// is not the address of a feed that is on is the same page that is not there.
import type { Router } from 'express';
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
  router.get('/:token.ics', async (request, response) => {
    response.locals['route'] = '/calendar/:token.ics';
    response.set({ 'Cache-Control': 'private, no-store', 'X-Robots-Tag': 'noindex' });
    const feed = await readFeed(ports, { token: request.params.token });
    response.type('text/calendar; charset=utf-8').send(write(feed));
  });
  return router;
}
