// One lab's intranet: signing in without a password, a plain home page, and the page that frames the programme.
import express, { type Request, type Response, type Router } from 'express';
import { strictRouter } from '../../lti/index.ts';
import { createPlatform, type Clock, type Person, type Platform } from '../../lti/platform/index.ts';
import { cookieOf, send, textsFor, type MenuEntry, type PageModel } from './page.ts';
import { demoGroups, type DemoPerson } from './people.ts';
import type { Standing } from './standing.ts';
import type { DemoTexts } from './texts.ts';

export interface IntranetOptions {
  readonly lab: { readonly id: string; readonly name: string };
  readonly people: readonly DemoPerson[];
  /** Origin of all intranets, for example http://localhost:3001. */
  readonly origin: string;
  /** Origin of the programme's service. */
  readonly serviceUrl: string;
  readonly clock: Clock;
  /** Where somebody stands in the programme: a help for visitors of the demonstration, no real intranet knows it. */
  readonly standingOf: (person: DemoPerson) => Promise<Standing[]>;
}

export const clientIdOf = (labId: string): string => `mentorat-${labId}`;
export const deploymentIdOf = (labId: string): string => `${labId}-1`;

export interface Intranet {
  readonly platform: Platform;
  /** To be mounted at /<lab>. */
  readonly router: Router;
}

export function createIntranet(options: IntranetOptions): Intranet {
  const { lab, people, origin } = options;
  const whoIs = (req: Request): DemoPerson | undefined => {
    const subject = cookieOf(req, cookieName(lab.id));
    return people.find((one) => one.subject === subject);
  };
  const platform = createPlatform(platformOptions(options, whoIs));
  const router = strictRouter();
  const base = `/${lab.id}`;
  const frame = (title: string, signedIn?: { person: DemoPerson; t: DemoTexts; here: string }): PageModel => ({
    title: `${title} · ${lab.name}`,
    name: lab.name,
    home: base,
    theme: `lab-${lab.id}`,
    ...(signedIn && { person: signedIn.person, menu: menuOf(signedIn.t, base, signedIn.here) }),
  });

  router.get('/', async (req, res) => {
    const person = whoIs(req);
    const t = textsFor(req, person);
    if (person === undefined) {
      const page = frame(`${t.signInTitle} ${lab.name}`);
      send(req, res, { template: 'sign-in', page, model: { groups: await groupsOf(options, t) } });
      return;
    }
    send(req, res, { template: 'intranet-home', page: frame(t.home, { person, t, here: base }) });
  });

  router.get('/mentorat', (req, res) => {
    const person = whoIs(req);
    if (person === undefined) {
      res.redirect(303, base);
      return;
    }
    const signedIn = { person, t: textsFor(req, person), here: `${base}/mentorat` };
    const page = { ...frame('Mentorat Dialogue', signedIn), script: `${origin}${base}/assets/embed.js` };
    send(req, res, {
      template: 'embedded',
      page,
      model: { frame: platform.frame(clientIdOf(lab.id), 'Mentorat Dialogue') },
    });
  });

  router.use(signing(base, lab.id, people));
  router.use(platform.router);
  return { platform, router };
}

const cookieName = (labId: string): string => `demo_${labId}`;

function signing(base: string, labId: string, people: readonly DemoPerson[]): Router {
  const router = strictRouter();
  const cookie = { httpOnly: true, sameSite: 'lax', path: base } as const;
  router.post(
    '/sign-in',
    express.urlencoded({ extended: false, limit: '1kb' }),
    (req: Request<object, unknown, Record<string, unknown>>, res: Response) => {
      const person = people.find(({ subject }) => subject === req.body['subject']);
      if (person !== undefined) res.cookie(cookieName(labId), person.subject, cookie);
      res.redirect(303, req.body['to'] === 'mentorat' ? `${base}/mentorat` : base);
    },
  );
  router.post('/sign-out', (_req, res) => {
    res.clearCookie(cookieName(labId), cookie).redirect(303, base);
  });
  return router;
}

function platformOptions(
  { lab, origin, serviceUrl, clock }: IntranetOptions,
  whoIs: (req: Request) => DemoPerson | undefined,
): Parameters<typeof createPlatform>[0] {
  return {
    issuer: `${origin}/${lab.id}`,
    clock,
    name: `Intranet ${lab.name}`,
    context: { id: `${lab.id}-intranet`, title: `Intranet ${lab.name}` },
    identity: (req) => {
      const person = whoIs(req);
      return person && ltiPerson(person);
    },
    tools: [
      {
        clientId: clientIdOf(lab.id),
        deploymentId: deploymentIdOf(lab.id),
        loginUrl: `${serviceUrl}/lti/login`,
        redirectUris: [`${serviceUrl}/lti/launch`],
        targetLinkUri: `${serviceUrl}/`,
        keysetUrl: `${serviceUrl}/lti/keys`,
        title: 'Mentorat Dialogue',
        sendName: true,
        sendEmail: true,
      },
    ],
    returnUrl: `${origin}/${lab.id}`,
  };
}

function ltiPerson({ subject, name, email, locale, group }: DemoPerson): Person {
  const role = group === 'mentees' || group === 'newcomers' ? 'Learner' : 'Instructor';
  return { subject, name, email, locale, roles: [role] };
}

function menuOf(t: DemoTexts, base: string, current: string): MenuEntry[] {
  return [
    { href: base, label: t.home },
    { href: `${base}/mentorat`, label: 'Mentorat Dialogue' },
  ].map((entry) => ({ ...entry, current: entry.href === current }));
}

async function groupsOf({ people, standingOf }: IntranetOptions, t: DemoTexts): Promise<object[]> {
  const noted = await Promise.all(
    people.map(async (person) => ({ ...person, note: noteOf(person, await standingOf(person), t) })),
  );
  return demoGroups
    .map((id) => {
      const [title = '', hint = ''] = t.groups[id];
      return { id, title, hint, people: noted.filter(({ group }) => group === id) };
    })
    .filter((group) => group.people.length > 0);
}

function noteOf({ coordinates }: DemoPerson, standing: readonly Standing[], t: DemoTexts): string {
  return coordinates === undefined ? standing.map((one) => t.states[one]).join(', ') : t.roles[coordinates];
}
