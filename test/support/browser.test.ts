import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { expectNoAxeViolations } from './accessibility.ts';
import { useBrowser, type TestBrowser } from './browser.ts';

const SETS = ['plain=1; Path=/; Secure; SameSite=None', 'parted=1; Path=/; Secure; SameSite=None; Partitioned'];
const html = (title: string, body: string): string =>
  `<!doctype html><html lang="fr"><title>${title}</title><main><h1>${title}</h1>${body}</main></html>`;

describe('the browser of the tests', () => {
  let server: http.Server;
  let port: number;

  // The top page is on 127.0.0.1 and its frame on localhost: two sites on one machine.
  const pages: Record<string, (request: http.IncomingMessage, response: http.ServerResponse) => string> = {
    '/top': () => html('Cours', `<iframe title="Mentorat" src="http://localhost:${port}/set"></iframe>`),
    '/set': (_, response) => {
      response.setHeader('set-cookie', SETS);
      return html('Mentorat', '<a href="/read">suite</a>');
    },
    '/read': ({ headers }) => html('Mentorat', `<p id="cookies">${headers.cookie ?? 'none'}</p>`),
    '/top-of-poor': () => html('Cours', `<iframe title="Mentorat" src="http://localhost:${port}/poor"></iframe>`),
    '/poor': (_, response) => {
      response.setHeader('content-security-policy', "default-src 'none'");
      return html('Mentorat', '<label>Sujet</label><input><script>document.title = "no"</script>');
    },
  };

  before(async () => {
    server = http.createServer((request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(pages[request.url ?? '']?.(request, response) ?? html('Rien', ''));
    });
    await once(server.listen(0), 'listening');
    port = (server.address() as AddressInfo).port;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });

  async function cookiesInFrame(browser: TestBrowser): Promise<string | null> {
    await browser.page().goto(`http://127.0.0.1:${port}/top`);
    const frame = browser.page().frameLocator('iframe');
    await frame.getByRole('link', { name: 'suite' }).click();
    return frame.locator('#cookies').textContent();
  }

  describe('with third-party cookies blocked', () => {
    const browser = useBrowser();

    it('loses a plain cookie in a cross-site frame and keeps a partitioned one', async () => {
      expect(await cookiesInFrame(browser)).to.equal('parted=1');
    });

    it('gives every person their own cookies', async () => {
      await browser.page().goto(`http://localhost:${port}/set`);
      const other = await browser.newPerson();
      await other.goto(`http://localhost:${port}/read`);
      expect(await other.locator('#cookies').textContent()).to.equal('none');
      await browser.page().goto(`http://localhost:${port}/read`);
      expect(await browser.page().locator('#cookies').textContent()).to.equal('plain=1; parted=1');
    });

    it('reaches no other machine', async () => {
      const failure = await browser
        .page()
        .goto('http://mentorat.example/')
        .catch((error: unknown) => error);
      expect(failure).to.be.an('error').with.property('message').that.includes('ERR_NAME_NOT_RESOLVED');
    });
  });

  describe('with third-party cookies allowed', () => {
    const browser = useBrowser({ thirdPartyCookies: 'allowed' });

    it('keeps both cookies in a cross-site frame', async () => {
      expect(await cookiesInFrame(browser)).to.equal('plain=1; parted=1');
    });
  });

  describe('looking at accessibility', () => {
    const browser = useBrowser();

    it('accepts a sound page and names what is wrong inside a cross-site frame under a strict policy', async () => {
      await browser.page().goto(`http://127.0.0.1:${port}/top`);
      await expectNoAxeViolations(browser.page());
      await browser.page().goto(`http://127.0.0.1:${port}/top-of-poor`);
      const failure = await expectNoAxeViolations(browser.page()).catch((error: unknown) => error);
      expect(failure).to.be.an('error').with.property('message').that.includes('accessibility of');
      expect(JSON.stringify((failure as { actual: unknown }).actual))
        .to.include('/poor label: ')
        .and.include('(input)');
    });

    it('reports what the content security policy refused', async () => {
      await browser.page().goto(`http://localhost:${port}/poor`);
      expect(browser.problems().join()).to.include('Content Security Policy');
    });
  });
});
