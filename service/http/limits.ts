// Which request counts against which limit (domain/limit has the numbers): strangers by address, people by page
// and by deed. One too many is refused with the seconds to wait.
import type { Request, RequestHandler } from 'express';
import type { Limiter, LimitName } from '../domain/limit.ts';
import { clientOf } from './client-address.ts';

/** Refused because it was done too often. */
export class TooManyRequests extends Error {
  readonly seconds: number;

  constructor(seconds: number) {
    super('too many requests');
    this.name = 'TooManyRequests';
    this.seconds = seconds;
  }
}

/** @throws TooManyRequests */
export async function spend(limiter: Limiter, name: LimitName, ...of: readonly string[]): Promise<void> {
  const seconds = await limiter.spend(name, ...of);
  if (seconds !== undefined) throw new TooManyRequests(seconds);
}

/** route: as the access log shows it, and what is counted apart. */
export function byAddress(limiter: Limiter, name: LimitName, route: string): RequestHandler {
  return async (request, response, next) => {
    const seconds = await limiter.spend(name, route, clientOf(request));
    if (seconds !== undefined) {
      response.locals['route'] = route;
      throw new TooManyRequests(seconds);
    }
    next();
  };
}

/** Deeds with a limit of their own, and the few pages that are as much work as one. Any other form is a plain deed. */
export const heavyDeeds: Readonly<Record<string, LimitName>> = {
  'post /address/code': 'letter',
  'post /availability/meaning': 'look',
  'post /mentor/meaning': 'look',
  'post /request': 'request',
  'post /request/reopen': 'request',
  'post /request/withdraw': 'request',
  'post /dialogues/:id/meetings': 'meeting',
  'post /dialogues/:id/hold': 'letter',
  'post /dialogues/:id/resume': 'letter',
  'post /meetings/:id/agree': 'letter',
  'post /meetings/:id/move': 'letter',
  'post /meetings/:id/keep': 'letter',
  'post /meetings/:id/cancel': 'letter',
  'post /help': 'question',
  'post /help/:id/messages': 'message',
  'post /help/:id/identity/open': 'letter',
  'post /help/:id/identity/hide': 'letter',
  'post /help/:id/lab': 'letter',
  'post /cases/:id/messages': 'message',
  'post /cases/:id/widen': 'letter',
  'post /cases/:id/match': 'matching',
  'post /cases/:id/exclusion': 'exclusion',
  'post /report/match': 'matching',
  'get /my-data/export.json': 'export',
  'get /report.csv': 'export',
};

interface Visited {
  readonly method: 'get' | 'post';
  readonly path: string;
}

/** The deed that a route is, with its own count for each route; undefined for a page. */
export function deedOf({ method, path }: Visited): { name: LimitName; route: string } | undefined {
  const route = `${method} ${path}`;
  const name = heavyDeeds[route] ?? (method === 'post' ? 'deed' : undefined);
  return name && { name, route };
}

/** Longest address of a page, query included. A login carries what the platform sends, four kilobytes a parameter. */
const longestAddress = { page: 2048, entry: 12_288 };

class AddressTooLong extends Error {
  readonly status = 414;
}

class NoForm extends Error {
  readonly status = 415;
}

/** Before anything is looked up: what no page of ours would ever send. */
export const soundRequest: RequestHandler = (request, _response, next) => {
  const { originalUrl } = request;
  const most = originalUrl.startsWith('/lti/') ? longestAddress.entry : longestAddress.page;
  if (originalUrl.length > most) throw new AddressTooLong();
  next();
};

/** Our forms are urlencoded: a file, JSON or plain text was not sent by one of our pages. */
export const formsOnly: RequestHandler = (request, _response, next) => {
  if (request.method === 'POST' && hasBody(request) && request.is('urlencoded') === false) throw new NoForm();
  next();
};

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
