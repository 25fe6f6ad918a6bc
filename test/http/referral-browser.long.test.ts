// The referral sheet's check in a real browser: accessible in both languages, narrow and wide, verified by the keyboard.
import { expect } from 'chai';
import { labCoordinator, useApp } from '../support/app.ts';
import { arrive, expectSound } from '../support/browser-pages.ts';
import { useBrowser } from '../support/browser.ts';
import { keepSheet, useCompleteProgramme } from '../support/referral.ts';
import { someOf } from '../support/rounds.ts';

describe('the check of a referral sheet in a browser', function () {
  this.timeout(300_000);
  const app = useApp(useCompleteProgramme());
  const browser = useBrowser();

  const looks = [
    ['fr', 360, 'Tout est exact aujourd’hui', 'La fiche est notée comme vérifiée'],
    ['en', 1280, 'Everything is right today', 'The sheet is noted as verified'],
  ] as const;
  for (const [locale, width, submit, done] of someOf(looks, 1)) {
    it(`is accessible and done with the keyboard, in ${locale} at ${width} pixels`, async () => {
      await app.service().connection.collection('referral_sheets').deleteMany({});
      await keepSheet(app, { id: 'liris', status: 'overdue', verifiedAt: new Date('2026-05-04T08:00:00Z') });
      const page = await browser.newPerson({ locale, viewport: { width, height: 800 } });
      await arrive(app, page, { subject: labCoordinator, lab: 'liris', locale });
      for (const path of ['/cases', '/report', '/referral']) {
        await page.goto(app.baseUrl() + path);
        await page
          .getByText(locale === 'fr' ? '4 mai 2026' : '4 May 2026')
          .first()
          .waitFor();
        await expectSound(page, `referral-${locale}${path.replace('/', '-')}`);
      }
      await page.getByRole('button', { name: submit }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('status').getByText(done).waitFor();
      await expectSound(page, `referral-${locale}-verified`);
      expect(browser.problems()).to.deep.equal([]);
    });
  }
});
