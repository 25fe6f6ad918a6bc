// The properties a public LTI tool needs (docs/decisions/0002), each proved on our routes; and what every answer carries.
import { expect } from 'chai';
import { createLtijsPlugin } from '../../../lti/tool/ltijs-plugin.ts';
import { createToolKeys } from '../../../lti/tool/tool-keys.ts';
import { createKeyring } from '../../../lti/tool/keyring.ts';
import { createTool } from '../../../lti/index.ts';
import { FakePlatform, LTI } from '../support/fake-platform.ts';
import { Browser, SECRET, TestClock, useTool } from '../support/tool-server.ts';

const DAY = 86_400;

describe('lti/tool regressions', () => {
  const { server, platform } = useTool();
  let other: FakePlatform;
  before(async () => {
    other = await FakePlatform.start('other-lab');
    const deployments = [{ id: 'dep-1', status: 'approved', tenant: 'liris', firstSeenAt: new Date(0) }] as const;
    await server.connect(other, { deployments: [...deployments] });
  });
  after(() => other.stop());

  it('C1: stays alive whatever state an anonymous post brings', async () => {
    for (const state of ['a;b', 'a b', 'a\nb', 'a=b', '', '\u0000', 'é', 'x'.repeat(9000)]) {
      const answer = await new Browser(server).post('/lti/launch', { state, id_token: 'x' });
      expect(answer.status).to.equal(400);
    }
    expect((await new Browser(server).launch(platform())).status).to.equal(303);
  });

  it('C2: takes nothing made for one purpose or platform for another', async () => {
    const browser = new Browser(server);
    const begun = await browser.login(platform());
    const elsewhere = await browser.login(other);
    const claims = other.claims({ nonce: begun.nonce, target: begun.target, now: server.clock.now() });
    const crossed = await browser.post('/lti/launch', { state: begun.state, id_token: await other.sign(claims) });
    expect(crossed.status).to.equal(401);
    const [cookie = ''] = [...browser.cookies.values()];
    for (const value of [cookie, begun.state, elsewhere.state]) {
      const thief = new Browser(server);
      thief.cookies.set('lti_s_visit', value);
      expect((await thief.get('/home')).status).to.equal(401);
    }
  });

  it('C2: gives the session of one lab to that lab only', async () => {
    const [here, there] = [new Browser(server), new Browser(server)];
    await here.launch(platform());
    await there.launch(other);
    const tenantOf = async (browser: Browser): Promise<unknown> =>
      ((await (await browser.get('/home')).json()) as { tenant: string }).tenant;
    expect([await tenantOf(here), await tenantOf(there)]).to.deep.equal(['etis', 'liris']);
  });

  it('C3: ties the nonce to its login, and asks for it', async () => {
    const answer = await new Browser(server).launch(platform(), (claims) => ({ ...claims, nonce: undefined }));
    expect(answer.status).to.equal(401);
  });

  it('H: opens no door to other origins, and puts no token in an address', async () => {
    const browser = new Browser(server);
    const origin = { origin: 'https://evil.example' };
    for (const path of ['/lti/keys', '/lti/login', '/lti/session']) {
      const { headers } = await browser.get(path, origin);
      expect(headers.get('access-control-allow-origin')).to.equal(null);
    }
    const answer = await browser.launch(platform());
    expect(answer.headers.get('location')).to.equal('/home');
    expect(answer.headers.get('referrer-policy')).to.equal('no-referrer');
    expect(answer.headers.get('cache-control')).to.equal('no-store');
  });

  it('H: lets the platform of a login frame its page and no other platform, and says so without X-Frame-Options', async () => {
    const browser = new Browser(server);
    const query = new URLSearchParams(browser.loginFields(platform()));
    const { headers } = await browser.get(`/lti/login?${query.toString()}`, { 'sec-fetch-dest': 'iframe' });
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).to.match(new RegExp(`frame-ancestors 'self' ${platform().issuer}$`));
    expect(policy).not.to.include(other.issuer);
    expect(policy).to.include("default-src 'none'").and.not.to.include('unsafe');
    expect(headers.get('x-frame-options')).to.equal(null);
    expect(headers.get('cache-control')).to.equal('no-store');
  });

  it('H: sets cookies that scripts cannot read and other sites cannot send', async () => {
    const browser = new Browser(server);
    const { headers } = await browser.post('/lti/login', browser.loginFields(platform()));
    const [framed = '', firstParty = ''] = headers.getSetCookie();
    expect(framed).to.match(/; HttpOnly; SameSite=None; Secure; Partitioned$/);
    expect(firstParty).to.match(/_lax=[\w-]{43}; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/);
  });

  it('H: on https sets one cookie only, with the __Host- prefix', async () => {
    const tool = await createTool(server.options({ baseUrl: 'https://mentorat.example' }));
    const sent: string[] = [];
    const response = { append: (_name: string, line: string) => sent.push(line) };
    await tool.logOut({ headers: {} } as never, response as never);
    expect(sent).to.have.lengthOf(1);
    expect(sent[0]).to.match(/^__Host-lti_s_visit=; Path=\/; Max-Age=0; HttpOnly; SameSite=None; Secure; Partitioned$/);
  });

  it('refuses to begin with a short secret, or over http on a public name', async () => {
    const reason = (change: object): Promise<string> => createTool(server.options(change)).then(() => 'begun', String);
    expect(await reason({ secret: 'short' })).to.include('32 bytes');
    expect(await reason({ baseUrl: 'http://mentorat.example' })).to.include('https');
  });

  it('shows a data-privacy launch to its person, and refuses one about somebody else', async () => {
    const privacy = {
      [`${LTI}message_type`]: 'LtiDataPrivacyLaunchRequest',
      [`${LTI}resource_link`]: undefined,
      [`${LTI}roles`]: undefined,
    };
    const own = await new Browser(server).launch(platform(), (claims) => ({ ...claims, ...privacy }));
    expect(own.status).to.equal(303);
    expect(server.launches.at(-1)?.messageType).to.equal('data_privacy');
    const about = { ...privacy, [`${LTI}for_user`]: { user_id: 'somebody-else' } };
    expect((await new Browser(server).launch(platform(), (claims) => ({ ...claims, ...about }))).status).to.equal(400);
  });

  it('knows Canvas’s student view, and takes institution roles for nothing', async () => {
    const roles = [
      'http://purl.imsglobal.org/vocab/lti/system/person#TestUser',
      'http://purl.imsglobal.org/vocab/lis/v2/institution/person#Instructor',
    ];
    await new Browser(server).launch(platform(), (claims) => ({ ...claims, [`${LTI}roles`]: roles }));
    expect(server.launches.at(-1)).to.deep.include({ testUser: true, roles });
  });

  it('keeps last launch and last problem for the administrator', async () => {
    await new Browser(server).launch(other);
    await new Browser(server).launch(platform(), (claims) => ({ ...claims, [`${LTI}version`]: '2' }));
    await server.tool.close();
    const views = await server.tool.administration.listPlatforms();
    expect(views.find((one) => one.registration.clientId === 'other-lab')?.problems).to.deep.equal([]);
    expect(views.find((one) => one.registration.clientId === 'client-1')?.registration.lastProblem?.code).to.equal(
      'version_unsupported',
    );
  });

  describe('keys of the tool', () => {
    const kids = async (): Promise<string[]> => {
      const { keys } = (await (await new Browser(server).get('/lti/keys')).json()) as {
        keys: { kid: string; d?: string }[];
      };
      expect(keys.every((key) => key.d === undefined)).to.be.true;
      return keys.map((key) => key.kid);
    };

    it('serves two public keys with ETag and max-age, and answers 304 to who has them', async () => {
      expect(await kids()).to.have.lengthOf(2);
      const { headers } = await new Browser(server).get('/lti/keys');
      expect(headers.get('cache-control')).to.equal('public, max-age=3600');
      const again = await new Browser(server).get('/lti/keys', { 'if-none-match': headers.get('etag') ?? '' });
      expect(again.status).to.equal(304);
    });

    it('signs with a key that was published for 90 days, and keeps the one before for 90 more', async () => {
      const clock = new TestClock();
      const keys = createToolKeys({ store: server.stores.keys, keyring: createKeyring(SECRET), clock });
      const published = async (): Promise<string> => (await keys.published()).body;
      const first = await keys.signing();
      const before = await published();
      clock.forward(90 * DAY);
      await keys.tidy();
      const second = await keys.signing();
      expect(second.kid).not.to.equal(first.kid);
      expect(before).to.include(second.kid);
      expect(await published()).to.include(first.kid);
      clock.forward(90 * DAY);
      await keys.tidy();
      expect(await published()).not.to.include(first.kid);
    });

    it('makes one key per period on eight copies that begin together', async () => {
      await server.stores.keys.removeBefore(10_000);
      const keyring = createKeyring(SECRET);
      const copies = Array.from({ length: 8 }, () =>
        createToolKeys({ store: server.stores.keys, keyring, clock: server.clock }),
      );
      const signing = await Promise.all(copies.map((copy) => copy.signing()));
      expect(new Set(signing.map((key) => key.kid)).size).to.equal(1);
      expect(await server.stores.keys.list()).to.have.lengthOf(2);
    }).timeout(60_000);
  });

  describe('ltijs behind the door', () => {
    const plugin = () =>
      createLtijsPlugin({
        registrations: () => server.stores.registrations.list(),
        signing: () =>
          createToolKeys({ store: server.stores.keys, keyring: createKeyring(SECRET), clock: server.clock }).signing(),
        now: () => server.clock.now(),
      });

    it('reads platforms and keys where we keep them, by equality only', async () => {
      const found = await plugin().Get(false, 'platform', { platformUrl: platform().issuer, clientId: 'client-1' });
      expect(found).to.have.lengthOf(1);
      expect(await plugin().Get(false, 'platform', { platformUrl: { $ne: 'x' } })).to.equal(false);
      expect(await plugin().Get('key', 'privatekey', { kid: 'unknown' })).to.equal(false);
      expect(await plugin().Get(false, 'idtoken')).to.equal(false);
    });

    it('keeps access tokens in memory, and lets ltijs write nothing else', async () => {
      const database = plugin();
      const index = { platformUrl: 'p', clientId: 'c', scopes: 's' };
      await database.Insert('key', 'accesstoken', { token: 1 }, index);
      await database.Replace('key', 'accesstoken', index, { token: 2 }, index);
      const found = await database.Get('key', 'accesstoken', index);
      expect(found).to.deep.equal([{ ...index, token: 2, createdAt: server.clock.now().getTime() }]);
      await database.Delete('accesstoken', index);
      expect(await database.Get('key', 'accesstoken', index)).to.equal(false);
      for (const work of [
        database.Insert(false, 'platform', {}),
        database.Replace(false, 'nonce', {}, {}),
        database.Modify(false, 'platform', {}, {}),
        database.Delete('platform', {}),
      ]) {
        expect(await work.then(() => 'written', String)).to.include('may not write');
      }
      expect([await database.setup(), await database.Close()]).to.deep.equal([true, true]);
    });
  });
});
