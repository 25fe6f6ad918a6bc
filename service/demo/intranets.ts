// The web of the five labs: one intranet each, the mailbox and the clock, on one port.
import { type ErrorRequestHandler, type Express, type NextFunction, type Request, type Response } from 'express';
import { strictApp } from '../../lti/index.ts';
import type { Clock } from '../../lti/platform/index.ts';
import { clockPages } from './clock-pages.ts';
import { createIntranet } from './intranet.ts';
import { mailPages } from './mail-pages.ts';
import type { DemoMemory } from './memory.ts';
import { send, textsFor } from './page.ts';
import { demoPeople, type DemoPerson } from './people.ts';
import type { Standing } from './standing.ts';
import type { World } from './travel.ts';
import { styleSheet } from './views.ts';

export interface IntranetsOptions {
  readonly labs: readonly { readonly id: string; readonly name: string }[];
  readonly origin: string;
  readonly serviceUrl: string;
  /** Real time: tokens and tickets are no part of the programme. */
  readonly wallClock: Clock;
  readonly world: World;
  readonly zone: string;
  readonly memory: Pick<DemoMemory, 'mails'>;
  readonly standingOf: (person: DemoPerson) => Promise<Standing[]>;
  readonly onError: (error: unknown) => void;
}

export function createIntranets(options: IntranetsOptions): Express {
  const { labs, memory, world, zone, onError } = options;
  const app = strictApp().disable('etag');
  app.use(refuseForeignForms);
  app.get('/demo.css', (_req, res) => res.type('css').set('Cache-Control', 'max-age=300').send(styleSheet));
  app.get('/', (req, res) => {
    const t = textsFor(req);
    const counts = labs.map(({ id, name }) => ({ id, name, count: `${peopleOf(id).length} ${t.people}` }));
    send(req, res, { template: 'index', page: { title: t.indexTitle }, model: { labs: counts } });
  });
  app.use('/mail', mailPages(memory, zone));
  app.use('/clock', clockPages(world, zone, onError));
  for (const lab of labs) {
    const { origin, serviceUrl, wallClock: clock, standingOf } = options;
    app.use(
      `/${lab.id}`,
      createIntranet({ lab, people: peopleOf(lab.id), origin, serviceUrl, clock, standingOf }).router,
    );
  }
  app.use((req, res) => {
    send(req, res.status(404), { template: 'message', page: { title: textsFor(req).notFound } });
  });
  app.use(failed(onError));
  return app;
}

function failed(onError: (error: unknown) => void): ErrorRequestHandler {
  // Nothing is passed on: Express itself would write the error's message to standard error.
  const handler: ErrorRequestHandler = (...[error, req, res]) => {
    onError(error);
    if (res.headersSent) {
      res.destroy();
      return;
    }
    send(req, res.status(500), { template: 'message', page: { title: textsFor(req).problem } });
  };
  // Express knows an error handler by its four parameters, and gathered ones do not count.
  return Object.defineProperty(handler, 'length', { value: 4 });
}

const peopleOf = (labId: string): typeof demoPeople => demoPeople.filter((person) => person.labId === labId);

/** Signing in and moving the clock are for these pages only; the platform's own endpoints check their senders themselves. */
function refuseForeignForms(req: Request, res: Response, next: NextFunction): void {
  const own = /^\/(?:clock|[a-z-]+\/sign-(?:in|out))\/?$/.test(req.path);
  const site = req.headers['sec-fetch-site'];
  if (req.method === 'POST' && own && site !== undefined && site !== 'same-origin') {
    res.sendStatus(403);
    return;
  }
  next();
}
