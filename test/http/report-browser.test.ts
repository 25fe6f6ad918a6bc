// The report in a real browser: accessible in both languages, wide and narrow, and within its security policy.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { memberOf, requestOf } from '../../service/demo/factories.ts';
import { takeSnapshot } from '../../service/usecases/take-snapshot.ts';
import { expectNoAxeViolations } from '../support/accessibility.ts';
import { crossLabCoordinator, useApp, type Visitor } from '../support/app.ts';
import { useBrowser } from '../support/browser.ts';

const labs: [string, number, number][] = [
  ['etis', 12, 6],
  ['liris', 8, 7],
  ['lix', 7, 3],
  ['stms', 6, 2],
  ['isir', 9, 5],
];

describe('the report in a browser', () => {
  const app = useApp();
  const browser = useBrowser();

  before(async () => {
    const { ports } = app.service();
    for (const [labId, members, mentors] of labs) {
      for (let index = 0; index < members; index += 1) {
        const member = memberOf({ labId, ...(index < mentors ? { offer: {} } : {}) });
        await ports.members.insert(member);
        if (index >= mentors) await ports.requests.insert(requestOf({ memberId: member.id, labId }));
      }
    }
    await takeSnapshot(ports);
  });

  /** Shows a visitor's pages in the browser: their session stays with the visitor, everything else is the service's own. */
  async function lend(page: Page, visitor: Visitor): Promise<void> {
    await page.route(`${app.baseUrl()}/report**`, async (route) => {
      const request = route.request();
      const path = new URL(request.url()).pathname;
      const fields = Object.fromEntries(new URLSearchParams(request.postData() ?? ''));
      const answer = request.method() === 'POST' ? await visitor.submit(path, fields) : await visitor.get(path);
      await route.fulfill({ status: answer.status, headers: answer.headers, body: answer.text });
    });
  }

  for (const [locale, preview] of [
    ['fr', 'Voir ce qu’elle donnerait'],
    ['en', 'See what it would do'],
  ] as const) {
    for (const width of [1280, 360]) {
      it(`is accessible, and nothing sticks out, in ${locale} at ${width} pixels`, async function () {
        this.timeout(60_000);
        const page = browser.page();
        await page.setViewportSize({ width, height: 900 });
        await lend(page, await app.enter({ subject: crossLabCoordinator, target: '/report', locale }));
        await page.goto(`${app.baseUrl()}/report`);
        await expectNoAxeViolations(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).to.be.at.most(width);
        const inside = await page.$$eval('.chart svg', (pictures) =>
          pictures.every((picture) => {
            const { right } = picture.getBoundingClientRect();
            return [...picture.querySelectorAll('text')].every((text) => text.getBoundingClientRect().right <= right);
          }),
        );
        expect(inside).to.equal(true);
        if (process.env['PICTURES']) await page.screenshot({ path: `${process.env['PICTURES']}/${locale}-${width}.png`, fullPage: true });
        await page.getByRole('button', { name: preview }).click();
        await expectNoAxeViolations(page);
        if (process.env['PICTURES']) await page.screenshot({ path: `${process.env['PICTURES']}/${locale}-${width}-match.png`, fullPage: true });
        expect(browser.problems()).to.deep.equal([]);
      });
    }
  }

  it('is worked by keyboard alone: definitions open, tables scroll, the run is previewed', async () => {
    const page = browser.page();
    await lend(page, await app.enter({ subject: crossLabCoordinator, target: '/report' }));
    await page.goto(`${app.baseUrl()}/report`);
    await page.getByText('Que comptent ces chiffres ?').first().focus();
    await page.keyboard.press('Enter');
    expect(await page.getByText('Personnes qui ont signé la charte').isVisible()).to.equal(true);
    const table = page.getByRole('region', { name: 'Personnes, par laboratoire' });
    await table.focus();
    expect(await table.evaluate((region) => region === document.activeElement)).to.equal(true);
    await page.getByRole('button', { name: 'Voir ce qu’elle donnerait' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Ce qu’une recherche donnerait' }).waitFor();
  });
});
