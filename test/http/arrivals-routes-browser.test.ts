// Whatever a form of ours is answered with, inside a tall frame of another origin: the reader sees and hears it. Every form of
// the routes table is sent with nothing in it, as somebody who may send it; so a new route is looked at without being named here.
import { expect } from 'chai';
import type { Frame, Page } from 'playwright-core';
import { routes } from '../../service/http/routes.ts';
import { crossLabCoordinator, useApp, type Visitor } from '../support/app.ts';
import { useBrowser } from '../support/browser.ts';
import { participant } from '../support/people.ts';

const window = { width: 900, height: 600 };
/** Sent last, in this order: nothing can be sent by whoever has left, or whose session is over. */
const endings = ['/my-data/leave', '/log-out'];
/** With nothing in them these do nothing, and lead back to a page that begins at its top; our own pages never send them so. */
const wordless = [
  '/address',
  '/address/code',
  '/address/drop',
  '/my-data/sessions/end',
  '/my-data/sessions/end-all',
  '/language',
  '/report/match',
];
/** Asked by a page's script, which shows the answer in its place: no page opens. */
const fragments = ['/availability/meaning', '/mentor/meaning'];
const forms = routes
  .filter(({ method, path }) => method === 'post' && !fragments.includes(path))
  .map(({ path }) => path);

interface Seen {
  /** Address and status line of what answered, for whoever reads a failure. */
  readonly at: string;
  readonly isFocused: boolean;
  /** Top of what is told, or of the page, in the outermost window. */
  readonly y: number;
  readonly hasWord: boolean;
}

describe('the answer to a form in a tall frame', function () {
  this.timeout(300_000);
  const app = useApp();
  const browser = useBrowser();
  let visitor: Visitor;

  before('let somebody in who may send every form', async () => {
    visitor = await participant(app, { subject: crossLabCoordinator });
  });

  async function openFrame(page: Page): Promise<Frame> {
    await page.setViewportSize(window);
    await page.context().addCookies(visitor.cookies());
    // A real answer of the intranet, which may frame us; a page that is made up is not let to this machine's ports.
    await page.goto(app.startOf('etis').replace(/\/start\/.*/u, '/keys'));
    await page.evaluate(`document.body.innerHTML = '<h1 style="height:1500px">Above</h1><iframe name="tool" '
      + 'src="${app.baseUrl()}/referral" style="width:100%;height:9000px;border:0"></iframe><p style="height:1500px">Below</p>'`);
    const frame = (await (await page.waitForSelector('iframe')).contentFrame())!;
    await frame.waitForURL(`${app.baseUrl()}/referral`, { timeout: 15_000 });
    return frame;
  }

  async function send(frame: Frame, path: string): Promise<void> {
    const [, token = ''] = /name="_csrf" value="([^"]+)"/u.exec((await visitor.get('/my-data')).text) ?? [];
    await frame.page().evaluate('scrollTo(0, 5000)');
    const navigated = frame
      .page()
      .waitForResponse((answer) => answer.request().isNavigationRequest() && answer.status() !== 303, {
        timeout: 20_000,
      });
    await frame.evaluate(`(() => {
      const form = document.createElement('form');
      form.method = 'post';
      form.action = ${JSON.stringify(path)};
      form.innerHTML = '<input type="hidden" name="_csrf" value="${token}">';
      document.body.append(form);
      form.submit();
    })()`);
    await navigated.catch((error: unknown) => {
      throw new Error(`nothing answered to ${path}`, { cause: error });
    });
    await frame.waitForLoadState('load');
  }

  async function look(frame: Frame): Promise<Seen> {
    const [at, hasWord, isFocused, top] = await frame.evaluate<[string, boolean, boolean, number]>(`(() => {
      const told = document.querySelector('[data-arrive]');
      const { top } = (told ?? document.body).getBoundingClientRect();
      return [location.pathname + ' ' + document.title, told !== null, told !== null && told === document.activeElement, top];
    })()`);
    const outer = await frame.page().evaluate<number>(`document.querySelector('iframe').getBoundingClientRect().top`);
    return { at, hasWord, isFocused, y: outer + top };
  }

  it('is in the upper part of the window and has the focus, for every form of the routes table', async () => {
    const page = browser.page();
    const frame = await openFrame(page);
    const wrong: string[] = [];
    expect(forms.length).to.be.above(40);
    for (const path of [...forms.filter((one) => !endings.includes(one)), ...endings]) {
      await send(frame, path.replaceAll(/:\w+/gu, 'unheard-of'));
      const isDue = ({ hasWord }: Seen): boolean => hasWord !== wordless.includes(path);
      const isWell = ({ y, hasWord, isFocused }: Seen): boolean =>
        hasWord === isFocused && y > -1 && y < window.height / 2;
      let seen: Seen | undefined;
      for (let tries = 0; tries < 60 && !(seen && isWell(seen) && isDue(seen)); tries += 1) {
        if (tries > 0) await page.waitForTimeout(25);
        // The page before it may be on its way out.
        seen = await look(frame).catch(() => undefined);
      }
      if (!seen || !isWell(seen) || !isDue(seen)) wrong.push(`${path}: ${JSON.stringify(seen)}`);
    }
    expect(wrong).to.deep.equal([]);
  });
});
