// The end of every error of the platform: a page for a refusal, a reference for a bug, whose description is in the log under it.
import type { ErrorRequestHandler, Request, Response } from 'express';
import type { ErrorLog } from '../log/index.ts';

export interface Failure {
  error: unknown;
  req: Request;
  res: Response;
}

/**
 * `refuse` tells whether it has answered. Nothing is passed on: Express itself would write the error's message to standard
 * error, and show it.
 */
export function onError(errors: ErrorLog, refuse: (failure: Failure) => boolean = () => false): ErrorRequestHandler {
  const isRefused = (failure: Failure): boolean => {
    try {
      return !failure.res.headersSent && refuse(failure);
    } catch {
      // What was thrown may refuse to be looked at.
      return false;
    }
  };
  const handler = (...[error, req, res]: Parameters<ErrorRequestHandler>): void => {
    if (isRefused({ error, req, res })) return;
    const { reference } = errors.report(error, 'the platform failed');
    if (res.headersSent) res.destroy();
    else res.status(500).type('text/plain').send(`error ${reference}`);
  };
  // Express knows an error handler by its four parameters, and gathered ones do not count.
  return Object.defineProperty(handler, 'length', { value: 4 });
}
