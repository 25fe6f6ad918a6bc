// The access log: method, route pattern, status, duration and a correlation id. Never an address with an id or a query in
// it, never a person; and of the referral sheet no line at all.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';

/** Route patterns that are not logged: a probe says nothing, and nobody may know who looks for help. */
const unlogged = ['/health/live', '/health/ready', '/metrics', '/referral'];

/** What pino-http measured, in ms. */
interface Timed {
  readonly responseTime?: unknown;
}

function line(request: IncomingMessage, response: ServerResponse, ms: unknown): object {
  const route = (response as ServerResponse & { locals?: { route?: unknown } }).locals?.route;
  return {
    method: request.method,
    route: typeof route === 'string' ? route : 'other',
    status: response.statusCode,
    ms,
  };
}

export function accessLog(logger: Logger): RequestHandler {
  return pinoHttp({
    logger,
    genReqId: () => randomUUID(),
    quietReqLogger: true,
    quietResLogger: true,
    autoLogging: { ignore: ({ url = '' }) => unlogged.includes(url.split('?')[0] ?? '') },
    customSuccessObject: (...[request, response, { responseTime }]: [IncomingMessage, ServerResponse, Timed]) =>
      line(request, response, responseTime),
    customErrorObject: (...[request, response, , { responseTime }]: [IncomingMessage, ServerResponse, Error, Timed]) =>
      line(request, response, responseTime),
    customSuccessMessage: () => 'answered',
    customErrorMessage: () => 'failed',
  });
}
