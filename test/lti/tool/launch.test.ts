// The way in as a person lives it, on the real engine.
import { expect } from 'chai';
import { LTI } from '../support/fake-platform.ts';
import { Browser, useTool } from '../support/tool-server.ts';

describe('lti/tool launch', () => {
  const { server, platform, connection } = useTool();

  it('sends the browser to the platform with everything OIDC asks for, by POST and by GET alike', async () => {
    const browser = new Browser(server);
    const fields = browser.loginFields(platform());
    const query = new URLSearchParams(fields).toString();
    for (const answer of [await browser.post('/lti/login', fields), await browser.get(`/lti/login?${query}`)]) {
      expect(answer.status).to.equal(302);
      const url = new URL(answer.headers.get('location') ?? '');
      expect(url.origin + url.pathname).to.equal(`${platform().issuer}/auth`);
      const sent = Object.fromEntries(url.searchParams);
      expect(sent).to.include({
        scope: 'openid',
        response_type: 'id_token',
        response_mode: 'form_post',
        prompt: 'none',
        client_id: platform().clientId,
        redirect_uri: `${server.baseUrl}/lti/launch`,
        login_hint: '5',
        lti_message_hint: '{"cmid":2}',
      });
      expect(Buffer.from(sent['nonce'] ?? '', 'base64url')).to.have.lengthOf(16);
    }
  });

  it('answers a right launch with 303 to a clean address and a session that the next page knows', async () => {
    const browser = new Browser(server);
    const answer = await browser.launch(platform());
    expect(answer.status).to.equal(303);
    expect(answer.headers.get('location')).to.equal('/home');
    const page = await browser.get('/home');
    expect(page.status).to.equal(200);
    const session = (await page.json()) as Record<string, unknown>;
    expect(session).to.include({ tenant: 'etis', deploymentId: 'dep-1', locale: 'en' });
    expect(session['data']).to.deep.equal({ step: 'first' });
  });

  it('hands the programme parsed values only', async () => {
    await new Browser(server).launch(platform(), (claims) => ({
      ...claims,
      [`${LTI}roles`]: ['Instructor'],
      [`${LTI}custom`]: { view: 'mentor', lang: '$Message.locale', list: ['x'] },
    }));
    const launch = server.launches.at(-1);
    expect(launch).to.deep.include({
      tenant: 'etis',
      subject: '5',
      messageType: 'resource_link',
      target: '/mentor',
      roles: ['http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor'],
      custom: { view: 'mentor' },
      name: 'Ada Martin',
      email: 'ada@example.org',
      locale: 'en',
      testUser: false,
    });
    expect(launch?.person).to.match(/^[\w-]{43}$/);
  });

  it('stores neither name, e-mail, subject nor return address in clear', async () => {
    await new Browser(server).launch(platform());
    const records = await connection().collection('lti_sessions').find().toArray();
    const text = JSON.stringify(records);
    expect(records.length).to.be.greaterThan(0);
    for (const secret of ['Ada', 'ada@example.org', 'secret-of-the-platform', 'first'])
      expect(text).not.to.include(secret);
  });
});
