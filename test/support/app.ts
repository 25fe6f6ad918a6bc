// The whole service on the suite's database, with intranets that launch people into it by real tokens, and visitors who
// keep their cookies and read forms as a browser does.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import express from 'express';
import supertest, { type Response } from 'supertest';
import { type Config, loadConfig, type Programme } from '../../config/load-config.ts';
import { createPlatform, memoryKeys, type Person, type Platform } from '../../lti/platform/index.ts';
import { createKeyring, personOf } from '../../lti/index.ts';
import type { Member } from '../../service/domain/member.ts';
import { createLogger } from '../../service/log.ts';
import { type Service, wire } from '../../service/wiring.ts';
import { useDatabase } from './database.ts';
import { rsaPair } from './rsa.ts';

/** A Monday in term time, 10:00 in Paris. */
export const monday = new Date('2026-11-23T09:00:00Z');

/** The programme's clock, moved by the test. */
export class ProgrammeClock {
  #now = monday;

  now(): Date {
    return this.#now;
  }

  set(now: Date): void {
    this.#now = now;
  }
}

export interface Newcomer extends Partial<Person> {
  subject: string;
  /** Lab whose intranet the person is signed in to; etis when absent. */
  lab?: string;
  /** Path of the link that is opened. */
  target?: string;
}

export interface TestApp {
  service(): Service;
  /** What the service was started with: for a second copy of it. */
  config(): Config;
  clock: ProgrammeClock;
  /** Lines of the access log so far. */
  log: Record<string, unknown>[];
  baseUrl(): string;
  databaseUri(): string;
  /** Address on a lab's intranet that launches whoever the header x-person names; they must have entered once. */
  startOf(lab: string, target?: string): string;
  /** The same for an administrator who places links there (deep linking). */
  chooserOf(lab: string): string;
  /** Somebody without a session. */
  stranger(): Visitor;
  /** The record of somebody who has signed. */
  memberOf(person: Pick<Newcomer, 'subject' | 'lab'>): Promise<Member>;
  /** Launches a person from their lab's intranet and follows to the first page. */
  enter(person: Newcomer): Promise<Visitor>;
}

const keys = [0, 1].map(() => rsaPair().privateKey);
const labs = ['etis', 'liris'] as const;
const testAppSecret = 'a secret of the tests only, 32 characters or more';

/** subject of the person whom the configuration names as the coordinator of all labs. */
export const crossLabCoordinator = 'cross-lab-coordinator';
/** subject of the person whom it names as the coordinator of LIRIS. */
export const labCoordinator = 'lab-coordinator';

export interface AppParts {
  /** Settings that are known only when the hooks run. */
  readonly env?: () => Readonly<Record<string, string>>;
  /** What the programme's file would say otherwise. */
  readonly programme?: Partial<Programme>;
  /** Fills the database before the service opens it; issuerOf: of a lab's platform. */
  readonly prepare?: (uri: string, issuerOf: (lab: string) => string) => Promise<unknown>;
}

/**
 * Call inside a `describe`: the service exists from its `before` hooks to its `after` hooks. env: settings of the
 * environment beside the usual ones.
 */
