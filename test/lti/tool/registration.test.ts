// Connecting a platform: by invitation (dynamic registration) against a real HTTP platform, and by hand.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { isPublicAddress } from '../../../lti/tool/outbound.ts';
import { issuerBelongsTo } from '../../../lti/tool/registration-profiles.ts';
import { Browser, useTool } from '../support/tool-server.ts';

const TOOL = 'https://purl.imsglobal.org/spec/lti-tool-configuration';

interface Asked {
  path: string;
  authorization: string | undefined;
  body: Record<string, unknown> | undefined;
}

describe('lti/tool registration', () => {
  const { server } = useTool();
  const asked: Asked[] = [];
  let platform: Server;
  let base = '';
  let change: Record<string, unknown> = {};
  let answer: () => unknown = () => ({ client_id: 'given-1', [TOOL]: { deployment_id: 7 } });
  let redirect: string | undefined;

  before(async () => {
    platform = createServer((request, response) => {
      void body(request).then((text) => {
        asked.push({
          path: request.url ?? '',
          authorization: request.headers.authorization,
          body: text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>),
        });
        if (redirect !== undefined) response.writeHead(302, { location: redirect }).end();
        else
          response
            .setHeader('content-type', 'application/json')
            .end(JSON.stringify(request.method === 'POST' ? answer() : configuration()));
      });
    });
    await new Promise<void>((resolve) => platform.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(platform.address() as AddressInfo).port}`;
  });
  after(() => {
    platform.closeAllConnections();
    platform.close();
  });
  beforeEach(() => {
    asked.length = 0;
    change = {};
    redirect = undefined;
    answer = () => ({ client_id: `given-${Math.random()}`, [TOOL]: { deployment_id: 7 } });
  });

  const configuration = (): object => ({
    issuer: base,
    authorization_endpoint: `${base}/auth`,
    token_endpoint: `${base}/token`,
    jwks_uri: `${base}/jwks`,
    registration_endpoint: `${base}/register`,
    'https://purl.imsglobal.org/spec/lti-platform-configuration': {
      product_family_code: 'moodle',
      messages_supported: [{ type: 'LtiResourceLinkRequest' }, { type: 'LtiDeepLinkingRequest' }],
    },
    ...change,
  });
  const invite = async (): Promise<string> =>
    new URL((await server.tool.administration.createInvite('lix')).url).pathname;
  const open = async (path: string, query: Record<string, string> = {}): Promise<Response> => {
    const all = new URLSearchParams({ openid_configuration: `${base}/openid-configuration`, ...query });
    return new Browser(server).get(`${path}?${all.toString()}`);
  };
  const code = (): unknown => server.log.at(-1)?.fields['code'];

  it('connects a platform by one link, with its deployment given to the invited lab', async () => {
    const page = await open(await invite(), { registration_token: 'platform-token' });
    expect(page.status).to.equal(200);
    expect(page.headers.get('content-security-policy')).to.include(base);
    expect(await page.text()).to.include('close.js');
    expect(asked.map((one) => one.authorization)).to.deep.equal(['Bearer platform-token', 'Bearer platform-token']);
    const sent = asked[1]?.body;
    expect(sent).to.deep.include({
      initiate_login_uri: `${server.baseUrl}/lti/login`,
      redirect_uris: [`${server.baseUrl}/lti/launch`],
      jwks_uri: `${server.baseUrl}/lti/keys`,
      scope: '',
    });
    const tool = sent?.[TOOL] as { claims: string[]; messages: { type: string }[] };
    expect(tool.claims).to.deep.equal(['iss', 'sub']);
    expect(tool.messages.map((one) => one.type)).to.deep.equal(['LtiResourceLinkRequest', 'LtiDeepLinkingRequest']);
    const known = (await server.stores.registrations.list()).find((one) => one.issuer === base);
    expect(known).to.include({ source: 'dynamic', active: true, tenant: 'lix', keysetUrl: `${base}/jwks` });
    expect(known?.deployments[0]).to.include({ id: '7', status: 'approved', tenant: 'lix' });
  });

  it('sends no token where the platform gave none, as Brightspace', async () => {
    await open(await invite());
    expect(asked.map((one) => one.authorization)).to.deep.equal([undefined, undefined]);
  });

  it('asks Canvas to send no names, and says where its links belong', async () => {
    change = { 'https://purl.imsglobal.org/spec/lti-platform-configuration': { product_family_code: 'canvas' } };
    await open(await invite());
    const tool = asked[1]?.body?.[TOOL] as Record<string, unknown>;
    expect(tool['https://canvas.instructure.com/lti/privacy_level']).to.equal('anonymous');
    expect(JSON.stringify(tool['messages'])).to.include('placements');
  });

  it('refuses an invitation used twice, unknown, or past its 14 days', async () => {
    const used = await invite();
    expect((await open(used)).status).to.equal(200);
    expect((await open(used)).status).to.equal(403);
    expect(code()).to.equal('invite_invalid');
    expect((await open(`/lti/register/${'A'.repeat(43)}`)).status).to.equal(403);
    expect((await open('/lti/register/short')).status).to.equal(403);
    const late = await invite();
    server.clock.forward(14 * 86_400);
    expect((await open(late)).status).to.equal(403);
  });

  it('lets one of eight hurried uses of an invitation through', async () => {
    const path = await invite();
    const answers = await Promise.all(Array.from({ length: 8 }, () => open(path)));
    expect(answers.filter((one) => one.status === 200)).to.have.lengthOf(1);
  });

  it('shows the addresses to copy when the link is opened outside a platform, and spends nothing', async () => {
    const path = await invite();
    const page = await new Browser(server).get(path);
    expect(await page.text()).to.include(`${server.baseUrl}/lti/login`);
    expect((await open(path)).status).to.equal(200);
  });

  const dangers: [string, () => Record<string, string>, string][] = [
    ['over http', () => ({ openid_configuration: 'http://platform.example/c' }), 'address_refused'],
    ['to a private address', () => ({ openid_configuration: 'https://10.0.0.1/c' }), 'address_refused'],
    [
      'to the cloud’s metadata',
      () => ({ openid_configuration: 'http://169.254.169.254/latest/meta-data' }),
      'address_refused',
    ],
    [
      'to IPv6 loopback written as IPv4',
      () => ({ openid_configuration: 'https://[::ffff:10.0.0.1]/c' }),
      'address_refused',
    ],
    [
      'with credentials in the address',
      () => ({ openid_configuration: base.replace('//', '//u:p@') }),
      'address_refused',
    ],
    ['to no address', () => ({ openid_configuration: 'file:///etc/passwd' }), 'address_refused'],
    ['of a foreign issuer', () => ((change = { issuer: 'https://elsewhere.example' }), {}), 'issuer_mismatch'],
    [
      'with an authorisation endpoint over http',
      () => ((change = { authorization_endpoint: 'http://elsewhere.example/a' }), {}),
      'address_refused',
    ],
    [
      'with a registration endpoint at a private address',
      () => ((change = { registration_endpoint: 'https://192.168.1.1/r' }), {}),
      'address_refused',
    ],
    ['redirected elsewhere', () => ((redirect = 'http://localhost:9/'), {}), 'answer_unusable'],
    ['redirected for ever', () => ((redirect = `${base}/again`), {}), 'answer_unusable'],
    ['with an answer that names no client', () => ((answer = () => ({ error: 'invalid' })), {}), 'registration_failed'],
    ['with a configuration of 300 KB', () => ((change = { pad: 'x'.repeat(300_000) }), {}), 'answer_unusable'],
  ];
  for (const [fact, prepare, expected] of dangers) {
    it(`refuses a registration ${fact}, and gives the invitation back`, async () => {
      const path = await invite();
      const before = (await server.stores.registrations.list()).length;
      const page = await open(path, prepare());
      expect(page.status).to.be.within(400, 502);
      expect(code()).to.equal(expected);
      expect((await server.stores.registrations.list()).length).to.equal(before);
      [change, redirect] = [{}, undefined];
      answer = () => ({ client_id: `given-${Math.random()}` });
      expect((await open(path)).status).to.equal(200);
    });
  }

  it('tells public addresses from all others', () => {
    for (const one of ['8.8.8.8', '2606:4700::1111']) expect(isPublicAddress(one), one).to.be.true;
    const others = [
      '127.0.0.1',
      '10.1.2.3',
      '172.31.0.1',
      '192.168.0.1',
      '169.254.1.1',
      '100.64.0.1',
      '0.0.0.0',
      '224.0.0.1',
    ];
    for (const one of [
      ...others,
      '::1',
      '::',
      'fe80::1',
      'fc00::1',
      '::ffff:8.8.8.8',
      '64:ff9b::a00:1',
      '2002:a00:1::',
      '255.255.255.255',
    ]) {
      expect(isPublicAddress(one), one).to.be.false;
    }
  });

  it('believes Canvas under its schools’ hosts and everybody else under their own only', () => {
    expect(issuerBelongsTo('https://canvas.instructure.com', 'school.instructure.com')).to.be.true;
    expect(issuerBelongsTo('https://canvas.instructure.com', 'sso.canvaslms.com')).to.be.true;
    expect(issuerBelongsTo('https://canvas.instructure.com', 'instructure.com.evil.example')).to.be.false;
    expect(issuerBelongsTo('https://moodle.example', 'moodle.example:8443')).to.be.false;
  });

  describe('by hand', () => {
    const form = {
      name: 'Moodle of LIX',
      issuer: 'https://moodle.lix.example',
      clientId: 'abc',
      authorizationUrl: 'https://moodle.lix.example/mod/lti/auth.php',
      tokenUrl: 'https://moodle.lix.example/mod/lti/token.php',
      keysetUrl: 'https://moodle.lix.example/mod/lti/certs.php',
      deploymentId: '1',
      tenant: 'lix',
    };
    it('connects a platform once', async () => {
      const { administration } = server.tool;
      await administration.addPlatform(form);
      const view = (await administration.listPlatforms()).find((one) => one.registration.clientId === 'abc');
      expect(view).to.deep.include({ state: 'ready', pendingDeployments: [], problems: ['never_launched'] });
      const again = await administration.addPlatform(form).then(() => 'connected', String);
      expect(again).to.include('registration_exists');
    });
    it('names the fields that are wrong', async () => {
      const wrong = { ...form, clientId: '', keysetUrl: 'http://moodle.lix.example/certs' };
      const said = await server.tool.administration.addPlatform(wrong).then(() => '', String);
      expect(said).to.include('registration_invalid').and.to.include('clientId').and.to.include('keysetUrl');
    });
    it('waits until a deployment is approved, and lists what waits', async () => {
      const { administration } = server.tool;
      const { deploymentId: _none, tenant: _nor, ...bare } = form;
      const added = await administration.addPlatform({ ...bare, clientId: 'def' });
      const state = async () => (await administration.listPlatforms()).find((one) => one.registration.id === added.id);
      expect((await state())?.state).to.equal('waiting');
      await server.stores.registrations.notePending(
        added.id,
        { id: 'd', status: 'pending', firstSeenAt: new Date(0) },
        50,
      );
      expect((await state())?.problems).to.include('deployment_pending');
      await administration.approveDeployment(added.id, 'd', 'lix');
      expect((await state())?.state).to.equal('ready');
      await administration.setActive(added.id, false);
      expect((await state())?.state).to.equal('off');
      await administration.removePlatform(added.id);
      expect(await state()).to.equal(undefined);
    });
    it('keeps fifty waiting deployments at most', async () => {
      const { id } = await server.tool.administration.addPlatform({ ...form, clientId: 'ghi' });
      for (let index = 0; index < 60; index += 1) {
        await server.stores.registrations.notePending(
          id,
          { id: `d${index}`, status: 'pending', firstSeenAt: new Date(0) },
          50,
        );
      }
      const kept = (await server.stores.registrations.list()).find((one) => one.id === id);
      expect(kept?.deployments).to.have.lengthOf(50);
    });
    it('says registration_not_found for a platform that is not there', async () => {
      const { administration } = server.tool;
      for (const work of [administration.setActive('x', true), administration.approveDeployment('x', 'd', 'lix')]) {
        expect(await work.then(() => '', String)).to.include('registration_not_found');
      }
    });
  });
});

async function body(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
