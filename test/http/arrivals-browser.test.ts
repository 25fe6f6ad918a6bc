// After every form and every link inside a tall frame of another origin, the reader sees and hears what happened, wherever the
// page around the frame was scrolled to.
import { expect } from 'chai';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { demoPeople } from '../../service/demo/people.ts';
import { arriveInFrame, keepPicture } from '../support/browser-pages.ts';
import { useBrowser } from '../support/browser.ts';
import { useLive } from '../support/live.ts';

const window = { width: 900, height: 600 };

describe('a page that opens in a frame', function () {
  this.timeout(300_000);
  const live = useLive();
  const browser = useBrowser();
  const people = demoPeople.filter(({ labId, group }) => labId === 'etis' && group !== 'coordination');

  /** In the upper part of the window of the outermost page, in time. */
  async function expectSeen(element: Locator): Promise<void> {
    await element.waitFor();
    let y = Number.NaN;
    for (let tries = 0; tries < 100; tries += 1) {
      y = (await element.boundingBox())?.y ?? Number.NaN;
      if (y > -1 && y < window.height / 2) return;
      await element.page().waitForTimeout(50);
    }
    expect(y, 'its top in the outer window').to.be.within(-1, window.height / 2);
  }

  const expectFocused = async (element: Locator): Promise<void> => {
    expect(
      await element
        .and(element.page().frameLocator('iframe').frameLocator('iframe[name="tool"]').locator(':focus'))
        .count(),
      'has the focus',
    ).to.equal(1);
  };
  const titleOf = (page: Page): Promise<string> => page.frame('tool')!.title();
  /** What is pressed is somewhere below, and the outer page goes there with the focus. */
  const press = async (tool: FrameLocator, selector: string): Promise<void> => {
    await tool.locator(selector).press('Enter');
  };

  async function goThrough(page: Page, tool: FrameLocator, person: (typeof people)[number]): Promise<void> {
    await press(tool, 'form[action="/charter"] button');
    const errors = tool.getByRole('alert');
    await expectSeen(errors);
    await expectFocused(errors);
    expect(await titleOf(page)).to.match(/^Erreur\u00a0: /u);
    expect(await tool.locator('[autofocus]').count(), 'no browser honours it here').to.equal(0);

    const link = errors.getByRole('link').last();
    const wrong = tool.locator((await link.getAttribute('href')) ?? '');
    await link.press('Enter');
    await expectFocused(wrong);
    await expectSeen(wrong);

    await tool.locator('input[name="name"]').fill(person.name);
    await tool.locator('input[name="email"]').fill(person.email);
    await tool.locator('input[name="agree"]').check();
    await press(tool, 'form[action="/charter"] button');
    await tool.locator('form[action="/profile"]').waitFor();
    const told = tool.getByRole('status');
    await expectSeen(told);
    await expectFocused(told);
    expect(await titleOf(page)).to.not.include('Erreur');

    for (const place of ['/referral', '/charter', '/my-data']) {
      await press(tool, `footer a[href="${place}"]`);
      await page.frame('tool')!.waitForURL((address) => address.pathname === place);
      await expectSeen(tool.getByRole('banner'));
    }
  }

  it('shows it on our own platform’s page, whatever that page was scrolled to', async () => {
    const page = browser.page();
    await page.setViewportSize(window);
    const tool = await arriveInFrame(live, page, people[0]!);
    await goThrough(page, tool, people[0]!);
    expect(browser.problems().filter((problem) => !problem.includes('422'))).to.deep.equal([]);
  });

  it('shows it in the tall frame of a page that listens to nothing', async () => {
    const page = browser.page();
    await page.setViewportSize(window);
    await arriveInFrame(live, page, people[1]!);
    const outer = `${live.origin()}/a-page-around`;
    const src = (await page.locator('iframe').getAttribute('src')) ?? '';
    const body = `<!doctype html><title>Outer</title><h1 style="height:1500px">Above</h1>
      <iframe src="${src}" style="width:100%;height:9000px;border:0"></iframe><p style="height:1500px">Below</p>`;
    await page.route(outer, (route) => route.fulfill({ contentType: 'text/html', body }));
    await page.goto(outer);
    const tool = page.frameLocator('iframe').frameLocator('iframe[name="tool"]');
    await tool.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.evaluate('scrollY'), 'the first page leaves the outer one alone').to.equal(0);
    await goThrough(page, tool, people[1]!);
  });

  it('stands in a frame that is as high as it is, without a scroll bar, on a page that counts borders in', async () => {
    const page = browser.page();
    await page.setViewportSize({ width: 1280, height: 654 });
    await arriveInFrame(live, page, people[4]!);
    const overflows = async (): Promise<number[]> => {
      const shown = page.frames().filter((frame) => frame !== page.mainFrame() && frame.name() !== 'lti_storage');
      return Promise.all(
        shown.map((frame) => frame.evaluate<number>('document.documentElement.scrollHeight - innerHeight')),
      );
    };
    for (let tries = 0; tries < 100 && (await overflows()).some((overflow) => overflow > 0); tries += 1) {
      await page.waitForTimeout(50);
    }
    expect(await overflows()).to.deep.equal([0, 0]);
    expect(await page.evaluate(`getComputedStyle(document.querySelector('iframe')).borderTopWidth`)).to.equal('1px');
    await keepPicture(page, 'frame-1280');
  });

  for (const forcedColors of ['none', 'active'] as const) {
    it(`shows which control has the keyboard, on each one of a form${forcedColors === 'active' ? ', in forced colours' : ''}`, async () => {
      const page = await browser.newPerson({ viewport: window, forcedColors });
      const person = people[forcedColors === 'active' ? 3 : 2]!;
      const tool = await arriveInFrame(live, page, person);
      await tool.locator('input[name="name"]').fill(person.name);
      await tool.locator('input[name="email"]').fill(person.email);
      await tool.locator('input[name="agree"]').check();
      await press(tool, 'form[action="/charter"] button');
      await tool.locator('form[action="/profile"]').waitFor();
      const met = new Map<string, string>();
      for (let tabs = 0; tabs < 60; tabs += 1) {
        await page.keyboard.press('Tab');
        const [what, ring] = await page.frame('tool')!.evaluate<[string, string]>(`(() => {
          const one = document.activeElement;
          const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one);
          return [one.tagName + (one.type ?? '') + one.className, [outlineStyle, outlineWidth, outlineColor].join(' ')];
        })()`);
        met.set(what, ring);
      }
      expect(met.size, 'kinds of controls').to.be.above(7);
      for (const [what, ring] of met) {
        if (what.startsWith('BODY')) continue;
        // On white the colour has a contrast of 5 to 1; where colours are forced, the system's own counts.
        expect(ring, what).to.match(
          forcedColors === 'active' ? /^solid 3px rgba?\((?!0, 0, 0, 0\))/u : /^solid 3px rgb\(179, 92, 0\)$/u,
        );
      }
    });
  }
});