export function useApp(env: Readonly<Record<string, string>> = {}, parts: AppParts = {}): TestApp {
  const database = useDatabase({ mayBeUsed: parts.prepare === undefined });
  const clock = new ProgrammeClock();
  const log: Record<string, unknown>[] = [];
  const people = new Map<string, Person>();
  const platforms = new Map<string, Platform>();
  let settings: Config | undefined;
  let open: { service: Service; servers: Server[]; baseUrl: string } | undefined;

  before('start the service and two intranets', async function () {
    this.timeout(parts.prepare ? 600_000 : 60_000);
    const tool = express();
    const toolServer = await serve(tool);
    const baseUrl = urlOf(toolServer);
    const intranets = express();
    const intranetServer = await serve(intranets);
    const issuerOf = (lab: string): string => `${urlOf(intranetServer)}/${lab}`;
    const config = loadConfig({
      MONGODB_URI: database.uri(),
      MENTORAT_SECRET: testAppSecret,
      BASE_URL: baseUrl,
      PROGRAMME_FILE: path.resolve('config/programme.json'),
      ...env,
      ...parts.env?.(),
    });
    const programme: Programme = {
      ...config.programme,
      ...parts.programme,
      coordinators: [
        { issuer: issuerOf('etis'), subject: crossLabCoordinator, role: 'cross_lab_coordinator', locale: 'fr' },
        { issuer: issuerOf('liris'), subject: labCoordinator, role: 'lab_coordinator', lab: 'liris', locale: 'fr' },
      ],
    };
    const lines = { write: (line: string): void => void log.push(JSON.parse(line) as Record<string, unknown>) };
    await parts.prepare?.(database.uri(), issuerOf);
    settings = { ...config, programme };
    const service = await wire(settings, { clock, logger: createLogger({ level: 'info' }, lines) });
    tool.use(service.app);
    const stored = await service.tool.administration.listPlatforms();
    for (const lab of labs) {
      const platform = createPlatform({
        issuer: issuerOf(lab),
        clock: { now: () => new Date() },
        keys: memoryKeys(keys),
        identity: (request) => people.get(`${lab}/${request.get('x-person') ?? ''}`),
        tools: [toolAt(baseUrl)],
        links: entryLinks.map((target) => ({
          id: linkTo(target),
          clientId: 'mentorat',
          title: 'Mentorat Dialogue',
          targetLinkUri: baseUrl + target,
        })),
      });
      platforms.set(lab, platform);
      intranets.use(`/${lab}`, platform.router);
      if (stored.some(({ registration }) => registration.issuer === platform.issuer)) continue;
      await service.tool.administration.addPlatform({
        name: lab,
        issuer: platform.issuer,
        clientId: 'mentorat',
        authorizationUrl: `${platform.issuer}/auth`,
        tokenUrl: `${platform.issuer}/token`,
        keysetUrl: `${platform.issuer}/keys`,
        deploymentId: '1',
        tenant: lab,
      });
    }
    open = { service, servers: [toolServer, intranetServer], baseUrl };
  });

  beforeEach('set the clock', () => {
    clock.set(monday);
  });

  after('stop the service', async () => {
    for (const server of open?.servers ?? []) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    await open?.service.close();
    open = undefined;
  });

  const ready = (): NonNullable<typeof open> => {
    if (open === undefined) throw new Error('The service is open inside tests and hooks only.');
    return open;
  };
  const startOf = (lab: string, target = '/'): string => `${platforms.get(lab)?.issuer ?? ''}/start/${linkTo(target)}`;
  return {
    service: () => ready().service,
    config: () => {
      if (settings === undefined) throw new Error('The service has not been started yet.');
      return settings;
    },
    clock,
    log,
    baseUrl: () => ready().baseUrl,
    databaseUri: () => database.uri(),
    startOf,
    chooserOf: (lab) => `${platforms.get(lab)?.issuer ?? ''}/start-deep-linking/mentorat`,
    stranger: () => new Visitor(ready().baseUrl),
    memberOf: async ({ subject, lab = 'etis' }) => {
      const { service } = ready();
      const platforms = await service.tool.administration.listPlatforms();
      const found = platforms.find(({ registration }) => registration.name === lab);
      const personKey = personOf(createKeyring(testAppSecret), found?.registration.id ?? '', subject);
      const member = await service.ports.members.findByPerson(personKey);
      if (!member) throw new Error(`${subject} of ${lab} has not signed`);
      return member;
    },
    enter: async ({ lab = 'etis', target = '/', ...person }) => {
      people.set(`${lab}/${person.subject}`, { locale: 'fr', roles: ['Learner'], ...person });
      const visitor = new Visitor(ready().baseUrl);
      await visitor.launch(startOf(lab, target), person.subject);
      return visitor;
    },
  };
}

const entryLinks = ['/', '/mentor', '/request', '/referral', '/my-data', '/report', '/dialogues/x'];
const linkTo = (target: string): string => `link${target.replaceAll('/', '-')}`;

function toolAt(baseUrl: string) {
  return {
    clientId: 'mentorat',
    deploymentId: '1',
    loginUrl: `${baseUrl}/lti/login`,
    redirectUris: [`${baseUrl}/lti/launch`],
    targetLinkUri: `${baseUrl}/`,
    keysetUrl: `${baseUrl}/lti/keys`,
    sendEmail: true,
    sendName: true,
  };
}

