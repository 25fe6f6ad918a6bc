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

/** Pictures to look at, where somebody asks for them by naming a folder in PICTURES. */
async function keep(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

/** Words of the charts that are cut off at their right edge. */
async function wordsOutside(page: Page): Promise<string[]> {
  const outside: string[] = [];
  for (const chart of await page.locator('.chart svg').all()) {
    const frame = await chart.boundingBox();
    for (const word of await chart.locator('text').all()) {
      const box = await word.boundingBox();
      if (!frame || !box || box.x + box.width > frame.x + frame.width) outside.push((await word.textContent()) ?? '');
    }
  }
  return outside;
}

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
        expect(await page.evaluate<number>('document.documentElement.scrollWidth')).to.be.at.most(width);
        expect(await wordsOutside(page)).to.deep.equal([]);
        await keep(page, `${locale}-${width}`);
        await page.getByRole('button', { name: preview }).click();
        await expectNoAxeViolations(page);
        await keep(page, `${locale}-${width}-match`);
        expect(browser.problems()).to.deep.equal([]);
      });
    }
  }

  it('is worked by keyboard alone: definitions open, tables scroll, the run is previewed', async () => {
    const page = browser.page();
    await lend(page, await app.enter({ subject: crossLabCoordinator, target: '/report' }));
    await page.goto(`${app.baseUrl()}/report`);
    await page.getByText('Que comptent ces chiffres\u00a0?').first().focus();
    await page.keyboard.press('Enter');
    expect(await page.getByText('Personnes qui ont signé la charte').isVisible()).to.equal(true);
    const table = page.getByRole('region', { name: 'Personnes, par laboratoire' });
    await table.focus();
    expect(await table.and(page.locator(':focus')).count()).to.equal(1);
    await page.getByRole('button', { name: 'Voir ce qu’elle donnerait' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Ce qu’une recherche donnerait' }).waitFor();
    await page.getByRole('button', { name: 'Lancer cette recherche' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('La recherche est faite').waitFor();
    await page
      .getByRole('region', { name: /^Dernières recherches/u })
      .getByText('au moins 15')
      .first()
      .waitFor();
    await expectNoAxeViolations(page);
    await keep(page, 'runs');
  });
});
