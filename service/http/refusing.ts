// What happens to everything that is thrown while a page is made, before somebody is shown what went wrong.
import type { ErrorRequestHandler, Request, Response } from 'express';
import type { ErrorLog } from '../../lti/log/index.ts';
import { outcomeOf, type Refusal } from './errors.ts';
import type { Health } from './health.ts';
import { isUnlogged } from './log.ts';

export interface RefusingOptions {
  readonly errors: ErrorLog;
  readonly health: Pick<Health, 'isAway'>;
}

/** What is shown. reference: short id of a bug, found again in the log; none while the database is away. */
export interface Shown extends Refusal {
  readonly reference?: string;
}

const away: Refusal = { status: 503, sentence: 'unavailable' };
const bug: Refusal = { status: 500, sentence: 'unexpected' };

/** show: answers a request with the page of a refusal. Bugs are in the log before it is called. */
export function refusing(
  { errors, health }: RefusingOptions,
  show: (shown: Shown, request: Request, response: Response) => void,
): ErrorRequestHandler {
  const outcome = (error: unknown): ReturnType<typeof outcomeOf> => {
    try {
      return health.isAway(error) ? away : outcomeOf(error);
    } catch {
      // What was thrown may refuse to be looked at.
      return bug;
    }
  };
  // Nothing is passed on: Express itself would write the error's message to standard error, and show it.
  const handler: ErrorRequestHandler = (...[error, request, response]) => {
    const found = outcome(error);
    if ('seeOther' in found && !response.headersSent) {
      response.redirect(303, found.seeOther);
      return;
    }
    const refusal = 'seeOther' in found ? bug : found;
    const isSilent = refusal.status < 500 || isUnlogged(request, response);
    const reported = isSilent ? undefined : errors.report(error, 'a request failed');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const retryAfter = refusal.retryAfter ?? (refusal.status === 503 ? 30 : undefined);
    if (retryAfter !== undefined) response.set('Retry-After', String(retryAfter));
    try {
      show({ ...refusal, ...(reported && refusal !== away && { reference: reported.reference }) }, request, response);
    } catch (failure) {
      const { reference } = errors.report(failure, 'the page of an error could not be made');
      response.status(500).type('text/plain').send(reference);
    }
  };
  return asErrorHandler(handler);
}

/** Express knows an error handler by its four parameters, and gathered ones do not count. */
export function asErrorHandler(handler: ErrorRequestHandler): ErrorRequestHandler {
  return Object.defineProperty(handler, 'length', { value: 4 });
}
