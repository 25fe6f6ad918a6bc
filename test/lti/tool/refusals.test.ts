// What the door must refuse and what it must take: the official list of 1EdTech in its order, then our own cases.
import { expect } from 'chai';
import type { LtiErrorCode } from '../../../lti/index.ts';
import { type Claims, DEEP_LINKING, LTI, makeKey, MEMBERSHIP } from '../support/fake-platform.ts';
import { type Begun, Browser, useTool } from '../support/tool-server.ts';

const without =
  (...names: string[]) =>
  (claims: Claims): Claims =>
    Object.fromEntries(Object.entries(claims).filter(([name]) => !names.includes(name)));
const having =
  (change: Claims) =>
  (claims: Claims): Claims => ({ ...claims, ...change });
const nineteenSeventy = { iat: 0, exp: 60 };

describe('lti/tool refusals', () => {
  const { server, platform, connection } = useTool();
  let browser: Browser;
  let begun: Begun;

  const now = (): number => Math.floor(server.clock.now().getTime() / 1000);
  const right = (): Claims => platform().claims({ ...begun, now: server.clock.now() });
  const send = (idToken: string): Promise<Response> =>
    browser.post('/lti/launch', { state: begun.state, id_token: idToken });
  const sessions = (): Promise<number> => connection().collection('lti_sessions').countDocuments();
  const lastRefusal = (): unknown => server.log.filter((line) => line.level === 'warn').at(-1)?.fields['code'];

  async function refused(answer: Promise<Response>, code: LtiErrorCode): Promise<void> {
    const before = await sessions();
    const { status, headers } = await answer;
    expect(lastRefusal()).to.equal(code);
    expect(status).to.be.within(400, 499);
    expect(headers.getSetCookie().filter((line) => line.includes('lti_s_') && !line.includes('Max-Age=0'))).to.be.empty;
    expect(await sessions()).to.equal(before);
  }
  async function accepted(answer: Promise<Response>): Promise<void> {
    expect((await answer).status).to.equal(303);
    expect((await browser.get('/home')).status).to.equal(200);
  }

  beforeEach(async () => {
    server.clock.forward(31);
    browser = new Browser(server);
    begun = await browser.login(platform());
  });

  describe('the official negative list', () => {
    it('refuses a token without a key id', async () => {
      await refused(send(await platform().sign(right(), { kid: undefined })), 'key_id_missing');
    });
    it('refuses a token with an unknown key id', async () => {
      await refused(send(await platform().sign(right(), { kid: 'nobody' })), 'key_unknown');
    });

    const cases: [string, (claims: Claims) => Claims, LtiErrorCode][] = [
      ['a version that is not 1.3.0', having({ [`${LTI}version`]: '11.3' }), 'version_unsupported'],
      ['no version', without(`${LTI}version`), 'claim_missing'],
      [
        'a token that is no LTI message',
        ({ iss, aud, sub, iat, exp, nonce }) => ({ iss, aud, sub, iat, exp, nonce, name: 'jane' }),
        'claim_missing',
      ],
      ['several claims missing', without(`${LTI}message_type`, `${LTI}deployment_id`, `${LTI}roles`), 'claim_missing'],
      ['exp and iat in 1970', having(nineteenSeventy), 'token_expired'],
      ['no message type', without(`${LTI}message_type`), 'claim_missing'],
      ['no roles claim', without(`${LTI}roles`), 'claim_missing'],
      ['no deployment id', without(`${LTI}deployment_id`), 'claim_missing'],
      ['no resource link id', having({ [`${LTI}resource_link`]: { title: 'x' } }), 'claim_missing'],
      ['no user', without('sub'), 'user_missing'],
    ];
    for (const [fact, change, code] of cases) {
      it(`refuses ${fact}`, async () => {
        await refused(send(await platform().sign(change(right()))), code);
      });
    }
  });

  describe('the official list of what must be taken', () => {
    const person = ['name', 'given_name', 'family_name', 'email'];
    const rolesOf = (...roles: string[]): Claims => ({ [`${LTI}roles`]: roles });
    for (const role of ['Instructor', 'Learner']) {
      const cases: [string, (claims: Claims) => Claims][] = [
        ['as usual', having(rolesOf(MEMBERSHIP + role))],
        [
          'with several roles',
          having(rolesOf(MEMBERSHIP + role, 'http://purl.imsglobal.org/vocab/lis/v2/institution/person#Student')),
        ],
        ['with a short role', having(rolesOf(role))],
        ['with an unknown role', having(rolesOf('http://purl.imsglobal.org/vocab/lis/v2/uknownrole/unknown#Helper'))],
        ['with an empty array of roles', having(rolesOf())],
        ['with only an e-mail', without('name', 'given_name', 'family_name')],
        ['with only names', without('email')],
        ['without personal data', without(...person)],
        ['with an e-mail but no context', without('name', 'given_name', 'family_name', `${LTI}context`)],
      ];
      for (const [fact, change] of cases) {
        it(`takes a launch of ${role} ${fact}`, async () => {
          const claims = change({ ...right(), ...rolesOf(MEMBERSHIP + role) });
          await accepted(send(await platform().sign(claims)));
        });
      }
    }
    it('takes a student with nothing but a resource link', async () => {
      const bare = without(...person, `${LTI}context`, `${LTI}launch_presentation`);
      await accepted(send(await platform().sign(bare(right()))));
    });
  });

  describe('signatures', () => {
    it('refuses alg none', () => refused(send(platform().unsigned(right())), 'algorithm_refused'));
    it('refuses HS256 with the public key as secret', () =>
      refused(send(platform().signedWithPublicKey(right())), 'algorithm_refused'));
    for (const alg of ['PS256', 'RS512']) {
      it(`refuses ${alg}, even with the right key`, async () => {
        await refused(send(await platform().sign(right(), { alg })), 'algorithm_refused');
      });
    }
    it('refuses the key of another platform under the same key id', async () => {
      await refused(send(await platform().sign(right(), {}, makeKey(platform().key.kid))), 'signature_invalid');
    });
    it('refuses a token whose body was changed after it was signed', async () => {
      const [head, , signature] = (await platform().sign(right())).split('.');
      const body = Buffer.from(JSON.stringify({ ...right(), sub: '1' })).toString('base64url');
      await refused(send(`${head}.${body}.${signature}`), 'signature_invalid');
    });
    it('refuses an extension marked critical', async () => {
      const head = Buffer.from(JSON.stringify({ alg: 'RS256', kid: platform().key.kid, crit: ['x'], x: 1 })).toString(
        'base64url',
      );
      await refused(send(`${head}.e30.AAAA`), 'token_malformed');
    });
  });

  describe('claims', () => {
    const cases: [string, () => Claims, LtiErrorCode][] = [
      ['another issuer', () => ({ iss: 'https://elsewhere.example' }), 'issuer_mismatch'],
      ['another audience', () => ({ aud: 'somebody' }), 'audience_mismatch'],
      ['an audience that is an object', () => ({ aud: { 0: platform().clientId } }), 'audience_mismatch'],
      [
        'an audience with a foreigner and no azp',
        () => ({ aud: [platform().clientId, 'foreigner'] }),
        'audience_mismatch',
      ],
      ['azp of another', () => ({ azp: 'foreigner' }), 'audience_mismatch'],
      ['no exp', () => ({ exp: undefined }), 'claim_missing'],
      ['no iat', () => ({ iat: undefined }), 'claim_missing'],
      ['exp as a word', () => ({ exp: 'never' }), 'claim_invalid'],
      ['iat a day ahead', () => ({ iat: now() + 86_400, exp: now() + 86_460 }), 'token_from_future'],
      [
        'iat of yesterday, however far off the end',
        () => ({ iat: now() - 86_400, exp: now() + 86_400 }),
        'token_expired',
      ],
      ['nbf a day ahead', () => ({ nbf: now() + 86_400 }), 'token_from_future'],
      ['exp two minutes ago', () => ({ iat: now() - 180, exp: now() - 120 }), 'token_expired'],
      ['no nonce', () => ({ nonce: undefined }), 'nonce_mismatch'],
      ['a nonce that was never issued', () => ({ nonce: 'AAAAAAAAAAAAAAAAAAAAAA' }), 'nonce_mismatch'],
      ['a deployment id over 255 characters', () => ({ [`${LTI}deployment_id`]: 'd'.repeat(256) }), 'claim_invalid'],
      ['a deployment id that is a number', () => ({ [`${LTI}deployment_id`]: 1 }), 'claim_invalid'],
      ['a sub over 255 characters', () => ({ sub: 's'.repeat(256) }), 'claim_invalid'],
      ['roles as a string', () => ({ [`${LTI}roles`]: `${MEMBERSHIP}Learner` }), 'claim_invalid'],
      [
        'a target on another host',
        () => ({ [`${LTI}target_link_uri`]: 'https://elsewhere.example/' }),
        'target_mismatch',
      ],
      [
        'a target that is not the login’s',
        () => ({ [`${LTI}target_link_uri`]: `${server.baseUrl}/report` }),
        'target_mismatch',
      ],
      ['an unknown message', () => ({ [`${LTI}message_type`]: 'LtiSubmissionReviewRequest' }), 'message_unsupported'],
      [
        'a message named like a property of every object',
        () => ({ [`${LTI}message_type`]: 'constructor' }),
        'message_unsupported',
      ],
      ['deep linking without settings', () => ({ [`${LTI}message_type`]: 'LtiDeepLinkingRequest' }), 'claim_missing'],
      [
        'deep linking that returns to a script',
        () => ({
          [`${LTI}message_type`]: 'LtiDeepLinkingRequest',
          [DEEP_LINKING]: { deep_link_return_url: 'javascript:alert(1)', accept_types: ['ltiResourceLink'] },
        }),
        'claim_invalid',
      ],
    ];
    for (const [fact, change, code] of cases) {
      it(`refuses ${fact}`, async () => {
        await refused(send(await platform().sign({ ...right(), ...change() })), code);
      });
    }

    it('takes exp of one second ago, within the leeway', async () => {
      await accepted(send(await platform().sign({ ...right(), iat: now() - 61, exp: now() - 1 })));
    });
    it('takes an audience of several when azp names us', async () => {
      const aud = [platform().clientId, 'foreigner'];
      await accepted(send(await platform().sign({ ...right(), aud, azp: platform().clientId })));
    });
    it('refuses the nonce of another login of the same browser', async () => {
      const other = await browser.login(platform());
      await refused(send(await platform().sign({ ...right(), nonce: other.nonce })), 'nonce_mismatch');
    });
    it('refuses a token that comes a second time', async () => {
      const token = await platform().sign(right());
      const cookies = new Map(browser.cookies);
      await accepted(send(token));
      for (const [name, value] of cookies) browser.cookies.set(name, value);
      await refused(send(token), 'launch_replayed');
    });
    it('refuses a token again after its session was ended', async () => {
      const token = await platform().sign(right());
      const cookies = new Map(browser.cookies);
      await accepted(send(token));
      await browser.post('/log-out', {});
      for (const [name, value] of cookies) browser.cookies.set(name, value);
      await refused(send(token), 'launch_replayed');
    });
    it('shows the pending page for an unknown deployment, notes it once, and begins no session', async () => {
      const before = await sessions();
      for (let round = 0; round < 2; round += 1) {
        begun = await browser.login(platform());
        const answer = await send(await platform().sign({ ...right(), [`${LTI}deployment_id`]: 'dep-new' }));
        expect(answer.status).to.equal(403);
        expect(await answer.text()).to.include('waits for the approval');
      }
      const [known] = await server.stores.registrations.list();
      expect(known?.deployments.filter((one) => one.id === 'dep-new')).to.have.lengthOf(1);
      expect(await sessions()).to.equal(before);
    });
    it('shows the information page to an anonymous launch and begins no session', async () => {
      const before = await sessions();
      const nobody = without('sub', 'name', 'given_name', 'family_name', 'email');
      const answer = await send(await platform().sign({ ...nobody(right()), [`${LTI}roles`]: [] }));
      expect(answer.status).to.equal(200);
      expect(await answer.text()).to.include('signed in');
      expect(await sessions()).to.equal(before);
    });
  });

  describe('state and browser', () => {
    const post = (fields: Record<string, string> | [string, string][]): Promise<Response> =>
      browser.post('/lti/launch', fields);
    const token = (): Promise<string> => platform().sign(right());

    it('refuses a launch without state', async () => refused(post({ id_token: await token() }), 'state_invalid'));
    for (const state of ['foreign', 'a;b', 'a b', 'a\nb', 'a\r\nSet-Cookie: x=1', '__proto__', '.'.repeat(50)]) {
      it(`refuses the state ${JSON.stringify(state)} and stays alive`, async () => {
        await refused(post({ state, id_token: await token() }), 'state_invalid');
        expect((await browser.get('/lti/keys')).status).to.equal(200);
      });
    }
    it('refuses a state whose content was changed', async () => {
      await refused(post({ state: `A${begun.state.slice(1)}`, id_token: await token() }), 'state_invalid');
    });
    it('refuses a state older than ten minutes', async () => {
      server.clock.forward(601);
      await refused(post({ state: begun.state, id_token: await token() }), 'state_expired');
    });
    it('refuses a launch in another browser than the login’s', async () => {
      browser = new Browser(server);
      await refused(send(await token()), 'browser_unbound');
    });
    it('refuses a launch whose browser has the cookie of another login only', async () => {
      const stranger = new Browser(server);
      await stranger.login(platform());
      browser = stranger;
      await refused(send(await token()), 'browser_unbound');
    });
    it('refuses state as an object or an array', async () => {
      await refused(post({ 'state[a]': begun.state, id_token: await token() }), 'state_invalid');
      await refused(
        post([
          ['state', begun.state],
          ['state', begun.state],
          ['id_token', await token()],
        ]),
        'launch_malformed',
      );
    });
    it('refuses id_token as an object, as an array, absent, empty or JSON', async () => {
      const idToken = await token();
      await refused(post({ state: begun.state, 'id_token[x]': idToken }), 'launch_malformed');
      await refused(
        post([
          ['state', begun.state],
          ['id_token', idToken],
          ['id_token', idToken],
        ]),
        'launch_malformed',
      );
    });
    it('refuses an id_token that is absent, and one that is empty', async () => {
      await refused(post({ state: begun.state }), 'launch_malformed');
    });
    it('refuses an empty id_token', () => refused(post({ state: begun.state, id_token: '' }), 'token_malformed'));
    it('refuses an id_token of 2 MB', () =>
      refused(post({ state: begun.state, id_token: 'a'.repeat(2_000_000) }), 'launch_too_large'));
    it('refuses a launch sent as JSON', async () => {
      const body = { state: begun.state, id_token: await token() };
      expect((await browser.postJson('/lti/launch', body)).status).to.equal(400);
      expect(lastRefusal()).to.equal('launch_malformed');
    });
    it('refuses a launch by GET with 405', async () => {
      const answer = await browser.get(`/lti/launch?state=${begun.state}`);
      expect(answer.status).to.equal(405);
      expect(answer.headers.get('allow')).to.equal('POST');
    });
    it('shows the platform’s own refusal without its words', async () => {
      const words = 'Session not valid; User not logged in';
      const answer = await post({ state: begun.state, error: 'login_required', error_description: words });
      expect(answer.status).to.equal(400);
      expect(await answer.text()).not.to.include(words);
      expect(lastRefusal()).to.equal('platform_refused');
    });
  });

  describe('logins', () => {
    const login = (change: Record<string, string>, drop: string[] = []): Promise<Response> => {
      const fields = Object.entries(browser.loginFields(platform(), change)).filter(([name]) => !drop.includes(name));
      return browser.post('/lti/login', fields);
    };
    it('refuses an unknown issuer and an unknown client', async () => {
      await refused(login({ iss: 'https://elsewhere.example' }), 'platform_unknown');
      await refused(login({ client_id: 'nobody' }), 'platform_unknown');
    });
    for (const operator of ['iss[$ne]', 'iss[$regex]', 'iss[]']) {
      it(`refuses ${operator} instead of iss: nothing reaches a query as an operator`, async () => {
        const fields = Object.entries({ ...browser.loginFields(platform()), [operator]: 'x' });
        const query = new URLSearchParams(fields.filter(([name]) => name !== 'iss'));
        await refused(browser.get(`/lti/login?${query.toString()}`), 'login_malformed');
      });
    }
    it('takes client_id[$regex] for what it is, a field nobody asked for', async () => {
      const answer = await login({ client_id: 'nobody', 'client_id[$regex]': '.*' });
      expect(answer.status).to.equal(400);
      expect(lastRefusal()).to.equal('platform_unknown');
    });
    it('refuses a repeated parameter', async () => {
      const fields = Object.entries(browser.loginFields(platform()));
      await refused(browser.post('/lti/login', [...fields, ['iss', 'https://elsewhere.example']]), 'launch_malformed');
    });
    for (const name of ['iss', 'login_hint', 'target_link_uri']) {
      it(`refuses a login without ${name}`, () => refused(login({}, [name]), 'login_malformed'));
    }
    it('takes a login without client_id when the issuer has one registration', async () => {
      expect((await login({}, ['client_id'])).status).to.equal(302);
    });
    it('takes a login without client_id for the first registration of the issuer, or the one of its lab with the deployment', async () => {
      const issuer = 'https://shared.example';
      const twin = platform().registration({ id: 'twin', clientId: 'twin', issuer });
      const deployments = [{ ...twin.deployments[0]!, id: 'dep-2' }];
      await server.stores.registrations.insert(twin);
      await server.stores.registrations.insert({ ...twin, id: 'twin-2', clientId: 'twin-2', deployments });
      await server.tool.administration.setActive('twin', true);
      const clientOf = async (fields: Record<string, string>): Promise<string | null> => {
        const answer = await login({ iss: issuer, ...fields }, ['client_id']);
        return new URL(answer.headers.get('location') ?? '').searchParams.get('client_id');
      };
      expect(await clientOf({})).to.equal('twin');
      expect(await clientOf({ lti_deployment_id: 'dep-2' })).to.equal('twin-2');
      expect(await clientOf({ lti_deployment_id: 'unknown' })).to.equal('twin');
    });
    it('refuses a target on another host', () =>
      refused(login({ target_link_uri: 'https://elsewhere.example/' }), 'target_foreign'));
    it('refuses a login and a launch of a platform that is switched off', async () => {
      await server.tool.administration.setActive(platform().registration().id, false);
      await refused(login({}), 'platform_inactive');
      await refused(send(await platform().sign(right())), 'platform_inactive');
      await server.tool.administration.setActive(platform().registration().id, true);
    });
  });

  it('speaks the language of the launch, offers the way back with lti_errormsg, and shows no stack and no body', async () => {
    const claims = {
      ...right(),
      [`${LTI}message_type`]: 'LtiStartAssessment',
      [`${LTI}launch_presentation`]: { locale: 'fr', return_url: `${platform().issuer}/back?k=1` },
    };
    const answer = await send(await platform().sign(claims));
    const page = await answer.text();
    expect(page)
      .to.include('lang="fr"')
      .and.to.include('lti_errormsg=')
      .and.to.include(`${platform().issuer}/back?k=1&amp;`);
    expect(page)
      .not.to.match(/at .*\.ts/)
      .and.not.to.include('Ada')
      .and.not.to.include('eyJ');
    const reference = String(server.log.at(-1)?.fields['reference']);
    expect(page).to.include(reference);
  });

  after('nothing secret was logged', () => {
    expect(server.log.length).to.be.greaterThan(50);
    expect(JSON.stringify(server.log)).not.to.match(/eyJ|Ada|example\.org|secret-of-the-platform/);
  });
});
