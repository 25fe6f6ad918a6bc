// Deep linking from the launch to the signed answer, through ltijs, verified as a platform would.
import { expect } from 'chai';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { DEEP_LINKING, LTI } from '../support/fake-platform.ts';
import { Browser, useTool } from '../support/tool-server.ts';

const views = (locale: string) => [
  { id: 'dialogue', title: locale === 'fr' ? 'L’espace de dialogue' : 'The dialogue space', path: '/' },
  { id: 'mentor', title: 'Become a mentor', text: 'Offer your <time>', path: '/mentor' },
  { id: 'referral', title: 'The referral sheet', path: '/referral' },
];
const ITEMS = 'https://purl.imsglobal.org/spec/lti-dl/claim/content_items';

describe('lti/tool deep linking', () => {
  const { server, platform, connection } = useTool({ views });

  const open = async (change: Record<string, unknown> = {}): Promise<Browser> => {
    const browser = new Browser(server);
    const settings = {
      accept_types: ['ltiResourceLink'],
      accept_presentation_document_targets: ['iframe'],
      accept_multiple: true,
      data: 'opaque-word',
      deep_link_return_url: `${platform().issuer}/deep-link-return`,
      ...change,
    };
    const answer = await browser.launch(platform(), (claims) => ({
      ...claims,
      [`${LTI}message_type`]: 'LtiDeepLinkingRequest',
      [`${LTI}resource_link`]: undefined,
      [DEEP_LINKING]: settings,
    }));
    expect(answer.status).to.equal(303);
    expect(answer.headers.get('location')).to.equal('/lti/choose');
    return browser;
  };
  const csrfIn = (page: string): string => /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const jwtIn = (page: string): string => /name="JWT" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const verify = async (jwt: string) => {
    const keys = createRemoteJWKSet(new URL(`${server.baseUrl}/lti/keys`));
    const currentDate = server.clock.now();
    return jwtVerify(jwt, keys, { issuer: platform().clientId, audience: platform().issuer, currentDate });
  };

  it('offers the views in the language of the launch and opens no other page', async () => {
    const browser = await open();
    const page = await (await browser.get('/lti/choose')).text();
    expect(page).to.include('The dialogue space').and.to.include('Offer your &lt;time&gt;').and.to.include('checkbox');
    expect((await browser.get('/home')).status).to.equal(401);
  });

  it('gives several views back as links, signed with a published key, with the platform’s own word', async () => {
    const browser = await open();
    const form = csrfIn(await (await browser.get('/lti/choose')).text());
    const answer = await browser.post('/lti/choose', {
      _csrf: form,
      'view.mentor': 'mentor',
      'view.referral': 'referral',
    });
    const page = await answer.text();
    expect(page).to.include(`action="${platform().issuer}/deep-link-return"`);
    const { payload } = await verify(jwtIn(page));
    expect(payload).to.include({
      [`${LTI}message_type`]: 'LtiDeepLinkingResponse',
      [`${LTI}version`]: '1.3.0',
      [`${LTI}deployment_id`]: 'dep-1',
      'https://purl.imsglobal.org/spec/lti-dl/claim/data': 'opaque-word',
    });
    const items = payload[ITEMS] as Record<string, unknown>[];
    expect(items.map((item) => [item['type'], item['url']])).to.deep.equal([
      ['ltiResourceLink', `${server.baseUrl}/mentor`],
      ['ltiResourceLink', `${server.baseUrl}/referral`],
    ]);
  });

  it('answers once: the same choice posted again finds no session', async () => {
    const browser = await open();
    const _csrf = csrfIn(await (await browser.get('/lti/choose')).text());
    const cookies = new Map(browser.cookies);
    expect((await browser.post('/lti/choose', { _csrf, 'view.mentor': 'mentor' })).status).to.equal(200);
    for (const [name, value] of cookies) browser.cookies.set(name, value);
    expect((await browser.post('/lti/choose', { _csrf, 'view.mentor': 'mentor' })).status).to.equal(401);
  });

  it('offers one view only where the platform accepts one', async () => {
    const browser = await open({ accept_multiple: false });
    const page = await (await browser.get('/lti/choose')).text();
    expect(page).to.include('type="radio"').and.not.to.include('checkbox');
    const forged = { _csrf: csrfIn(page), 'view.mentor': 'x', 'view.referral': 'x' };
    expect((await browser.post('/lti/choose', forged)).status).to.equal(400);
    const { payload } = await verify(
      jwtIn(await (await browser.post('/lti/choose', { _csrf: csrfIn(page), view: 'mentor' })).text()),
    );
    expect(payload[ITEMS]).to.have.lengthOf(1);
  });

  it('refuses a choice from another site, without the form’s word, or of nothing', async () => {
    const browser = await open();
    const _csrf = csrfIn(await (await browser.get('/lti/choose')).text());
    const fields = { _csrf, 'view.mentor': 'mentor' };
    expect((await browser.post('/lti/choose', fields, { 'sec-fetch-site': 'cross-site' })).status).to.equal(403);
    expect((await browser.post('/lti/choose', fields, { origin: 'https://elsewhere.example' })).status).to.equal(403);
    expect((await browser.post('/lti/choose', { ...fields, _csrf: 'x' })).status).to.equal(403);
    expect((await browser.post('/lti/choose', { _csrf })).status).to.equal(400);
    expect((await browser.post('/lti/choose', { _csrf, view: 'unheard-of' })).status).to.equal(400);
  });

  it('takes an end of the choice for no end of the visit', async () => {
    const browser = new Browser(server);
    await browser.launch(platform());
    const chooser = await open();
    for (const [name, value] of chooser.cookies) if (!name.includes('visit')) browser.cookies.set(name, value);
    const _csrf = csrfIn(await (await browser.get('/lti/choose')).text());
    await browser.post('/lti/choose', { _csrf, 'view.mentor': 'mentor' });
    expect((await browser.get('/home')).status).to.equal(200);
  });

  it('keeps the private keys sealed in the database', async () => {
    const keys = await connection().collection('lti_keys').find().toArray();
    expect(keys).to.have.lengthOf(2);
    expect(JSON.stringify(keys)).not.to.include('PRIVATE KEY').and.not.to.include('"d"');
  });
});
