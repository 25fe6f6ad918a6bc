// What stands above every page, in frames as platforms give them: one line, whatever the language and however many places,
// with the way to help always in it; without script, by keyboard, in forced colours and with wider text.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { routes } from '../../service/http/routes.ts';
import { crossLabCoordinator, useApp, type Visitor } from '../support/app.ts';
import { keepPicture } from '../support/browser-pages.ts';
import { useBrowser } from '../support/browser.ts';
import { participant } from '../support/people.ts';

/** Moodle's frame on a desk and on a phone, and the narrowest window. */
const frames = [
  { width: 1280, height: 654 },
  { width: 900, height: 654 },
  { width: 360, height: 489 },
  { width: 320, height: 489 },
];
/** In px: two lines of text would be higher. */
const oneLine = 56;

describe('the line above a page', function () {
  this.timeout(300_000);
  const app = useApp();
  const browser = useBrowser();

  let coordinator: Visitor;

  before('give somebody every place there is', async () => {
    coordinator = await participant(app, { subject: crossLabCoordinator });
  });

  async function open(visitor: Visitor, options: Parameters<typeof browser.newPerson>[0]): Promise<Page> {
    const page = await browser.newPerson(options);
    await page.context().addCookies(visitor.cookies());
    await page.goto(`${app.baseUrl()}/profile`);
    return page;
  }
  const heightOf = async (page: Page): Promise<number> => (await page.getByRole('banner').boundingBox())?.height ?? 0;
  const widerThan = (page: Page): Promise<number> =>
    page.evaluate('document.documentElement.scrollWidth - window.innerWidth');

  async function expectOneLine(page: Page, what: string): Promise<void> {
    expect(await heightOf(page), what).to.be.within(40, oneLine);
    const box = (await page.locator('.bar a[href="/referral"]').boundingBox())!;
    expect(box.y + box.height, what).to.be.at.most(oneLine);
    const [menu, places] = [page.locator('.menu summary'), page.locator('.places a')];
    const isFolded = page.viewportSize()!.width < 1152;
    expect(await menu.isVisible(), what).to.equal(isFolded);
    expect(await places.first().isVisible(), what).to.equal(!isFolded);
    await keepPicture(page, `line-${what}`);
    if (isFolded) await menu.press('Enter');
    for (const place of await places.all()) expect(await place.isVisible(), what).to.equal(true);
    expect(await page.locator('[aria-current="page"]').getAttribute('href'), what).to.equal('/profile');
    await keepPicture(page, `line-${what}-open`);
  }

  it('is one, in both languages, with help in it and every place at most a key away, without script', async () => {
    const people = [await participant(app, { subject: 'Lina Line' }), coordinator];
    for (const [at, visitor] of people.entries()) {
      const page = await open(visitor, { javaScriptEnabled: false });
      for (const locale of ['fr', 'en']) {
        await visitor.submit('/language', { locale, back: '/profile' });
        for (const viewport of frames) {
          await page.setViewportSize(viewport);
          await page.goto(`${app.baseUrl()}/profile`);
          await expectOneLine(page, `${locale}-${at === 0 ? 'member' : 'coordinator'}-${viewport.width}`);
          expect(await page.locator('.places a').count()).to.equal(at === 0 ? 5 : 7);
        }
      }
    }
    expect(browser.problems()).to.deep.equal([]);
  });

  it('is gone through by keyboard in the order in which it is seen', async () => {
    const visitor = await participant(app, { subject: 'Kay Keyboard' });
    for (const viewport of [frames[0]!, frames[3]!]) {
      const page = await open(visitor, { viewport });
      const met: string[] = [];
      const tops: number[] = [];
      for (let tabs = 0; tabs < 10; tabs += 1) {
        await page.keyboard.press('Tab');
        const [what, left, top] = await page.evaluate<[string, number, number]>(`(() => {
          const one = document.activeElement;
          const { left, top } = one.getBoundingClientRect();
          return [one.getAttribute('href') ?? one.tagName.toLowerCase(), left, Math.round(top / 30)];
        })()`);
        if (what === 'summary') await page.keyboard.press('Enter');
        if (tabs > 0) tops.push(top * 10_000 + left);
        met.push(what);
        if (what === '/mentor') break;
      }
      const places = ['/', '/profile', '/availability', '/request', '/mentor'];
      const menu = viewport.width < 1152 ? ['summary'] : [];
      expect(met).to.deep.equal(['#main', '/', '/referral', ...menu, ...places]);
      expect(tops, 'from left to right, from top to bottom').to.deep.equal([...tops].sort((a, b) => a - b));
      await page.context().close();
    }
  });

  it('and the page under it stick out nowhere at 320 pixels, with text as wide as readers may set it', async () => {
    const paths = routes.filter(({ method, path }) => method === 'get' && !/[:.]/u.test(path)).map(({ path }) => path);
    expect(paths.length).to.be.above(15);
    const page = await open(coordinator, { viewport: { width: 320, height: 489 } });
    for (const path of paths) {
      await page.goto(app.baseUrl() + path);
      // WCAG 2.2, 1.4.12. A sheet made by a script, as a reader's extension does, is no breach of the policy.
      await page.evaluate(`(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }');
        document.adoptedStyleSheets = [sheet];
        for (const details of document.querySelectorAll('details')) details.open = true;
      })()`);
      expect(await widerThan(page), path).to.be.at.most(0);
      const cut = await page.evaluate<string[]>(`[...document.querySelectorAll('.top-line a, .top-line summary')]
        .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline')
        .map((one) => one.textContent)`);
      expect(cut, path).to.deep.equal([]);
      const [help, menu] = [page.locator('.bar .help'), page.locator('.menu summary')];
      const [a, b] = [(await help.boundingBox())!, (await menu.boundingBox())!];
      expect(a.x + a.width, `${path}: help and menu beside each other`).to.be.at.most(b.x);
      await keepPicture(page, `spacing${path.replaceAll('/', '-')}`);
    }
  });

  it('shows in forced colours where one is', async () => {
    const visitor = await participant(app, { subject: 'Fay Forced' });
    const page = await open(visitor, { viewport: frames[0]!, forcedColors: 'active' });
    const colours = await page.evaluate<string[]>(
      `[...document.querySelectorAll('.places a')].map((one) => getComputedStyle(one).borderBottomColor)`,
    );
    const [here] = await page.evaluate<string[]>(
      `[...document.querySelectorAll('.places a[aria-current]')].map((one) => getComputedStyle(one).borderBottomColor)`,
    );
    expect(colours.filter((colour) => colour === here)).to.have.length(1);
  });
});
