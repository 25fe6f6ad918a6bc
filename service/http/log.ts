// The access log: method, route pattern, status, duration and a correlation id. Never an address with an id or a query in
// it, never a person; and of the referral sheet no line at all. The route that answered decides, never the text of the
// address, which can be written in many ways; of what no route took, the ways in which the sheet's can be mistyped.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { createThrottle } from '../../lti/log/index.ts';

/** Route patterns that are not logged: a probe says nothing, and nobody may know who looks for help. */
const unlogged = ['/health/live', '/health/ready', '/metrics', '/referral'];

/** Express's own note of the route that was taken. */
type Routed = IncomingMessage & { originalUrl?: string; baseUrl?: string; route?: { path?: unknown } };
type Answer = ServerResponse & { locals?: { route?: unknown; repeated?: number } };

/** Pattern of the route that answered; undefined when none did. */
function routeOf(request: Routed, { locals }: Answer): string | undefined {
  if (typeof locals?.route === 'string') return locals.route;
  const { baseUrl = '', route } = request;
  if (typeof route?.path !== 'string') return undefined;
  return baseUrl !== '' && route.path === '/' ? baseUrl : baseUrl + route.path;
}

/** In capitals, with more slashes, encoded once or twice, with something behind it: somebody wanted the sheet. */
function meansReferral({ originalUrl = '' }: Routed): boolean {
  let [path = ''] = originalUrl.split('?');
  for (let times = 0; times < 3; times += 1) {
    path = path.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  }
  return path
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .includes('referral');
}

/** Whether nothing may be written about this answer, not even that it failed. */
export function isUnlogged(request: IncomingMessage, response: ServerResponse): boolean {
  const route = routeOf(request, response);
  return route === undefined ? meansReferral(request) : unlogged.includes(route);
}

/** What pino-http measured, in ms. */
interface Timed {
  readonly responseTime?: unknown;
}

function line(request: IncomingMessage, response: Answer, ms: unknown): object {
  const { repeated = 0 } = response.locals ?? {};
  const route = routeOf(request, response) ?? 'other';
  const { statusCode: status } = response;
  return { method: request.method, route, status, ms, ...(repeated > 0 && { repeated }) };
}

const unavailable = 503;

/** While the service is unavailable every request gets the same answer: one line in half a minute, with their number. */
export function accessLog(logger: Logger, now?: () => number): RequestHandler {
  const throttle = createThrottle(now);
  const levelOf = (request: IncomingMessage, response: Answer): 'info' | 'silent' => {
    if (isUnlogged(request, response)) return 'silent';
    if (response.statusCode !== unavailable) return 'info';
    const repeated = throttle.pass('unavailable');
    if (repeated === undefined) return 'silent';
    if (response.locals) response.locals.repeated = repeated;
    return 'info';
  };
  return pinoHttp({
    logger,
    genReqId: () => randomUUID(),
    quietReqLogger: true,
    quietResLogger: true,
    customLogLevel: levelOf,
    customSuccessObject: (...[request, response, { responseTime }]: [IncomingMessage, ServerResponse, Timed]) =>
      line(request, response, responseTime),
    customErrorObject: (...[request, response, , { responseTime }]: [IncomingMessage, ServerResponse, Error, Timed]) =>
      line(request, response, responseTime),
    customSuccessMessage: () => 'answered',
    customErrorMessage: () => 'failed',
  });
}
