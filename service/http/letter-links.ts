// The link of an invitation to coordinate, opened outside any launch: how to use it, and nothing looked up.
import type { RequestHandler, Response } from 'express';
import type { Views } from '../../views/index.ts';
import { MentoringError } from '../domain/errors.ts';
import { wantedLocale } from './admin/enter.ts';
import { invitationToken } from './forms/coordinator.ts';
import { sendBare } from './serve.ts';

export const invitationPath = '/coordinator/:token';

/** hasSession: whoever came in through a launch gets the form of the routes table. */
export function invitationWithoutLaunch(views: Views, hasSession: (response: Response) => boolean): RequestHandler {
  return (request, response, next) => {
    response.locals['route'] = invitationPath;
    if (hasSession(response)) {
      next();
      return;
    }
    const code = String(request.params['token']);
    if (!invitationToken.test(code)) throw new MentoringError('not_found');
    sendBare(response, views, {
      page: 'coordinator-link',
      model: { code },
      status: 200,
      locale: wantedLocale(request),
    });
  };
}
