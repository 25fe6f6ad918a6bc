// Turns a function of one failure into what Express takes for an error handler: a function whose length is four.
import type { ErrorRequestHandler, Request, Response } from 'express';

export interface Failure {
  error: unknown;
  req: Request;
  res: Response;
}

/** `handle` tells whether it has answered; if not, the error goes on to the next handler. */
export function onError(handle: (failure: Failure) => boolean): ErrorRequestHandler {
  const handler = (...[error, req, res, next]: Parameters<ErrorRequestHandler>): void => {
    if (res.headersSent || !handle({ error, req, res })) next(error);
  };
  return Object.defineProperty(handler, 'length', { value: 4 });
}
