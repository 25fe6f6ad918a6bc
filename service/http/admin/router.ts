// The pages of platform administrators, outside any frame: who is let in, in which order, and what every answer carries.
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { Logger } from 'pino';
import { LtiError, maskToken, strictRouter, type Tool } from '../../../lti/index.ts';
import type { ErrorLog } from '../../../lti/log/index.ts';
import type { Views } from '../../../views/index.ts';
import type { AdminSession } from '../../domain/admin-pass.ts';
import type { Clock } from '../../domain/clock.ts';
import { MentoringError } from '../../domain/errors.ts';
import type { Limiter } from '../../domain/limit.ts';
import { locales } from '../../domain/terms.ts';
import type { ProgrammeRules } from '../../usecases/ports.ts';
import { lastingIcon } from '../assets.ts';
import { clientOf } from '../client-address.ts';
import { strictHeaders } from '../headers.ts';
import type { HealthView } from '../../usecases/view-health.ts';
import type { Health } from '../health.ts';
import { byAddress, formsOnly, spend } from '../limits.ts';
import { audited, type AuditPorts } from '../../usecases/audited.ts';
import { sendHtml } from '../send-html.ts';
import { sendBare } from '../serve.ts';
import type { Reply } from '../visit.ts';
import { type AdminAccess, csrfOf } from './access.ts';
import { enterRoutes, named } from './enter.ts';
import { adminFrameOf } from './frame.ts';
import { checkForm, cookieOf } from './guard.ts';
import { refuseAdmin } from './refuse.ts';
import { type AdminRoute, adminRoutes } from './routes.ts';
import type { AdminVisit } from './visit.ts';

export interface AdminOptions {
  readonly access: AdminAccess;
  readonly tool: Pick<Tool, 'administration' | 'keys'>;
  readonly rules: Pick<ProgrammeRules, 'labs' | 'zone'>;
  readonly views: Views;
  readonly logger: Logger;
  readonly errors: ErrorLog;
  readonly health: Pick<Health, 'isAway'>;
  readonly audit: AuditPorts & Pick<AdminVisit, 'viewTrail'>;
  readonly appointing: AdminVisit['appointing'];
  readonly exclusions: AdminVisit['exclusions'];
  /** How the programme is doing now. */
  readonly viewHealth: () => Promise<HealthView>;
  /** Real time. */
  readonly clock: Clock;
  /** Origin of the service. */
  readonly baseUrl: string;
  /** Issuers under which the configuration names coordinators. */
  readonly coordinatorIssuers: readonly string[];
  readonly limiter: Limiter;
}

interface Admitted {
  readonly session: AdminSession;
  readonly request: Request;
  readonly path: string;
}

function visitOf(options: AdminOptions, { session, request, path }: Admitted): AdminVisit {
  const { access, tool, rules, views, logger, viewHealth, clock, baseUrl, coordinatorIssuers, audit } = options;
  return {
    administration: tool.administration,
    keys: tool.keys,
    viewHealth,
    viewTrail: audit.viewTrail,
    appointing: options.appointing,
    exclusions: options.exclusions,
    labs: [...rules.labs.values()],
    zone: rules.zone,
    baseUrl,
    iconUrl: baseUrl + lastingIcon,
    coordinatorIssuers,
    now: clock.now(),
    locale: session.locale,
    t: views.sentences.in(session.locale),
    path,
    params: Object.fromEntries(Object.entries(request.params).map(([name, value]) => [name, String(value)])),
    query: request.query,
    body: request.body as unknown,
    note: (deed, platform) => {
      logger.info({ deed, platform }, 'administration');
    },
    speak: (locale) => access.speak(session, locale),
    leave: () => access.leave(session),
  };
}

function send(
  response: Response,
  views: Views,
  { reply, visit, csrf }: { reply: Reply; visit: AdminVisit; csrf: string },
) {
  const { locale, t, path } = visit;
  if ('seeOther' in reply) {
    response.redirect(303, reply.seeOther);
  } else if ('page' in reply && reply.bare) {
    sendBare(response, views, { ...reply, locale });
  } else if ('page' in reply) {
    const heading = 'heading' in reply.model ? String(reply.model.heading) : '';
    const languages = locales.map((code) => ({ code, name: t(`frame:language.${code}`), current: code === locale }));
    const model = { ...reply.model, languages, back: path };
    const frame = adminFrameOf(visit, heading);
    response.status(reply.status);
    sendHtml(response, reply.page, views.show({ page: reply.page, model, frame, locale, csrf: maskToken(csrf) }));
  }
}

interface Sent {
  readonly visit: AdminVisit;
  readonly session: AdminSession;
  readonly options: AdminOptions;
}

/** A form is traced before it is carried out, and once more when nothing came of it. */
async function carryOut(route: AdminRoute, { visit, session, options: { access, audit } }: Sent): Promise<Reply> {
  if (route.method === 'get') return route.handle(visit);
  const entry = { actor: await access.actorOf(session), act: route.act, ...(await route.about?.(visit)) };
  return audited(audit, entry, {
    act: async () => route.handle(visit),
    isDone: (reply) => !('page' in reply) || reply.status < 400,
  });
}

/** The chain of one line of the table. */
function serveAdmin(route: AdminRoute, options: AdminOptions): RequestHandler[] {
  const { access, views, baseUrl, limiter } = options;
  const path = `/admin${route.path === '/' ? '' : route.path}`;
  const { read } = cookieOf(baseUrl);
  const answer: RequestHandler = async (request, response) => {
    const secret = read(request);
    const session = await access.find(secret);
    if (session === undefined) {
      await spend(limiter, 'administration', path, clientOf(request));
      throw new LtiError('session_missing');
    }
    await spend(limiter, 'admin_pages', session.id);
    const csrf = csrfOf(secret);
    if (route.method === 'post') {
      checkForm(request, baseUrl, csrf);
      await spend(limiter, 'admin_deed', path, session.id);
    }
    const visit = visitOf(options, { session, request, path });
    send(response, views, { reply: await carryOut(route, { visit, session, options }), visit, csrf });
  };
  return [named(path), answer];
}

export function adminRouter(options: AdminOptions): Router {
  const router = strictRouter();
  router.use(strictHeaders('none'), (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  router.use(formsOnly, express.urlencoded({ extended: false, limit: '32kb' }));
  enterRoutes(router, options);
  for (const route of adminRoutes) router[route.method](route.path, ...serveAdmin(route, options));
  router.use(byAddress(options.limiter, 'administration', 'other'), () => {
    throw new MentoringError('not_found');
  });
  router.use(refuseAdmin(options));
  return router;
}
