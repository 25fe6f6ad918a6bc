// For whoever watches the process: "live" says that it answers, "ready" that it can do its work.
import type { Response, Router } from 'express';
import { strictRouter } from '../../lti/index.ts';

export interface Health {
  /** Asks the database; false or a rejection means "send me nobody". */
  readonly ready: () => Promise<boolean>;
  /** Whether an error only says that the database cannot be reached now. */
  readonly isAway: (error: unknown) => boolean;
}

function say(response: Response, up: boolean): void {
  response
    .set('Cache-Control', 'no-store')
    .status(up ? 200 : 503)
    .json({ status: up ? 'up' : 'down' });
}

export function healthRouter({ ready }: Health): Router {
  const router = strictRouter();
  router.get('/live', (_request, response) => {
    say(response, true);
  });
  router.get('/ready', async (_request, response) => {
    say(response, await ready().catch(() => false));
  });
  return router;
}
