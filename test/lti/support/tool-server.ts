// The tool as a service mounts it, on a real port, with the real stores; and a browser that keeps cookies.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type NextFunction, type Request, type Response } from 'express';
import type { Connection } from 'mongoose';
import { createTool, type Launch, type Tool, type ToolOptions } from '../../../lti/index.ts';
import { ensureIndexes } from '../../../service/store/index.ts';
import { createLtiStores, type LtiStores } from '../../../service/store/lti/index.ts';
import { useDatabase } from '../../support/database.ts';
import { type Claims, FakePlatform } from './fake-platform.ts';

export const SECRET = 'a secret of at least thirty-two bytes';

/** A clock that tests move. */
export class TestClock {
  #now: number;
  constructor(now = '2026-11-22T10:00:00Z') {
    this.#now = Date.parse(now);
  }
  now(): Date {
    return new Date(this.#now);
  }
  forward(seconds: number): void {
    this.#now += seconds * 1000;
  }
}

export interface LogLine {
  level: string;
  fields: Record<string, unknown>;
  message: string;
}

export class ToolServer {
  readonly clock = new TestClock();
  readonly launches: Launch[] = [];
  readonly log: LogLine[] = [];
  stores!: LtiStores;
  tool!: Tool;
  baseUrl = '';
  /** Another name of this machine makes another site of it, for a browser. */
  host = '127.0.0.1';
  /** False: as if the browser dropped every cookie set within a frame (Safari). */
  framesKeepCookies = true;
  #server: Server | undefined;

  async start(connection: Connection, change: Partial<ToolOptions> = {}): Promise<this> {
    const app = express();
    this.#server = createServer(app);
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
    this.baseUrl = `http://${this.host}:${(this.#server.address() as AddressInfo).port}`;
    await ensureIndexes(connection);
    this.stores = createLtiStores(connection);
    this.tool = await createTool(this.options(change));
    app.use((request, response, next) => {
      const framed = request.headers['sec-fetch-dest'] === 'iframe' || request.path === '/lti/launch/storage';
      if (framed && !this.framesKeepCookies) response.append = () => response;
      next();
    });
    app.use('/lti', this.tool.router);
    app.use(this.tool.session, express.urlencoded({ extended: false }));
    app.get('/home', this.tool.requireSession, (_request, response) => {
      response.json(this.tool.sessionOf(response));
    });
    app.get('/own-tab', this.tool.requireSession, async (_request, response) => {
      const ticket = await this.tool.offerTab(this.tool.sessionOf(response)!);
      const fields = `<input type="hidden" name="ticket" value="${ticket}"><input type="hidden" name="path" value="/home">`;
      // As the service's pages have it: then a form says no origin.
      response.set('Referrer-Policy', 'no-referrer').type('html');
      response.send(
        `<form method="post" action="/lti/tab/open" target="_blank" rel="noopener">${fields}<button>Open</button></form>`,
      );
    });
    app.post('/change', this.tool.requireSession, this.tool.checkCsrf, (_request, response) => {
      response.json({ changed: true });
    });
    app.post('/log-out', async (request, response) => {
      await this.tool.logOut(request, response);
      response.redirect(303, '/gone');
    });
    app.use(answerError);
    return this;
  }

  options(change: Partial<ToolOptions> = {}): ToolOptions {
    const write = (level: string) => (fields: object, message: string) => {
      this.log.push({ level, fields: fields as Record<string, unknown>, message });
    };
    return {
      baseUrl: this.baseUrl,
      name: 'Mentorat Dialogue',
      secret: SECRET,
      clock: this.clock,
      logger: { info: write('info'), warn: write('warn'), error: write('error') },
      ...this.stores,
      enter: (launch) => {
        this.launches.push(launch);
        return Promise.resolve({ path: '/home', data: { step: 'first' } });
      },
      ...change,
    };
  }

  async connect(platform: FakePlatform, change: Parameters<FakePlatform['registration']>[0] = {}): Promise<void> {
    await this.stores.registrations.insert(platform.registration(change));
  }

  async stop(): Promise<void> {
    await this.tool.close();
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }
}

// Express knows an error handler by its four parameters.
// eslint-disable-next-line max-params, @typescript-eslint/no-unused-vars
function answerError(error: Error & { status?: number }, _request: Request, response: Response, _next: NextFunction) {
  response.status(error.status ?? 500).json({ error: error.message });
}

export interface Begun {
  state: string;
  nonce: string;
  target: string;
}

export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #server: ToolServer;

  constructor(server: ToolServer) {
    this.#server = server;
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<globalThis.Response> {
    return this.#send(path, { headers });
  }

  /** A field may come twice: give pairs. */
  async post(path: string, fields: Record<string, string> | [string, string][], headers: Record<string, string> = {}) {
    return this.#send(path, { method: 'POST', body: new URLSearchParams(fields), headers });
  }

  async postJson(path: string, body: unknown, headers: Record<string, string> = {}): Promise<globalThis.Response> {
    const own = { 'content-type': 'application/json', origin: this.#server.baseUrl, ...headers };
    return this.#send(path, { method: 'POST', body: JSON.stringify(body), headers: own });
  }

  loginFields(platform: FakePlatform, change: Record<string, string> = {}): Record<string, string> {
    return {
      iss: platform.issuer,
      client_id: platform.clientId,
      login_hint: '5',
      target_link_uri: `${this.#server.baseUrl}/mentor`,
      lti_message_hint: '{"cmid":2}',
      ...change,
    };
  }

  async login(platform: FakePlatform, change: Record<string, string> = {}): Promise<Begun> {
    const fields = this.loginFields(platform, change);
    const answer = await this.post('/lti/login', fields);
    const url = new URL(answer.headers.get('location') ?? '');
    const [state, nonce] = [url.searchParams.get('state') ?? '', url.searchParams.get('nonce') ?? ''];
    return { state, nonce, target: fields['target_link_uri'] ?? '' };
  }

  /** Login and launch in one go, with the claims changed as told. */
  async launch(
    platform: FakePlatform,
    change: (claims: Claims) => Claims = (claims) => claims,
  ): Promise<globalThis.Response> {
    const begun = await this.login(platform);
    const claims = platform.claims({ ...begun, now: this.#server.clock.now() });
    const token = await platform.sign(change(claims));
    return this.post('/lti/launch', { state: begun.state, id_token: token });
  }

  async #send(path: string, init: RequestInit): Promise<globalThis.Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as Record<string, string>), ...(cookie === '' ? {} : { cookie }) };
    const answer = await fetch(this.#server.baseUrl + path, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0\b/.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }
}

export interface Stage {
  server: ToolServer;
  platform: () => FakePlatform;
  connection: () => Connection;
}

/** Call inside a `describe`: a tool with one connected platform; the tool ends before its database does. */
export function useTool(change: Partial<ToolOptions> = {}): Stage {
  const server = new ToolServer();
  let platform: FakePlatform | undefined;
  after(async () => {
    await server.stop();
    await platform?.stop();
  });
  const database = useDatabase();
  before(async () => {
    platform = await FakePlatform.start();
    await server.start(database.connection(), change);
    await server.connect(platform);
  });
  return {
    server,
    platform: () => {
      if (platform === undefined) throw new Error('The platform runs inside tests and hooks only.');
      return platform;
    },
    connection: () => database.connection(),
  };
}
