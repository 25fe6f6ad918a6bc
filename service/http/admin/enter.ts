// The way in: a page with a button for whoever holds a link, and the button itself, which uses the link up.
import type { Request, RequestHandler, Response, Router } from 'express';
import type { Views } from '../../../views/index.ts';
import { adminSessionMinutes } from '../../domain/admin-pass.ts';
import type { Limiter } from '../../domain/limit.ts';
import { type Locale, locales } from '../../domain/terms.ts';
import { byAddress } from '../limits.ts';
import { localeFor, sendBare } from '../serve.ts';
import type { AdminAccess } from './access.ts';
import { checkOrigin, cookieOf, fieldOf } from './guard.ts';

export const wantedLocale = (request: Request): Locale => localeFor(request.acceptsLanguages(...locales) || undefined);

/** For the access log: the pattern of the route, never what is in it. */
export const named =
  (route: string): RequestHandler =>
  (_request, response, next) => {
    response.locals['route'] = route;
    next();
  };

interface EnterOptions {
  readonly access: AdminAccess;
  readonly views: Views;
  readonly baseUrl: string;
  readonly limiter: Limiter;
}

/** Looking at it uses nothing up, so that a mail scanner or a preview cannot; its button does. */
export function enterRoutes(router: Router, { access, views, baseUrl, limiter }: EnterOptions): void {
  const limit = byAddress(limiter, 'administration', '/admin/enter');
  const { give } = cookieOf(baseUrl);
  const dead = (request: Request, response: Response): void => {
    const locale = wantedLocale(request);
    const t = views.sentences.in(locale);
    const model = {
      heading: t('admin:dead.heading'),
      text: t('admin:dead.text'),
      how: true,
      back: false,
      reference: '',
    };
    sendBare(response, views, { page: 'admin-closed', model, status: 403, locale });
  };
  router.get('/enter/:token', named('/admin/enter/:token'), limit, async (request, response) => {
    const { token } = request.params;
    if (typeof token !== 'string' || !(await access.isOpen(token))) {
      dead(request, response);
      return;
    }
    const locale = wantedLocale(request);
    const heading = views.sentences.in(locale)('admin-enter:heading');
    sendBare(response, views, { page: 'admin-enter', model: { heading, token }, status: 200, locale });
  });
  router.post('/enter', named('/admin/enter'), limit, async (request, response) => {
    checkOrigin(request, baseUrl);
    const secret = await access.enter(fieldOf(request, 'token'), wantedLocale(request));
    if (secret === undefined) {
      dead(request, response);
      return;
    }
    give(response, secret, adminSessionMinutes * 60);
    response.redirect(303, '/admin?done=entered');
  });
}
