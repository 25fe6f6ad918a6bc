import { expect } from 'chai';
import { decodeJwt } from 'jose';
import request from 'supertest';
import { oidcIdentity } from '../../../lti/platform/index.ts';
import { client, startProvider, type Provider } from './provider.ts';
import { authoriseQuery, formOf, intranet, issuer, MovingClock, tool, type Intranet } from './support.ts';

type Agent = ReturnType<typeof request.agent>;

describe('identity from an OpenID Connect provider', () => {
  let provider: Provider;
  let clock: MovingClock;
  let made: Intranet;
  let agent: Agent;

  before(async () => {
    provider = await startProvider(() => clock.now());
  });
  after(() => {
    provider.close();
  });

  beforeEach(() => {
    Object.assign(provider, { subject: 'ada', damage: {}, foreignKey: false, tokenStatus: undefined });
    clock = new MovingClock();
    made = behind();
    // The agent keeps cookies as a browser does; it speaks plain http, so the base is http here.
    agent = request.agent(made.app);
  });

  function behind(changes: Partial<Parameters<typeof oidcIdentity>[0]> = {}): Intranet {
    const secret = Buffer.alloc(32, 7);
    const options = { provider: provider.issuer, ...client, base, secret, clock, administrators: ['root'], ...changes };
    return intranet({
      issuer: base,
      clock,
      identity: oidcIdentity(options),
      tools: [{ ...tool, sendName: true, sendEmail: true }],
    });
  }
  const base = issuer.replace('https:', 'http:');
  const path = (url: string | undefined) => url!.slice(new URL(base).origin.length);

  /** Goes to the provider and back, and gives the address that the browser would ask for next. */
  async function throughProvider(location: string | undefined): Promise<string> {
    const { headers } = await request(provider.issuer).get(location!.slice(provider.issuer.length)).expect(303);
    return path(headers['location']);
  }

  async function signIn(): Promise<void> {
    const { headers } = await agent.get('/lti/launch/mentorat').expect(303);
    const back = await agent.get(await throughProvider(headers['location'])).expect(303);
    expect(back.headers['location']).to.equal(`${base}/launch/mentorat`);
  }

  it('signs a person in by code flow with PKCE, state and nonce, and comes back to the link', async () => {
    const { headers } = await agent.get('/lti/launch/mentorat').expect(303);
    const asked = new URL(headers['location']!);
    expect(Object.fromEntries(asked.searchParams)).to.include({
      response_type: 'code',
      client_id: client.clientId,
      redirect_uri: `${base}/signin/callback`,
      scope: 'openid profile email',
      code_challenge_method: 'S256',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.searchParams.get(name)).to.have.length(43);
    expect(asked.searchParams.has('prompt')).to.equal(false);
    await signIn();
    await agent.get('/lti/launch/mentorat').expect(200);
  });

  it('launches the tool with what the provider said of the person', async () => {
    await signIn();
    const { headers } = await agent.get('/lti/start/mentorat').expect(303);
    const login = Object.fromEntries(new URL(headers['location']!).searchParams);
    const page = await agent.get('/lti/auth').query(authoriseQuery(login)).expect(200);
    expect(decodeJwt(formOf(page).fields['id_token']!)).to.include({
      sub: 'ada',
      name: 'Ada Lovelace',
      email: 'ada@etis.example',
      locale: 'en',
    });
  });

  it('keeps the person in a cookie that no script, no other site and nobody else can read', async () => {
    const { headers } = await agent.get('/lti/launch/mentorat').expect(303);
    const back = await agent.get(await throughProvider(headers['location'])).expect(303);
    const cookie = ([] as string[]).concat(back.headers['set-cookie']!).find((set) => set.startsWith('lti_person='))!;
    expect(cookie).to.include('HttpOnly').and.include('SameSite=Lax').and.include('Path=/lti');
    expect(cookie).to.not.include('Secure');
    expect(Buffer.from(cookie.split('.')[3]!, 'base64url').toString()).to.not.include('ada');
    const secure = intranet({
      identity: oidcIdentity({ provider: provider.issuer, ...client, base: issuer, secret: Buffer.alloc(32), clock }),
    });
    const begun = await request(secure.app).get('/lti/launch/mentorat').expect(303);
    expect(String(begun.headers['set-cookie'])).to.include('Secure');
  });

  it('asks again after eight hours', async () => {
    await signIn();
    clock.pass(8 * 3_600_000 + 1000);
    await agent.get('/lti/launch/mentorat').expect(303);
  });

  it('signs out when asked', async () => {
    await signIn();
    await agent.post('/lti/signout').expect(303);
    await agent.get('/lti/launch/mentorat').expect(303);
  });

  it('tries silently inside a frame, and offers a new tab when the provider wants to see the person', async () => {
    provider.subject = undefined;
    const { headers } = await agent.get('/lti/launch/mentorat').set('Sec-Fetch-Dest', 'iframe').expect(303);
    expect(new URL(headers['location']!).searchParams.get('prompt')).to.equal('none');
    const { text } = await agent.get(await throughProvider(headers['location'])).expect(401);
    expect(text).to.include(`href="${base}/signin?to=%2Flaunch%2Fmentorat" target="_blank"`);
    provider.subject = 'ada';
    const begun = await agent.get('/lti/signin?to=%2Flaunch%2Fmentorat').expect(303);
    const back = await agent.get(await throughProvider(begun.headers['location'])).expect(303);
    expect(back.headers['location']).to.equal(`${base}/launch/mentorat`);
  });

  it('lets two frames of one page sign in side by side', async () => {
    const [one, two] = [await agent.get('/lti/launch/mentorat'), await agent.get('/lti/start/mentorat')];
    const backs = [await throughProvider(one.headers['location']), await throughProvider(two.headers['location'])];
    await agent.get(backs[1]!).expect(303).expect('location', `${base}/start/mentorat`);
    await agent.get(backs[0]!).expect(303).expect('location', `${base}/launch/mentorat`);
  });

  it('comes back to its own pages only', async () => {
    for (const to of ['https://evil.example/', '//evil.example/', '/launch/../../x', '/signout', '']) {
      await agent.get('/lti/signin').query({ to }).expect(400);
    }
  });

  it('lets a named administrator connect tools, and no one else', async () => {
    await signIn();
    await agent.get('/lti/connect').expect(403);
    provider.subject = 'root';
    await signInAgain();
    await agent.get('/lti/connect').expect(200);
  });

  async function signInAgain(): Promise<void> {
    await agent.post('/lti/signout').expect(303);
    await signIn();
  }

  async function refused(): Promise<void> {
    const { headers } = await agent.get('/lti/launch/mentorat').expect(303);
    await agent.get(await throughProvider(headers['location'])).expect(401);
    await agent.get('/lti/launch/mentorat').expect(303);
  }

  const wrong: [string, () => Partial<Provider>][] = [
    ['is signed with a key the provider does not publish', () => ({ foreignKey: true })],
    ['has another issuer', () => ({ damage: { iss: 'https://evil.example' } })],
    ['is for another client', () => ({ damage: { aud: 'other' } })],
    [
      'is for several clients and names another as its party',
      () => ({ damage: { aud: [client.clientId, 'other'], azp: 'other' } }),
    ],
    ['is for several clients and names none', () => ({ damage: { aud: [client.clientId, 'other'] } })],
    ['has the nonce of another sign-in', () => ({ damage: { nonce: 'other' } })],
    ['has no nonce', () => ({ damage: { nonce: undefined } })],
    ['has ended', () => ({ damage: { exp: 1 } })],
    ['names nobody', () => ({ damage: { sub: '' } })],
  ];
  for (const [what, how] of wrong) {
    it(`signs nobody in when the id_token ${what}`, async () => {
      Object.assign(provider, how());
      await refused();
    });
  }

  it('signs nobody in when the provider refuses the code or the person refuses', async () => {
    provider.tokenStatus = 500;
    await refused();
    provider.tokenStatus = undefined;
    provider.subject = undefined;
    await refused();
  });

  it('refuses a callback without its cookie, with another state, of another provider, or repeated', async () => {
    const { headers } = await agent.get('/lti/launch/mentorat').expect(303);
    const callback = await throughProvider(headers['location']);
    await request(made.app).get(callback).expect(401);
    await agent.get(callback.replace(/state=[^&]+/, 'state=other')).expect(401);
    await agent.get(callback.replace(/(state=[\w-]{8})[^&]+/, `$1${'x'.repeat(35)}`)).expect(401);
    await agent.get(callback).expect(401);
    const second = await agent.get('/lti/launch/mentorat').expect(303);
    const mixed = await throughProvider(second.headers['location']);
    await agent.get(`${mixed}&iss=https%3A%2F%2Fevil.example`).expect(401);
  });

  it('refuses a cookie of another key or kind', async () => {
    const cookieOf = (answer: request.Response, name: string): string => {
      const sent = ([] as string[]).concat(answer.headers['set-cookie'] ?? []);
      return sent.find((set) => set.startsWith(name))!.split(';')[0]!;
    };
    const begun = await agent.get('/lti/launch/mentorat').expect(303);
    const back = await agent.get(await throughProvider(begun.headers['location'])).expect(303);
    const person = cookieOf(back, 'lti_person');
    const start = (at: Intranet, cookie: string) => request(at.app).get('/lti/start/mentorat').set('Cookie', cookie);
    await start(made, person).expect('location', /^https:\/\/tool\.example/);
    await start(behind({ secret: Buffer.alloc(32, 8) }), person).expect('location', /\/authorize\?/);
    const disguised = cookieOf(begun, 'lti_signin_').replace(/^lti_signin_[^=]+=/, 'lti_person=');
    await start(made, disguised).expect('location', /\/authorize\?/);
  });

  it('refuses a provider whose configuration names another issuer, or that cannot be reached', async () => {
    const wrongName = behind({ provider: `${provider.issuer}/` });
    await request(wrongName.app).get('/lti/launch/mentorat').expect(401);
    const gone = behind({ provider: 'http://127.0.0.1:9' });
    await request(gone.app).get('/lti/launch/mentorat').expect(401);
  });

  it('works without a client secret, as a public client that the provider may refuse', async () => {
    made = behind({ clientSecret: undefined });
    agent = request.agent(made.app);
    await refused();
  });
});
