// Between express and the handlers: makes a visit of a request, admits it, and sends the handler's answer.
import type { Request, RequestHandler, Response } from 'express';
import { type WebSession } from '../../lti/index.ts';
import type { Sentence, Views } from '../../views/index.ts';
import type { Lab } from '../domain/lab.ts';
import { openDoorsOf } from '../domain/member.ts';
import { locales, type Locale } from '../domain/terms.ts';
import type { Limiter } from '../domain/limit.ts';
import { noteVisit } from '../usecases/note-visit.ts';
import type { Ports } from '../usecases/ports.ts';
import { admit, type May } from './admit.ts';
import { findExclusion, pageOfExcluded } from './excluded.ts';
import { bareFrame, frameOf } from './frame.ts';
import { deedOf, spend } from './limits.ts';
import type { Route, RouteOf } from './route.ts';
import { sendHtml } from './send-html.ts';
import { tracedForm } from './traces.ts';
import type { PageReply, Reply, Role, Visit, VisitTool } from './visit.ts';

export interface House {
  readonly ports: Ports;
  readonly tool: VisitTool;
  readonly views: Views;
  readonly baseUrl: string;
  readonly limiter: Limiter;
}

/** A language of the house for what a browser, a platform or a person asks for ("fr-CA" is French). */
export function localeFor(wanted: string | undefined): Locale {
  return locales.find((locale) => wanted?.toLowerCase().startsWith(locale)) ?? locales[0];
}

function labOf({ rules }: Ports, tenant: string): Lab {
  const unlisted = {
    id: tenant,
    name: tenant.toUpperCase(),
    calendar: { zone: rules.zone, closures: [] },
    referral: [],
    referralToComplete: false,
  };
  return rules.labs.get(tenant) ?? unlisted;
}

async function roleOf({ coordinators }: Ports, { person, tenant }: WebSession): Promise<Role> {
  const offices = await coordinators.officesOf(person, tenant);
  const ofAllLabs = offices.find(({ role }) => role === 'cross_lab_coordinator');
  return (ofAllLabs ?? offices[0])?.role ?? 'participant';
}

async function visitOf({ ports, tool, views, baseUrl }: House, request: Request, response: Response): Promise<Visit> {
  const session = tool.sessionOf(response) as WebSession;
  const [member, role] = await Promise.all([ports.members.findByPerson(session.person), roleOf(ports, session)]);
  const exclusion = await findExclusion(ports, session, member);
  // By whatever way in the person came: what is open belongs to them all.
  const doors = new Set([session.person, ...(member ? openDoorsOf(member) : [])]);
  const sessions = [...doors].map((person) => ({ ...session, person }));
  const present = member && member.status !== 'withdrawn' && member.status !== 'erased';
  const locale = localeFor(session.data['locale'] ?? (present ? member.locale : session.locale));
  return {
    ports,
    baseUrl,
    framed: request.get('sec-fetch-dest') === 'iframe',
    within: request.get('sec-fetch-site') === 'same-origin',
    session,
    door: {
      remember: (data) => tool.remember(session, { ...session.data, ...data }),
      offerTab: () => tool.offerTab(session),
      logOut: () => tool.logOut(request, response),
      endAll: async () => {
        for (const one of sessions) await tool.endSessionsOf(one.person);
        await tool.logOut(request, response);
      },
      endDoors: async (persons) => {
        for (const person of persons) await tool.endSessionsOf(person);
      },
      openSessions: async () => (await Promise.all(sessions.map((one) => tool.ownSessions.openOf(one)))).flat(),
      endOne: async (handle) => {
        for (const one of sessions) if ((await tool.ownSessions.endOne(one, handle)) === 'ended') return 'ended';
        return 'not_found';
      },
      endOthers: async () => {
        for (const one of sessions) await tool.ownSessions.endOthers(one);
      },
    },
    role,
    lab: labOf(ports, member?.labId ?? session.tenant),
    ...(present ? { member } : {}),
    ...(exclusion && { exclusion }),
    locale,
    t: views.sentences.in(locale),
    path: request.path,
    params: Object.fromEntries(Object.entries(request.params).map(([name, value]) => [name, String(value)])),
    query: request.query,
    body: request.body as unknown,
  };
}

/** The visit of whoever has a session; the error handler finds it, so that a refusal keeps the navigation. */
export async function beginVisit(house: House, request: Request, response: Response): Promise<Visit> {
  const visit = await visitOf(house, request, response);
  response.locals['visit'] = visit;
  return visit;
}

/** A page whose heading is not always the same names itself. */
function titleOf(t: Sentence, { page, model }: PageReply): string {
  return 'heading' in model && typeof model.heading === 'string' ? model.heading : t(`${page}:title`);
}

/** Sends a page without a visit: refusals before or without a session. */
export function sendBare(response: Response, views: Views, shown: PageReply & { locale: Locale }): void {
  const t = views.sentences.in(shown.locale);
  const frame = bareFrame(titleOf(t, shown));
  const { page, model, status, locale } = shown;
  response.status(status);
  sendHtml(response, page, views.show({ page, model, frame, locale, csrf: '' }));
}

/** Sends a page with all that surrounds it. */
export function sendPage(response: Response, views: Views, shown: { reply: PageReply; visit: Visit }): void {
  const { reply, visit } = shown;
  if (reply.bare) {
    sendBare(response, views, { ...reply, locale: visit.locale });
    return;
  }
  const { page, model, status, refresh = 0 } = reply;
  const frame = { ...frameOf(visit, titleOf(visit.t, reply), views.sentences.locales), refresh };
  const { locale, session, framed } = visit;
  response.status(status);
  sendHtml(response, page, views.show({ page, model, frame, locale, csrf: session.csrfToken, framed }));
}

function send(response: Response, views: Views, answer: { reply: Reply; visit: Visit }): void {
  const { reply, visit } = answer;
  if ('page' in reply) sendPage(response, views, { reply, visit });
  else if ('seeOther' in reply) response.redirect(303, reply.seeOther);
  else if ('fragment' in reply) {
    const data = { t: visit.t, locale: visit.locale, csrf: '' };
    response.type('html').send(views.engine.render(`partials/${reply.fragment}`, reply.model, data));
  } else response.attachment(reply.file).type(reply.type).send(reply.content);
}

async function run<M extends May>(route: RouteOf<M>, visit: Visit): Promise<Reply> {
  const excluded = pageOfExcluded(visit, route);
  if (excluded) return excluded;
  const admitted = admit[route.may](visit);
  const handle = async (): Promise<Reply> => route.handle(admitted);
  return 'act' in route ? tracedForm(visit, route, handle) : handle();
}

/** A person does so much, whatever the answer is; a form that another site forged was refused before. @throws TooManyRequests */
async function spendDeed(limiter: Limiter, route: Route, { session }: Visit): Promise<void> {
  const deed = deedOf(route);
  if (deed) await spend(limiter, deed.name, deed.route, session.person);
}

/** The chain of one line of the routes table. */
export function serve(route: Route, house: House): RequestHandler[] {
  const { tool, views, limiter } = house;
  const answer: RequestHandler = async (request, response) => {
    const visit = await beginVisit(house, request, response);
    await spendDeed(limiter, route, visit);
    if (visit.member) await noteVisit(house.ports, visit.member);
    send(response, views, { reply: await run(route, visit), visit });
  };
  const name: RequestHandler = (_request, response, next) => {
    response.locals['route'] = route.path;
    next();
  };
  return route.method === 'post'
    ? [name, tool.requireSession, tool.checkCsrf, answer]
    : [name, tool.requireSession, answer];
}
