// Browsers that keep no cookie in a frame: what the entry page offers, and the launch that the platform's storage proves.
import { expect } from 'chai';
import { Browser, useTool } from '../support/tool-server.ts';

describe('lti/tool without cookies', () => {
  const { server, platform, connection } = useTool();
  const framed = { 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site' };
  const dataOf = (page: string): Record<string, string> =>
    Object.fromEntries(
      [...page.matchAll(/data-([a-z]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
        name,
        value.replaceAll('&amp;', '&'),
      ]),
    );
  const sessions = (): Promise<number> => connection().collection('lti_sessions').countDocuments();

  interface Waiting {
    browser: Browser;
    value: string;
    ticket: string;
  }
  /** A login in a frame with platform storage, and the launch of a browser that lost its cookie. */
  async function wait(): Promise<Waiting> {
    const browser = new Browser(server);
    const fields = browser.loginFields(platform(), { lti_storage_target: '_parent' });
    const entry = dataOf(await (await browser.post('/lti/login', fields, framed)).text());
    browser.cookies.clear();
    const next = new URL(entry['next'] ?? '').searchParams;
    const [state, nonce] = [next.get('state') ?? '', next.get('nonce') ?? ''];
    const claims = platform().claims({ nonce, target: fields['target_link_uri'] ?? '', now: server.clock.now() });
    const answer = await browser.post('/lti/launch', { state, id_token: await platform().sign(claims) });
    const launch = dataOf(await answer.text());
    expect(answer.status).to.equal(200);
    expect(launch['key']).to.equal(entry['key']);
    expect(launch['origin']).to.equal(platform().issuer);
    return { browser, value: entry['value'] ?? '', ticket: launch['ticket'] ?? '' };
  }
  const claim = (
    waiting: Waiting,
    change: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ): Promise<Response> =>
    waiting.browser.postJson(
      '/lti/launch/storage',
      { ticket: waiting.ticket, value: waiting.value, ...change },
      headers,
    );

  it('asks the frame first, offers a new tab that begins anew, and sends others straight on', async () => {
    const browser = new Browser(server);
    const fields = browser.loginFields(platform());
    const page = await browser.post('/lti/login', fields, framed);
    expect(page.status).to.equal(200);
    const text = await page.text();
    expect(text).to.include('target="_blank"').and.to.include('action="/lti/login"').and.to.include('entry.js');
    expect(dataOf(text)).not.to.have.any.keys('key', 'value');
    expect((await browser.post('/lti/login', fields, { ...framed, 'sec-fetch-dest': 'document' })).status).to.equal(
      302,
    );
  });

  it('sends a frame straight on once a cookie of ours has come back from it', async () => {
    const browser = new Browser(server);
    const fields = browser.loginFields(platform());
    await browser.post('/lti/login', fields, framed);
    expect((await browser.post('/lti/login', fields, framed)).status).to.equal(302);
  });

  it('lets in who brings the proof from the platform’s storage, once', async () => {
    const waiting = await wait();
    const before = await sessions();
    const answer = await claim(waiting);
    expect(answer.status).to.equal(200);
    expect(((await answer.json()) as { path: string }).path).to.equal('/home');
    expect((await waiting.browser.get('/lti/session')).status).to.equal(204);
    expect((await claim(waiting)).status).to.equal(409);
    expect(await sessions()).to.equal(before + 1);
  });

  it('refuses a wrong or missing proof, a changed or late ticket, and another site', async () => {
    const waiting = await wait();
    const before = await sessions();
    expect((await claim(waiting, { value: 'x'.repeat(43) })).status).to.equal(401);
    expect((await claim(waiting, { value: (await wait()).value })).status).to.equal(401);
    expect((await claim(waiting, { value: undefined })).status).to.equal(400);
    expect((await claim(waiting, { ticket: `A${waiting.ticket.slice(1)}` })).status).to.equal(400);
    expect((await claim(waiting, {}, { origin: 'https://elsewhere.example' })).status).to.equal(403);
    expect((await claim(waiting, {}, { 'sec-fetch-site': 'cross-site' })).status).to.equal(403);
    expect((await claim(waiting, {}, { 'content-type': 'text/plain' })).status).to.equal(403);
    server.clock.forward(61);
    expect((await claim(waiting)).status).to.equal(400);
    expect(await sessions()).to.equal(before);
  });

  it('hands the session to a tab of its own, where the cookie is first-party', async () => {
    const waiting = await wait();
    const { transfer } = (await (await claim(waiting)).json()) as { transfer: string };
    const tab = new Browser(server);
    expect((await tab.get('/lti/session')).status).to.equal(401);
    expect(await (await tab.get('/lti/tab')).text()).to.include('tab.js');
    expect((await tab.postJson('/lti/tab', { transfer: `A${transfer.slice(1)}` })).status).to.equal(400);
    expect((await tab.postJson('/lti/tab', { transfer: waiting.ticket })).status).to.equal(400);
    expect((await tab.postJson('/lti/tab', { transfer }, { origin: 'https://elsewhere.example' })).status).to.equal(
      403,
    );
    const answer = await tab.postJson('/lti/tab', { transfer });
    expect(await answer.json()).to.deep.equal({ path: '/home' });
    expect((await tab.get('/home')).status).to.equal(200);
    server.clock.forward(121);
    expect((await new Browser(server).postJson('/lti/tab', { transfer })).status).to.equal(400);
  });

  it('ignores a frame name that is none', async () => {
    const browser = new Browser(server);
    const fields = browser.loginFields(platform(), { lti_storage_target: '"><script>' });
    const page = await (await browser.post('/lti/login', fields, framed)).text();
    expect(dataOf(page)).not.to.have.any.keys('key', 'value');
    expect(page).not.to.include('"><script>');
  });
});