async function serve(app: express.Express): Promise<Server> {
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  '#x27': "'",
  '#x3D': '=',
};

export function plain(html: string): string {
  return html.replace(/&(#?\w+);/gu, (whole, name: string) => entities[name] ?? whole);
}

function hiddenFields(html: string): Record<string, string> {
  const inputs = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/gu)];
  return Object.fromEntries(inputs.map(([, name = '', value = '']) => [name, plain(value)]));
}

/** Pages with thumbprints of public keys, which look like secrets. */
const withThumbprints = /^\/admin\/platforms\//u;

/** What is compressed shows no secret (send-html.ts): neither the address of a feed nor the code of a link. */
function expectNoPackedSecret(address: string, answer: Response): void {
  if (answer.headers['content-encoding'] === undefined || withThumbprints.test(address)) return;
  // Pictures have no text.
  const text = (answer.text as string | undefined) ?? '';
  const open = text.replaceAll(/name="(?:_csrf|session)" value="[^"]*"|(?:id|for|\w+by)="[^"]*"/gu, '');
  const [secret] = /(?<![\w-])[\w-]{43}(?![\w-])/u.exec(open) ?? [];
  if (secret !== undefined) throw new Error(`${address} is compressed and shows ${secret}`);
}

type FormValues = Readonly<Record<string, string | readonly string[]>>;

/** One browser: cookies, the page it shows. */
export class Visitor {
  readonly #agent;
  readonly #baseUrl: string;
  #cookies: readonly string[] = [];
  #csrf = '';
  /** What the last answer was. */
  last: Response | undefined;

  constructor(baseUrl: string) {
    this.#agent = supertest.agent(baseUrl);
    this.#baseUrl = baseUrl;
  }

  async launch(start: string, subject: string): Promise<void> {
    const begun = await fetch(start, { headers: { 'x-person': subject }, redirect: 'manual' });
    const login = new URL(begun.headers.get('location') ?? '');
    // A tab of its own: in a frame the door first finds out how cookies are kept, which takes a script.
    const asked = await this.#agent
      .get(login.pathname + login.search)
      .set('Sec-Fetch-Dest', 'document')
      .expect(302);
    const answer = await fetch(asked.headers['location'] ?? '', { headers: { 'x-person': subject } });
    const fields = hiddenFields(await answer.text());
    const landed = await this.#agent.post('/lti/launch').type('form').send(fields);
    if (landed.status !== 303) throw new Error(`the launch was answered with ${landed.status}: ${landed.text}`);
    this.#cookies = [landed.headers['set-cookie'] ?? []].flat();
    await this.get(landed.headers['location'] ?? '');
  }

  /** Follows redirections like a browser. */
  async get(address: string): Promise<Response> {
    let answer = await this.#agent.get(address);
    for (let hops = 0; answer.status === 303 && hops < 5; hops += 1) {
      answer = await this.#agent.get(answer.headers['location'] ?? '');
    }
    // Pictures have no text.
    const text = (answer.text as string | undefined) ?? '';
    expectNoPackedSecret(address, answer);
    this.#csrf = hiddenFields(text)['_csrf'] ?? this.#csrf;
    this.last = answer;
    return answer;
  }

  /** Sends a form with the token of the last page, and does not follow. */
  async send(address: string, values: FormValues = {}): Promise<Response> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries({ _csrf: this.#csrf, ...values })) {
      for (const one of [value].flat()) body.append(name, one);
    }
    const answer = await this.#agent.post(address).type('form').send(body.toString());
    expectNoPackedSecret(address, answer);
    return answer;
  }

  /** The cookies of this visitor's launch, for a browser. */
  cookies(): { name: string; value: string; url: string }[] {
    return this.#cookies.map((line) => {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/u.exec(line) ?? [];
      return { name, value, url: this.#baseUrl };
    });
  }

  /** Sends a form and follows to the next page. */
  async submit(address: string, values: FormValues = {}): Promise<Response> {
    const answer = await this.send(address, values);
    if (answer.status === 303) return this.get(answer.headers['location'] ?? '');
    this.last = answer;
    return answer;
  }
}
