import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import express from 'express';
import { createAdministration } from '../../../lti/index.ts';
import { createPlatform, memoryKeys, type Platform, type ResourceLink } from '../../../lti/platform/index.ts';
import { expectNoAxeViolations } from '../../support/accessibility.ts';
import { useBrowser } from '../../support/browser.ts';
import { useTool } from '../support/tool-server.ts';

// ltijs signs the answers of deep linking by the machine's clock, so everybody here goes by it.
const clock = { now: () => new Date() };

describe('both halves of lti in Chromium, the tool on another site', () => {
  const browser = useBrowser();
  const { server } = useTool({
    clock,
    views: () => [
      { id: 'space', title: 'Dialogue', path: '/' },
      { id: 'mentor', title: 'Become a mentor', path: '/mentor' },
    ],
  });
  let intranet: Server;
  let platform: Platform;
  let links: ResourceLink[] = [];
  let base = '';

  before(async () => {
    const app = express();
    intranet = await new Promise((resolve) => {
      const listening = createServer(app).listen(0, 'localhost', () => {
        resolve(listening);
      });
    });
    base = `http://localhost:${(intranet.address() as AddressInfo).port}`;
    platform = createPlatform({
      issuer: `${base}/lti`,
      clock,
      keys: memoryKeys(),
      tools: [],
      links: { list: () => Promise.resolve(links), add: (more) => Promise.resolve(void (links = [...links, ...more])) },
      identity: (req) =>
        req.headers.cookie?.includes('sso=root') === true ? { subject: 'root', roles: ['Administrator'] } : undefined,
    });
    app.use('/lti', platform.router);
    app.get('/favicon.ico', (_req, res) => res.sendStatus(204));
    app.get('/sign-in', (_req, res) => {
      res.cookie('sso', 'root', { sameSite: 'lax', httpOnly: true }).redirect(303, '/lti/connect');
    });
    app.get('/page/:link', ({ params }, res) => {
      res.type('html').send(`<!doctype html><html lang="fr"><body>${platform.frame(params.link, 'Mentorat Dialogue')}`);
    });
  });

  after(() => {
    intranet.close();
    intranet.closeAllConnections();
  });

  /** As an administrator: paste the invitation, follow the tool, and give its client id here. */
  async function register(): Promise<string> {
    const { stores, baseUrl } = server;
    const administration = createAdministration({ baseUrl, clock, ...stores });
    const { url } = await administration.createInvite('etis');
    const page = browser.page();
    await page.goto(`${base}/sign-in`);
    await expectNoAxeViolations(page);
    await page.locator('#address').fill(url);
    await page.getByRole('button').click();
    await page.waitForURL(/register/);
    const newest = async () =>
      (await stores.registrations.list()).filter(({ issuer }) => issuer === platform.issuer).at(-1)!;
    // The second one of an intranet waits until an administrator lets it in.
    const { id, awaitsApproval } = await newest();
    if (awaitsApproval) await administration.approvePlatform(id, { privateAddresses: true });
    const registered = await newest();
    expect(registered).to.include({ source: 'dynamic', active: true });
    expect(registered.deployments).to.have.length(1);
    expect(registered.deployments[0]).to.include({ status: 'approved', tenant: 'etis' });
    return registered.clientId;
  }

  const inTool = () => browser.page().frameLocator('iframe').frameLocator('iframe[name="tool"]');

  it('registers the tool from its invitation and launches it in a frame, third-party cookies blocked', async () => {
    const clientId = await register();
    await browser.page().goto(`${base}/page/${clientId}`);
    await inTool().getByText('"tenant":"etis"').waitFor();
    expect(server.launches.at(-1)).to.include({ tenant: 'etis' });
  });

  it('takes the links an administrator chooses in the tool, and launches them', async () => {
    const clientId = await register();
    const page = browser.page();
    await page.goto(`${base}/lti/deep-linking/${clientId}`);
    const chooser = page.frameLocator('iframe[name="tool"]');
    await chooser.getByLabel('Become a mentor').check();
    await chooser.getByRole('button').click();
    await chooser.getByText('<iframe src=').waitFor();
    expect(links).to.have.length(1);
    expect(links[0]).to.include({ title: 'Become a mentor', targetLinkUri: `${server.baseUrl}/mentor` });
    await page.goto(`${base}/page/${links[0]!.id}`);
    await inTool().getByText('"tenant":"etis"').waitFor();
    expect(server.launches.at(-1)).to.include({ target: '/mentor' });
  });
});
