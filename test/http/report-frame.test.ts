// The pages of a run as a coordinator has them: inside the intranet's frame, in both languages, narrow and wide.
import { expect } from 'chai';
import type { FrameLocator, Page } from 'playwright-core';
import { memberOf, requestOf } from '../../service/demo/factories.ts';
import { crossLabCoordinator } from '../../service/demo/people.ts';
import { runDemandedMatching } from '../../service/usecases/run-demanded-matching.ts';
import { expectNoAxeViolations } from '../support/accessibility.ts';
import { useBrowser } from '../support/browser.ts';
import { useLive } from '../support/live.ts';

/** Pictures to look at, where somebody asks for them by naming a folder in PICTURES. */
async function keep(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

const words = {
  fr: {
    language: 'Français',
    report: 'Bilan des laboratoires',
    start: 'Lancer une recherche',
    going: 'Recherche en cours',
    done: 'Recherche terminée',
    stop: 'Arrêter',
    ended: 'Recherche interrompue',
  },
  en: {
    language: 'English',
    report: 'Report on the labs',
    start: 'Start a run',
    going: 'Run under way',
    done: 'Run finished',
    stop: 'Stop',
    ended: 'Run interrupted',
  },
} as const;

describe('a run in the frame of an intranet', function () {
  this.timeout(120_000);
  const live = useLive();
  const browser = useBrowser();

  const toolIn = (page: Page): FrameLocator => page.frameLocator('iframe').frameLocator('iframe[name="tool"]');

  async function enter(page: Page): Promise<FrameLocator> {
    const { labId, subject } = crossLabCoordinator;
    await page.goto(`${live.origin()}/${labId}`);
    await page.locator(`form:has(input[value="${subject}"]) button`).click();
    await page.getByRole('main').getByRole('link', { name: 'Mentorat Dialogue' }).click();
    const tool = toolIn(page);
    await tool.getByRole('heading', { level: 1 }).waitFor();
    return tool;
  }

  async function expectSound(page: Page, name: string): Promise<void> {
    await expectNoAxeViolations(page);
    const tool = page.frames().find((frame) => frame.name() === 'tool');
    const overflow = await tool?.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
    expect(overflow, `${name} sticks out`).to.be.at.most(0);
    await keep(page, `frame-${name}`);
  }

  beforeEach('people ask, and people are free', async () => {
    const { ports } = live.service();
    for (let index = 0; index < 6; index += 1) {
      await ports.members.insert(memberOf({ labId: 'lix', offer: {} }));
      const mentee = memberOf({ labId: 'etis' });
      await ports.members.insert(mentee);
      await ports.requests.insert(requestOf({ memberId: mentee.id }));
    }
  });

  afterEach('nothing failed behind the pages', () => {
    expect(live.failures()).to.deep.equal([]);
    expect(browser.problems()).to.deep.equal([]);
  });

  for (const [locale, say] of Object.entries(words)) {
    const width = locale === 'fr' ? 360 : 1280;
    it(`is started, followed and stopped in ${locale} at ${width} pixels`, async () => {
      const page = browser.page();
      await page.setViewportSize({ width, height: 900 });
      const tool = await enter(page);
      const heading = (name: string): Promise<void> => tool.getByRole('heading', { level: 1, name }).waitFor();
      const follow = async (name: string): Promise<void> => tool.locator(`nav a[href="${name}"]`).click();
      await follow('/report');
      await tool.getByRole('button', { name: say.language }).click();
      await heading(say.report);
      await tool.getByRole('button', { name: say.start }).click();
      await heading(say.going);
      await expectSound(page, `${locale}-${width}-going-on`);
      await runDemandedMatching(live.service().ports);
      await heading(say.done);
      await expectSound(page, `${locale}-${width}-done`);
      await follow('/report');
      await heading(say.report);
      await tool.getByRole('button', { name: say.start }).click();
      await heading(say.going);
      await tool.getByRole('button', { name: say.stop }).click();
      await heading(say.going);
      await runDemandedMatching(live.service().ports);
      await heading(say.ended);
      await expectSound(page, `${locale}-${width}-ended`);
    });
  }

  it('is done by the jobs of the service, while the coordinator looks on', async () => {
    await live.service().worker.start();
    const page = browser.page();
    const tool = await enter(page);
    await tool.locator('nav a[href="/report"]').click();
    await tool.getByRole('button', { name: words.fr.start }).click();
    await tool.getByRole('heading', { level: 1, name: words.fr.done }).waitFor({ timeout: 60_000 });
    expect(await tool.getByRole('status').textContent()).to.include('La recherche est terminée.');
  });
});
