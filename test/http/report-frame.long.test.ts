// The pages of a run as a coordinator has them: inside the intranet's frame, in both languages, narrow and wide.
import { expect } from 'chai';
import { memberOf, requestOf } from '../../service/demo/factories.ts';
import { crossLabCoordinator } from '../../service/demo/people.ts';
import { runDemandedMatching } from '../../service/usecases/run-demanded-matching.ts';
import { arriveInFrame, expectSound, openPlaces } from '../support/browser-pages.ts';
import { useBrowser } from '../support/browser.ts';
import { useLive } from '../support/live.ts';
import { someOf } from '../support/rounds.ts';

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
  this.timeout(300_000);
  const live = useLive();
  const browser = useBrowser();

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

  for (const [locale, say] of someOf(Object.entries(words).reverse(), 1)) {
    const width = locale === 'fr' ? 360 : 1280;
    it(`is started, followed and stopped in ${locale} at ${width} pixels`, async () => {
      const page = browser.page();
      await page.setViewportSize({ width, height: 900 });
      const tool = await arriveInFrame(live, page, crossLabCoordinator);
      const heading = (name: string): Promise<void> => tool.getByRole('heading', { level: 1, name }).waitFor();
      const follow = async (name: string): Promise<void> => {
        await openPlaces(tool);
        await tool.locator(`nav a[href="${name}"]`).click();
      };
      await follow('/report');
      // Pressed before the report is there, the language of the page left behind would be asked for, and the report lost.
      await heading(words.fr.report);
      await tool.getByRole('button', { name: say.language }).click();
      await heading(say.report);
      await tool.getByRole('button', { name: say.start }).click();
      await heading(say.going);
      await expectSound(page, `frame-${locale}-going-on`, page.frame('tool')!);
      await runDemandedMatching(live.service().ports);
      await heading(say.done);
      await expectSound(page, `frame-${locale}-done`, page.frame('tool')!);
      await follow('/report');
      await heading(say.report);
      await tool.getByRole('button', { name: say.start }).click();
      await heading(say.going);
      await tool.getByRole('button', { name: say.stop }).click();
      await heading(say.going);
      await runDemandedMatching(live.service().ports);
      await heading(say.ended);
      await expectSound(page, `frame-${locale}-ended`, page.frame('tool')!);
    });
  }

  it('is done by the jobs of the service, while the coordinator looks on', async () => {
    await live.service().worker.start();
    const page = browser.page();
    const tool = await arriveInFrame(live, page, crossLabCoordinator);
    await openPlaces(tool);
    await tool.locator('nav a[href="/report"]').click();
    await tool.getByRole('button', { name: words.fr.start }).click();
    await tool.getByRole('heading', { level: 1, name: words.fr.done }).waitFor({ timeout: 60_000 });
    expect(await tool.getByRole('status').textContent()).to.include('La recherche est terminée.');
  });
});
