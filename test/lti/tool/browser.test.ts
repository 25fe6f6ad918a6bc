// The three ways a launch is tied to its browser, in a real Chromium with third-party cookies blocked and a frame that is
// truly of another site: the platform is 127.0.0.1, the tool is localhost.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect } from 'chai';
import type { Frame, Locator, Page } from 'playwright-core';
import { useBrowser } from '../../support/browser.ts';
import { useDatabase } from '../../support/database.ts';
import { FakePlatform } from '../support/fake-platform.ts';
import { ToolServer } from '../support/tool-server.ts';

const STORAGE = `
  const kept = {};
  addEventListener('message', ({ source, origin, data }) => {
    const answer = { subject: data.subject + '.response', message_id: data.message_id, key: data.key };
    if (data.subject === 'lti.put_data') kept[data.key] = data.value;
    else if (data.subject !== 'lti.get_data') return;
    source.postMessage({ ...answer, value: kept[data.key] }, origin);
  });`;

describe('lti/tool in a browser', function () {
  this.timeout(300_000);
  const server = new ToolServer();
  server.host = 'localhost';
  let platform: FakePlatform;
  after(async () => {
    await server.stop();
    await platform.stop();
  });
  const database = useDatabase();
  const browser = useBrowser();
  before(async () => {
    platform = await FakePlatform.start();
    platform.site = (request, response) => void site(request, response);
    await server.start(database.connection());
    await server.connect(platform);
  });

  /** A course page that frames the tool, and the authorisation endpoint of somebody who is signed in. */
  async function site(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', platform.issuer);
    response.setHeader('content-type', 'text/html');
    if (pathname === '/course') {
      const storage = searchParams.has('storage') ? { lti_storage_target: '_parent' } : {};
      const fields = {
        iss: platform.issuer,
        client_id: platform.clientId,
        login_hint: '5',
        target_link_uri: `${server.baseUrl}/`,
        ...storage,
      };
      response.end(
        `<iframe name="tool" width="900" height="600"></iframe>${form(`${server.baseUrl}/lti/login`, fields, 'tool')}<script>${STORAGE}</script>`,
      );
    } else if (pathname === '/auth') {
      const nonce = searchParams.get('nonce') ?? '';
      const token = await platform.sign(
        platform.claims({ nonce, target: `${server.baseUrl}/`, now: server.clock.now() }),
      );
      response.end(
        form(searchParams.get('redirect_uri') ?? '', { state: searchParams.get('state') ?? '', id_token: token }),
      );
    } else {
      response.writeHead(404).end();
    }
  }

  afterEach(() => {
    server.framesKeepCookies = true;
  });

  const toolFrame = async (page: Page): Promise<Frame> => {
    const frame = await (await page.waitForSelector('iframe')).contentFrame();
    if (frame === null) throw new Error('the frame is gone');
    return frame;
  };
  /**
   * A click that falls into the moment in which the frame changes its process is lost; a person would click again, but not
   * while a busy machine still opens the tab: what the first click hands over is good once.
   */
  const tabOpenedBy = async (page: Page, button: Locator, attempts = 5): Promise<Page> => {
    const opened = page.waitForEvent('popup', { timeout: 20_000 }).catch(() => undefined);
    // Longer than the scripts' stretched wait for a platform's answer: one that is lost is done without.
    await button.click({ timeout: 120_000 });
    const tab = await opened;
    if (tab === undefined && attempts > 1) return tabOpenedBy(page, button, attempts - 1);
    if (tab === undefined) throw new Error('no tab was opened');
    return tab;
  };
  const isHome = async (page: Page | Frame): Promise<void> => {
    await page.waitForURL(`${server.baseUrl}/home`);
    expect(await page.textContent('body')).to.include('"tenant":"etis"');
  };
  /** As Safari: whatever is set in the frame is gone, by header or by script; a tab of its own keeps everything. */
  const keepNoCookiesInFrames = async (page: Page): Promise<void> => {
    const context = page.context();
    // As text: what the test runner adds to functions is not known in the page.
    const content = `if (window.top !== window) {
      Object.defineProperty(document, 'cookie', { get: () => '', set: () => undefined });
      // The scripts give a platform 1.5 s to answer, which a busy machine may need twice.
      const later = window.setTimeout;
      window.setTimeout = (act, ms) => later(act, 40 * ms);
    }`;
    await context.addInitScript({ content });
    server.framesKeepCookies = false;
  };

  /**
   * The frame goes to and fro between two sites, and about once in ten times the browser's driver loses it on the way: the
   * page shows the button, the driver finds none. Then another page is opened, with twice the patience, which a busy machine needs.
   */
  const atTheButton = async (patience = 8_000): Promise<[Page, Locator]> => {
    const page = await browser.page().context().newPage();
    await page.goto(`${platform.issuer}/course?storage=yes`);
    const button = page.frameLocator('iframe').getByRole('button', { name: /nouvel onglet|new tab/ });
    const isFound = await button.waitFor({ timeout: patience }).then(
      () => true,
      () => false,
    );
    if (isFound || patience > 60_000) return [page, button];
    await page.close();
    return atTheButton(2 * patience);
  };

  it('enters in the frame where partitioned cookies are kept, with a clean address', async () => {
    await browser.page().goto(`${platform.issuer}/course`);
    await isHome(await toolFrame(browser.page()));
    const cookies = await browser.page().context().cookies(server.baseUrl);
    expect(cookies.map((one) => one.name)).to.include('lti_s_visit');
  });

  it('enters twice in one browser, and the second time without asking the frame', async () => {
    await browser.page().goto(`${platform.issuer}/course`);
    await isHome(await toolFrame(browser.page()));
    const entries: string[] = [];
    browser.page().on('response', (answer) => {
      if (answer.url().endsWith('/lti/login')) entries.push(String(answer.status()));
    });
    await browser.page().goto(`${platform.issuer}/course`);
    await isHome(await toolFrame(browser.page()));
    expect(entries).to.deep.equal(['302']);
  });

  it('takes the session into a tab of its own, where the frame’s cookie does not count', async () => {
    const page = browser.page();
    await page.goto(`${platform.issuer}/course`);
    const frame = await toolFrame(page);
    await isHome(frame);
    const context = page.context();
    // Over http this machine's own cookies would do; over https there are partitioned ones only.
    await context.clearCookies({ name: 'lti_s_visit_lax' });
    const nobody = await context.newPage();
    expect((await nobody.goto(`${server.baseUrl}/home`))?.status(), 'a tab that is just opened').to.equal(401);
    await frame.goto(`${server.baseUrl}/own-tab`);
    const opened = context.waitForEvent('page');
    await frame.getByRole('button').press('Enter');
    const tab = await opened;
    await isHome(tab);
    expect(await tab.evaluate('history.length'), 'nothing to go back to').to.equal(1);
    expect((await page.goto(`${platform.issuer}/course`))?.status()).to.equal(200);
    await isHome(await toolFrame(page));
  });

  it('opens a new tab where the frame keeps no cookie and the platform stores nothing', async () => {
    const page = browser.page();
    await keepNoCookiesInFrames(page);
    await page.goto(`${platform.issuer}/course`);
    const frame = await toolFrame(page);
    const button = frame.getByRole('button', { name: 'Ouvrir dans un nouvel onglet' });
    const tab = await tabOpenedBy(page, button);
    await isHome(tab);
    expect(await frame.getByRole('status').textContent()).to.include('autre onglet');
  });

  it('enters by the platform’s storage where the frame keeps no cookie, and hands the session to a tab', async () => {
    await keepNoCookiesInFrames(browser.page());
    const [page, button] = await atTheButton();
    const tab = await tabOpenedBy(page, button);
    await isHome(tab);
    expect(tab.url()).to.equal(`${server.baseUrl}/home`);
  });
});

function form(action: string, fields: Record<string, string>, target = '_self'): string {
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${value.replaceAll('"', '&quot;')}">`,
  );
  return `<form id="go" method="post" action="${action}" target="${target}">${inputs.join('')}</form><script>document.getElementById('go').submit()</script>`;
}
