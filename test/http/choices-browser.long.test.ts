// The pages of a member's choices in a real browser: accessible in both languages, narrow and wide.
import { expect } from 'chai';
import { sweepDialogues } from '../../service/usecases/sweep-dialogues.ts';
import { monday, useApp } from '../support/app.ts';
import { arrive, expectSound } from '../support/browser-pages.ts';
import { useBrowser } from '../support/browser.ts';
import { introducedPair, participant, requestAnswers } from '../support/people.ts';
import { someOf } from '../support/rounds.ts';

const dayMs = 86_400_000;

describe('the pages of a member’s choices in a browser', function () {
  this.timeout(300_000);
  const app = useApp();
  const browser = useBrowser();

  const looks = [
    ['fr', 360],
    ['en', 1280],
  ] as const;
  for (const [locale, width] of someOf(looks, 1)) {
    it(`are accessible, and nothing sticks out, in ${locale} at ${width} pixels`, async () => {
      const page = browser.page();
      await page.setViewportSize({ width, height: 800 });
      const visit = async (path: string, name: string): Promise<void> => {
        await page.goto(app.baseUrl() + path);
        await expectSound(page, `${name}-${locale}`);
      };
      const names = { mentee: `Mia Choice ${locale}`, mentor: `Marc Choice ${locale}` };
      const { dialogue } = await introducedPair(app, names);
      const { dialogues } = app.service().ports;
      const id = dialogue.split('/')[2] ?? '';
      await dialogues.change(id, ['introduced'], {
        ...{ status: 'active', activeSince: monday, lastSignAt: monday, firstHeldAt: monday },
        due: { step: 'begin', at: monday },
      });
      app.clock.set(new Date(monday.getTime() + 3 * dayMs));
      await sweepDialogues(app.service().ports);
      await arrive(app, page, { subject: names.mentee, locale });
      await page.locator(`button[name="locale"][value="${locale}"]`).click();
      await visit('/', 'home-question');
      await visit(dialogue, 'dialogue-fit');
      await page.goto(app.baseUrl() + dialogue);
      await page.locator('button[value="go_on"]').click();
      await page.locator('summary', { hasText: locale === 'fr' ? 'en veille' : 'on hold' }).click();
      await page.locator(`form[action="${dialogue}/hold"] button`).click();
      await visit(dialogue, 'dialogue-hold');
      await visit('/choices', 'choices');
      await page.locator('form[action="/choices/pause"] button').click();
      await visit('/choices', 'choices-paused');
      await visit('/', 'home-paused');
      await participant(app, { subject: `Rita ${locale}` }).then((other) => other.submit('/request', requestAnswers));
      await arrive(app, page, { subject: `Rita ${locale}`, locale });
      await visit('/request', 'request-live');
      await visit('/request/change', 'request-change');
      expect(browser.problems()).to.deep.equal([]);
    });
  }
});
