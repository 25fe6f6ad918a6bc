// What a real Moodle 4.5.6 sent (recorded, test accounts), signed again with a key of ours: every launch enters.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { useDatabase } from '../../support/database.ts';
import { type Claims, FakePlatform, LTI } from '../support/fake-platform.ts';
import { Browser, ToolServer } from '../support/tool-server.ts';

interface Recorded {
  oidc_login_request: { body: Record<string, string> };
  launches: Record<string, { claims: Claims }>;
}
const file = new URL('../samples/moodle-launches.json', import.meta.url);
const recorded = JSON.parse(readFileSync(file, 'utf8')) as Recorded;

describe('lti/tool with Moodle', () => {
  const server = new ToolServer();
  let platform: FakePlatform;
  after(async () => {
    await server.stop();
    await platform.stop();
  });
  const database = useDatabase();
  before(async () => {
    const { iss, client_id: clientId } = recorded.oidc_login_request.body;
    platform = await FakePlatform.start(clientId ?? '');
    await server.start(database.connection(), { views: () => [{ id: 'home', title: 'Home', path: '/' }] });
    const clients = new Set(Object.values(recorded.launches).map((one) => String(one.claims['aud'])));
    for (const client of clients) {
      const deployments = ['1', '2', '3', '4'].map(
        (id) => ({ id, status: 'approved', tenant: 'etis', firstSeenAt: new Date(0) }) as const,
      );
      const known = { id: `moodle-${client}`, clientId: client, issuer: iss ?? '', deployments };
      await server.stores.registrations.insert(platform.registration(known));
    }
  });

  for (const [title, { claims }] of Object.entries(recorded.launches)) {
    it(`lets "${title}" in`, async () => {
      const browser = new Browser(server);
      const fields = {
        ...recorded.oidc_login_request.body,
        client_id: String(claims['aud']),
        target_link_uri: `${server.baseUrl}/`,
      };
      const begun = await browser.login(platform, fields);
      const now = Math.floor(server.clock.now().getTime() / 1000);
      const moved = { nonce: begun.nonce, iat: now, exp: now + 60, [`${LTI}target_link_uri`]: begun.target };
      const answer = await browser.post('/lti/launch', {
        state: begun.state,
        id_token: await platform.sign({ ...claims, ...moved }),
      });
      expect(answer.status).to.equal(303);
      const choice = claims[`${LTI}message_type`] === 'LtiDeepLinkingRequest';
      expect(answer.headers.get('location')).to.equal(choice ? '/lti/choose' : '/home');
      if (choice) return;
      const launch = server.launches.at(-1);
      expect(launch?.subject).to.equal(claims['sub']);
      expect(launch?.name).to.equal(claims['name']);
      expect(JSON.stringify(launch?.custom)).not.to.include('$');
    });
  }

  it('takes names, e-mail and custom values for absent where Moodle does not share them', () => {
    const [, anonymous] = Object.entries(recorded.launches).find(([title]) => title.includes('Anon')) ?? [];
    const launch = server.launches.find((one) => one.subject === anonymous?.claims['sub'] && one.name === undefined);
    expect(launch).to.deep.include({ custom: {} });
    expect(launch).not.to.have.any.keys('name', 'email');
  });
});
