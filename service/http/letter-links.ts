// Links of letters that need a launch, opened outside any: how to use them, and nothing looked up.
import type { RequestHandler, Response } from 'express';
import type { Views } from '../../views/index.ts';
import { MentoringError } from '../domain/errors.ts';
import { wantedLocale } from './admin/enter.ts';
import { linkToken } from './forms/form.ts';
import { sendBare } from './serve.ts';

/** The page tells where to paste the code. */
export const letterLinks = [
  { path: '/coordinator/:token', page: 'coordinator-link' },
  { path: '/two-registrations/:token', page: 'twins-link' },
] as const;

/** hasSession: whoever came in through a launch gets the form of the routes table. */
export function linkWithoutLaunch(
  views: Views,
  { path, page }: (typeof letterLinks)[number],
  hasSession: (response: Response) => boolean,
): RequestHandler {
  return (request, response, next) => {
    response.locals['route'] = path;
    if (hasSession(response)) {
      next();
      return;
    }
    const code = String(request.params['token']);
    if (!linkToken.test(code)) throw new MentoringError('not_found');
    sendBare(response, views, { page, model: { code }, status: 200, locale: wantedLocale(request) });
  };
}
