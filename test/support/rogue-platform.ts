// Somebody who holds an invitation of one lab and says what they like: a platform with its own keys, the form, dynamic
// registration, and launches with any issuer, client id and person.
import supertest, { type Response } from 'supertest';
import { type Claims, FakePlatform } from '../lti/support/fake-platform.ts';
import type { TestApp } from './app.ts';

export interface Words {
  issuer: string;
  clientId: string;
  /** As the login says it; none when undefined. */
  loginClientId?: string | undefined;
  subject: string;
  change?: Claims;
}

export class RoguePlatform {
  readonly #app: TestApp;
  readonly platform: FakePlatform;

  private constructor(app: TestApp, platform: FakePlatform) {
    this.#app = app;
    this.platform = platform;
  }

  static async start(app: TestApp): Promise<RoguePlatform> {
    const rogue = new RoguePlatform(app, await FakePlatform.start());
    rogue.platform.site = (request, response) => {
      const { issuer } = rogue.platform;
      const said =
        request.method === 'POST'
          ? { client_id: `given-${Math.random()}`, [toolClaim]: { deployment_id: 'dep-1' } }
          : {
              issuer,
              authorization_endpoint: `${issuer}/auth`,
              token_endpoint: `${issuer}/token`,
              jwks_uri: `${issuer}/keys`,
              registration_endpoint: `${issuer}/register`,
            };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(said));
    };
    return rogue;
  }

  /** The path of a new invitation. */
  async invitation(lab: string): Promise<string> {
    return new URL((await this.#app.service().tool.administration.createInvite(lab)).url).pathname;
  }

  form(facts: Record<string, string> = {}): Record<string, string> {
    const { issuer } = this.platform;
    return {
      name: 'Rogue',
      issuer,
      clientId: 'rogue',
      deploymentId: 'dep-1',
      authorizationUrl: `${issuer}/auth`,
      keysetUrl: `${issuer}/keys`,
      tokenUrl: `${issuer}/token`,
      tokenAudience: '',
      frameOrigins: '',
      ...facts,
    };
  }

  send(path: string, values: Record<string, string>): Promise<Response> {
    return Promise.resolve(supertest(this.#app.baseUrl()).post(path).type('form').send(values));
  }

  /** Sends the form with a new invitation. @returns id of the registration that waits */
  async connect(lab: string, facts: Record<string, string> = {}): Promise<string> {
    const values = this.form(facts);
    const answer = await this.send(await this.invitation(lab), values);
    if (answer.status !== 201) throw new Error(`the form was answered with ${answer.status}`);
    const found = await this.find(values['issuer'] ?? '', values['clientId'] ?? '');
    return found?.registration.id ?? '';
  }

  /** Dynamic registration with a new invitation, as the platform's page does it. */
  async register(lab: string): Promise<Response> {
    const path = await this.invitation(lab);
    return supertest(this.#app.baseUrl())
      .get(path)
      .query({ openid_configuration: `${this.platform.issuer}/config` });
  }

  async find(issuer: string, clientId?: string) {
    const platforms = await this.#app.service().tool.administration.listPlatforms();
    return platforms.find(
      ({ registration: one }) => one.issuer === issuer && (clientId === undefined || one.clientId === clientId),
    );
  }

  login({ issuer, loginClientId, subject }: Omit<Words, 'clientId'>): Promise<Response> {
    const base = this.#app.baseUrl();
    const fields = { iss: issuer, login_hint: subject, target_link_uri: `${base}/` };
    return Promise.resolve(
      supertest(base)
        .post('/lti/login')
        .type('form')
        .send(loginClientId === undefined ? fields : { ...fields, client_id: loginClientId }),
    );
  }

  /** A whole launch by a token that this platform signs. @returns the last answer, and an agent with its cookies */
  async launch({ issuer, clientId, loginClientId = clientId, subject, change = {} }: Words) {
    const base = this.#app.baseUrl();
    const agent = supertest.agent(base);
    const fields = { iss: issuer, client_id: loginClientId, login_hint: subject, target_link_uri: `${base}/` };
    const login = await agent.post('/lti/login').type('form').send(fields);
    const location = login.headers['location'] ?? '';
    if (login.status !== 302) return { agent, answer: login };
    const query = new URL(location).searchParams;
    const facts = { nonce: query.get('nonce') ?? '', target: `${base}/`, now: new Date() };
    const claims = { ...this.platform.claims(facts), iss: issuer, aud: clientId, sub: subject, ...change };
    const token = await this.platform.sign(claims);
    const sent = { state: query.get('state') ?? '', id_token: token };
    return { agent, answer: await agent.post('/lti/launch').type('form').send(sent) };
  }

  stop(): Promise<void> {
    return this.platform.stop();
  }
}

const toolClaim = 'https://purl.imsglobal.org/spec/lti-tool-configuration';
