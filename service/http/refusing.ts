// What happens to everything that is thrown while a page is made, before somebody is shown what went wrong.
import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from 'pino';
import { outcomeOf, type Refusal, traceOf } from './errors.ts';
import type { Health } from './health.ts';
import { isUnlogged } from './log.ts';

export interface RefusingOptions {
  readonly logger: Logger;
  readonly health: Pick<Health, 'isAway'>;
}

const away: Refusal = { status: 503, sentence: 'unavailable' };

/** show: answers a request with the page of a refusal. Bugs are in the log before it is called. */
export function refusing(
  { logger, health }: RefusingOptions,
  show: (refusal: Refusal, request: Request, response: Response) => void,
): ErrorRequestHandler {
  const handler: ErrorRequestHandler = (...[error, request, response, next]) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const outcome = health.isAway(error) ? away : outcomeOf(error);
    if ('seeOther' in outcome) {
      response.redirect(303, outcome.seeOther);
      return;
    }
    const { status, reference = '' } = outcome;
    if (status === 503) response.set('Retry-After', '30');
    const silent = status < 500 || isUnlogged(request, response);
    if (!silent) logger.error({ reference, ...traceOf(error) }, 'a request failed');
    show(outcome, request, response);
  };
  // Express knows an error handler by its four parameters, and gathered ones do not count.
  return Object.defineProperty(handler, 'length', { value: 4 });
}
