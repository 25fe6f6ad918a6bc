import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createLocalJWKSet, jwtVerify } from 'jose';
import express, { type Express } from 'express';
import { createPlatform, memoryKeys, type Platform } from '../../../lti/platform/index.ts';
import { expectNoAxeViolations } from '../../support/accessibility.ts';
import { useBrowser } from '../../support/browser.ts';
import { listen } from './tool-keys.ts';

const portOf = (server: Server) => (server.address() as AddressInfo).port;

const enter = `
  const platform = new URLSearchParams(location.search).get('iss');
  const origin = new URL(platform).origin;
  addEventListener('message', (event) => {
    if (event.origin !== origin || event.data.subject !== 'lti.put_data.response') return;
    const login = new URLSearchParams(location.search);
    const auth = new URL(platform + '/auth');
    for (const [name, value] of Object.entries({
      scope: 'openid', response_type: 'id_token', response_mode: 'form_post', prompt: 'none', nonce: 'n', state: 's',
      client_id: login.get('client_id'), redirect_uri: location.origin + '/launch',
      login_hint: login.get('login_hint'), lti_message_hint: login.get('lti_message_hint'),
    })) auth.searchParams.set(name, value);
    location.replace(auth);
  });
  const target = parent.frames[new URLSearchParams(location.search).get('lti_storage_target')];
  target.postMessage({ subject: 'lti.put_data', message_id: 'm1', key: 'state', value: 'proof' }, origin);
`;
const launched = `
  const { origin } = document.body.dataset;
  addEventListener('message', (event) => {
    if (event.origin !== origin || event.data.subject !== 'lti.get_data.response') return;
    document.getElementById('proof').textContent = event.data.value;
    parent.postMessage({ subject: 'lti.frameResize', height: 1234 }, '*');
  });
  parent.frames['lti_storage'].postMessage({ subject: 'lti.get_data', message_id: 'm2', key: 'state' }, origin);
`;

/** A tool on another site that keeps no cookie at all: its only proof is the platform's storage. */
function cookielessTool(platformOf: () => Platform): Express {
  const app = express();
  const script = (source: string) => (_req: express.Request, res: express.Response) => res.type('js').send(source);
  app.get('/enter.js', script(enter));
  app.get('/launched.js', script(launched));
  app.post('/login', express.urlencoded({ extended: false }), (req, res) => {
    res.redirect(303, `/login?${new URLSearchParams(req.body as Record<string, string>).toString()}`);
  });
  app.get('/login', (_req, res) => res.type('html').send('<!doctype html><body><script src="/enter.js"></script>'));
  app.post('/launch', express.urlencoded({ extended: false }), async (req, res) => {
    const platform = platformOf();
    const { id_token: token } = req.body as Record<string, string>;
    const { payload } = await jwtVerify(token!, createLocalJWKSet(await platform.keySet()), {
      issuer: platform.issuer,
    });
    const { origin } = new URL(platform.issuer);
    res
      .type('html')
      .send(
        `<!doctype html><html lang="fr"><title>Tool</title><body data-origin="${origin}"><main><h1>Tool</h1><p id="sub">${payload.sub}</p><p id="proof"></p>` +
          `<script src="/launched.js"></script></body></html>`,
      );
  });
  return app;
}

describe('an intranet page in Chromium that blocks third-party cookies', () => {
  const browser = useBrowser();
  let platform: Platform;
  let intranet: Server;
  let tool: Server;

  before(async () => {
    // The intranet is on localhost and the tool on 127.0.0.1: two sites on one machine.
    tool = await listen(createServer(cookielessTool(() => platform)));
    const app = express();
    intranet = await new Promise((resolve) => {
      const server = createServer(app).listen(0, 'localhost', () => {
        resolve(server);
      });
    });
    const toolUrl = `http://127.0.0.1:${portOf(tool)}`;
    platform = createPlatform({
      issuer: `http://localhost:${portOf(intranet)}/lti`,
      clock: { now: () => new Date() },
      keys: memoryKeys(),
      // A session as single sign-on systems keep it: its cookie does not travel from the tool's site into a frame.
      identity: (req) => (req.headers.cookie?.includes('sso=ada') === true ? { subject: 'ada' } : undefined),
      tools: (['get', 'post'] as const).map((loginMethod) => ({
        clientId: `by-${loginMethod}`,
        deploymentId: '1',
        loginMethod,
        loginUrl: `${toolUrl}/login`,
        redirectUris: [`${toolUrl}/launch`],
        targetLinkUri: `${toolUrl}/`,
        keysetUrl: `${toolUrl}/keys`,
      })),
    });
    app.get('/favicon.ico', (_req, res) => res.sendStatus(204));
    app.use('/lti', platform.router);
    app.get('/:link', ({ params }, res) => {
      res.cookie('sso', 'ada', { sameSite: 'lax', httpOnly: true });
      const script = '<script src="/lti/assets/embed.js"></script>';
      res
        .type('html')
        .send(
          `<!doctype html><html lang="fr"><title>Intranet</title><body><main><h1>Intranet</h1>${script}${platform.frame(params.link, 'Mentorat')}`,
        );
    });
  });

  after(() => {
    for (const server of [tool, intranet]) {
      server.close();
      server.closeAllConnections();
    }
  });

  it('launches the tool from one line of HTML, stores its proof, and gives both frames the height it asks for', async () => {
    const page = browser.page();
    await page.goto(`http://localhost:${portOf(intranet)}/by-get`);
    const launch = page.frameLocator('iframe');
    const inner = launch.frameLocator('iframe[name="tool"]');
    await inner.locator('#proof:text("proof")').waitFor();
    expect(await inner.locator('#sub').textContent()).to.equal('ada');
    await page.locator('iframe[style*="1234px"]').waitFor();
    expect(await launch.locator('iframe[name="tool"]').getAttribute('style')).to.include('height: 1234px');
    expect(browser.problems()).to.deep.equal([]);
    await expectNoAxeViolations(page);
  });

  it('launches a tool that wants its login posted, and again with a new hint when the page is loaded again', async () => {
    const page = browser.page();
    const address = `http://localhost:${portOf(intranet)}/by-post`;
    await page.goto(address);
    const proof = page.frameLocator('iframe').frameLocator('iframe[name="tool"]').locator('#proof:text("proof")');
    await proof.waitFor();
    await page.reload();
    await proof.waitFor();
    expect(browser.problems()).to.deep.equal([]);
  });
});
