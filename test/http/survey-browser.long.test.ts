// The survey's pages in a real browser, without script: accessible in both languages, wide and narrow, by keyboard.
import { expect } from 'chai';
import { useApp } from '../support/app.ts';
import { expectSound } from '../support/browser-pages.ts';
import { useBrowser } from '../support/browser.ts';
import { looks, someOf } from '../support/rounds.ts';

const words = {
  fr: { submit: 'Envoyer mes réponses', thanks: 'Merci', wrong: 'Utile ou non' },
  en: { submit: 'Send my answers', thanks: 'Thank you', wrong: 'Useful or not' },
} as const;

describe('the closing survey in a browser', function () {
  this.timeout(300_000);
  const app = useApp();
  const browser = useBrowser();
  const link = (): string => {
    const token = app.service().ports.surveys.issue({ side: 'mentor', until: '2026-12-14' });
    return `${app.baseUrl()}/survey/${token}`;
  };

  for (const [locale, width] of someOf(looks.toReversed(), 1)) {
    it(`is accessible, and nothing sticks out, in ${locale} at ${width} pixels`, async () => {
      const page = await browser.newPerson({ locale, viewport: { width, height: 800 } });
      const name = (what: string): string => `survey-${what}-${locale}`;
      const { submit, thanks, wrong } = words[locale];
      const address = link();
      await page.goto(address);
      await expectSound(page, name('asked'));
      await page.getByRole('button', { name: submit }).click();
      await page.getByRole('alert').getByText(wrong).first().waitFor();
      await expectSound(page, name('wrong'));
      for (const group of await page.getByRole('group').all()) await group.getByRole('radio').first().check();
      await page.getByRole('button', { name: submit }).click();
      await page.getByRole('heading', { level: 1, name: thanks }).waitFor();
      await expectSound(page, name('thanks'));
      await page.goto(address);
      await expectSound(page, name('answered'));
      expect(await page.context().cookies()).to.deep.equal([]);
      // Chromium notes every answer of 400 and above.
      expect(browser.problems().filter((problem) => !/4(?:10|22)/u.test(problem))).to.deep.equal([]);
    });
  }

  it('is answered by keyboard alone, without script', async () => {
    const page = await browser.newPerson({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.headers()['referer'] ?? ''));
    await page.goto(link());
    // Past the link to the content; each group is one stop, and the arrows choose in it.
    await page.keyboard.press('Tab');
    for (const down of [1, 2, 3, 4]) {
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      for (let times = 1; times < down; times += 1) await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Merci' }).waitFor();
    const [kept] = await app
      .service()
      .connection.collection('survey_answers')
      .find({ 'replies.useful': 'yes', 'replies.outside_hierarchy': 'no' })
      .toArray();
    expect(kept?.['replies']).to.deep.equal({
      useful: 'yes',
      received: 'rather_yes',
      confidential: 'rather_no',
      outside_hierarchy: 'no',
    });
    expect(asked.filter((referrer) => referrer !== '')).to.deep.equal([]);
  });
});
