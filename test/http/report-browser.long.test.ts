// The report in a real browser: accessible in both languages, wide and narrow, and within its security policy.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { memberOf, requestOf } from '../../service/demo/factories.ts';
import { runDemandedMatching } from '../../service/usecases/run-demanded-matching.ts';
import { takeSnapshot } from '../../service/usecases/take-snapshot.ts';
import { crossLabCoordinator, useApp, type Visitor } from '../support/app.ts';
import { expectSound } from '../support/browser-pages.ts';
import { useBrowser } from '../support/browser.ts';
import { looks, rounds, someOf } from '../support/rounds.ts';

const labs: [string, number, number][] = [
  ['etis', 12, 6],
  ['liris', 8, 7],
  ['lix', 7, 3],
  ['stms', 6, 2],
  ['isir', 9, 5],
];

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

  /** What the job does at its next turn. */
  const turn = async (): Promise<unknown> => runDemandedMatching(app.service().ports);

  /** Opens the report with the session of a visitor of its own. */
  async function open(page: Page, locale = 'fr'): Promise<Visitor> {
    const visitor = await app.enter({ subject: crossLabCoordinator, target: '/report', locale });
    await page.context().addCookies(visitor.cookies());
    await page.goto(`${app.baseUrl()}/report`);
    return visitor;
  }

  const heading = (page: Page, name: string): Promise<void> => page.getByRole('heading', { level: 1, name }).waitFor();

  const words = {
    fr: {
      preview: 'Voir ce qu’elle donnerait',
      going: 'Calcul à blanc en cours',
      found: 'Ce qu’une recherche donnerait',
      proof: 'Pour vérifier ou refaire ce calcul',
    },
    en: {
      preview: 'See what it would do',
      going: 'Dry run under way',
      found: 'What a run would do',
      proof: 'To check this computation or do it again',
    },
  } as const;

  for (const [locale, width] of someOf([...looks.slice(1), looks[0]], 1)) {
    const { preview, going, found, proof } = words[locale];
    it(`is accessible, and nothing sticks out, in ${locale} at ${width} pixels`, async function () {
      this.timeout(300_000);
      const page = browser.page();
      await page.setViewportSize({ width, height: 900 });
      await open(page, locale);
      await expectSound(page, locale);
      expect(await wordsOutside(page)).to.deep.equal([]);
      await page.getByRole('button', { name: preview }).click();
      await heading(page, going);
      await expectSound(page, `${locale}-run-going-on`);
      await turn();
      await heading(page, found);
      await page.getByText(proof).click();
      await expectSound(page, `${locale}-run-found`);
      expect(browser.problems()).to.deep.equal([]);
    });
  }

  it('is worked by keyboard alone: definitions open, tables scroll, a run is tried and started', async function () {
    this.timeout(300_000);
    const page = browser.page();
    await open(page);
    await page.getByText('Que comptent ces chiffres\u00a0?').first().focus();
    await page.keyboard.press('Enter');
    expect(await page.getByText('Personnes qui ont signé la charte').isVisible()).to.equal(true);
    const table = page.getByRole('region', { name: 'Personnes, par laboratoire' });
    await table.focus();
    await table.and(page.locator(':focus')).waitFor();
    await page.getByRole('button', { name: 'Voir ce qu’elle donnerait' }).focus();
    await page.keyboard.press('Enter');
    await heading(page, 'Calcul à blanc en cours');
    await turn();
    await heading(page, 'Ce qu’une recherche donnerait');
    await page.getByRole('button', { name: 'Lancer une recherche' }).focus();
    await page.keyboard.press('Enter');
    await heading(page, 'Recherche en cours');
    await turn();
    await heading(page, 'Recherche terminée');
    await expectSound(page, 'run-done');
    await page.getByRole('link', { name: 'Revenir au bilan' }).click();
    const runs = page.getByRole('region', { name: /^Dernières recherches/u });
    await runs.getByRole('row').filter({ hasText: 'terminée' }).getByText('au moins 15').first().waitFor();
    await expectSound(page, 'runs');
  });

  describe('while a run goes on', () => {
    /** The run waits before its proposals until `during` is over. */
    async function heldUp(during: () => Promise<void>): Promise<void> {
      const { ports } = app.service();
      const members = Object.create(ports.members, {
        holdPlaces: {
          value: async (...places: Parameters<typeof ports.members.holdPlaces>) => {
            await during();
            return ports.members.holdPlaces(...places);
          },
        },
      }) as typeof ports.members;
      await runDemandedMatching({ ...ports, members });
    }

    beforeEach('somebody asks and somebody is free', async () => {
      const { ports } = app.service();
      await ports.members.insert(memberOf({ labId: 'lix', offer: {} }));
      const mentee = memberOf({ labId: 'etis' });
      await ports.members.insert(mentee);
      await ports.requests.insert(requestOf({ memberId: mentee.id }));
    });

    it('renews what has changed and nothing else: open details stay open, the keyboard keeps its place', async function () {
      this.timeout(300_000);
      const page = browser.page();
      await open(page);
      await page.getByRole('button', { name: 'Lancer une recherche' }).click();
      await heading(page, 'Recherche en cours');
      await page.evaluate('document.querySelector("[role=status]").known = true');
      await heldUp(async () => {
        await page.getByText('Étape 2 sur 2').waitFor();
        await page.getByText('Pour vérifier ou refaire ce calcul').click();
        await page.getByRole('button', { name: 'Arrêter' }).focus();
        await app
          .service()
          .connection.collection('runs')
          .updateMany({ finishedAt: null }, { $set: { seed: 77 } });
        await page.getByText('77', { exact: true }).waitFor({ state: 'attached' });
        await page.getByRole('button', { name: 'Arrêter' }).and(page.locator(':focus')).waitFor();
        await expectSound(page, 'run-proposing');
      });
      await heading(page, 'Recherche terminée');
      // A screen reader hears of a change in a region that it has known from the start.
      expect(await page.evaluate('document.querySelector("[role=status]").known')).to.equal(true);
      expect(await page.getByRole('status').textContent()).to.include('La recherche est terminée.');
      await page.locator('#main:focus').waitFor();
      expect(await page.title()).to.include('Recherche terminée');
      expect(browser.problems()).to.deep.equal([]);
    });

    // Real seconds of waiting, for the long form.
    if (rounds({ short: 0, long: 1 }) > 0) {
      it('keeps still on demand, and stops at a press of a button', async function () {
        this.timeout(300_000);
        const page = browser.page();
        await open(page);
        await page.getByRole('button', { name: 'Lancer une recherche' }).click();
        await page.getByRole('link', { name: 'Ne plus la mettre à jour' }).click();
        await expectSound(page, 'run-still');
        await page.getByRole('button', { name: 'Arrêter' }).click();
        await page.getByText('L’arrêt est demandé').waitFor();
        await expectSound(page, 'run-stopping');
        await turn();
        await heading(page, 'Recherche interrompue');
        await expectSound(page, 'run-stopped');
      });

      it('is fetched anew by itself without scripts', async function () {
        this.timeout(300_000);
        const page = await browser.newPerson({ javaScriptEnabled: false });
        await open(page);
        await page.getByRole('button', { name: 'Lancer une recherche' }).click();
        await heading(page, 'Recherche en cours');
        await turn();
        await heading(page, 'Recherche terminée');
      });
    }
  });
});
