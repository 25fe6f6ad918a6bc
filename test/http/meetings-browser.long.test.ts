// Meetings and the calendar's address in a real browser: accessible in both languages, narrow and wide, by keyboard.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { useApp, type Visitor } from '../support/app.ts';
import { expectSound } from '../support/browser-pages.ts';
import { useBrowser } from '../support/browser.ts';
import { introducedPair } from '../support/people.ts';
import { someOf } from '../support/rounds.ts';

const words = {
  fr: {
    ...{ language: 'Français', move: 'Proposer un autre moment' },
    ...{ agree: 'Ce moment me convient', accept: 'Accepter ce nouveau moment', cancel: 'Annuler ce rendez-vous' },
    ...{ create: 'Créer mon adresse secrète', address: 'Adresse à donner à votre agenda' },
  },
  en: {
    ...{ language: 'English', move: 'Suggest another time' },
    ...{ agree: 'This time suits me', accept: 'Accept this new time', cancel: 'Cancel this meeting' },
    ...{ create: 'Create my secret address', address: 'Address to give to your calendar' },
  },
} as const;

describe('meetings in a browser', function () {
  this.timeout(300_000);
  const app = useApp();
  const browser = useBrowser();

  /** The page of somebody who came in already. */
  async function pageOf(visitor: Visitor, width: number): Promise<Page> {
    const page = await browser.newPerson({ viewport: { width, height: 800 } });
    await page.context().addCookies(visitor.cookies());
    return page;
  }

  const looks = [
    ['en', 1280],
    ['fr', 360],
  ] as const;
  for (const [locale, width] of someOf(looks, 1)) {
    it(`are moved and cancelled by keyboard, on accessible pages, in ${locale} at ${width} pixels`, async () => {
      const said = words[locale];
      const names = { mentee: `Mia ${locale} ${width}`, mentor: `Marc ${locale} ${width}` };
      const { mentee, mentor, dialogue } = await introducedPair(app, names);
      Object.assign(app.service().ports.rules, { videoRoomBase: 'https://visio.example' });
      const [mia, marc] = [await pageOf(mentee, width), await pageOf(mentor, width)];
      const sound = (page: Page, name: string): Promise<void> => expectSound(page, `${name}-${locale}`);
      const press = async (page: Page, name: string): Promise<void> => {
        await page.getByRole('button', { name }).press('Enter');
        await page.getByRole('status').waitFor();
      };
      const choose = async (page: Page, index: number): Promise<void> => {
        await page.locator('[name=modality][value=video]').check();
        const others = page.locator('.times details:not([open]) summary');
        if (await others.isVisible()) await others.press('Enter');
        await page.locator('[name=startsAt]').nth(index).press('Enter');
        await page.getByRole('status').waitFor();
      };

      for (const page of [mia, marc]) {
        await page.goto(app.baseUrl() + dialogue);
        await page.getByRole('button', { name: said.language }).click();
      }
      await choose(mia, 3);
      await marc.reload();
      await sound(marc, 'suggested');
      await press(marc, said.agree);
      await sound(marc, 'agreed');

      await marc.locator('summary', { hasText: said.move }).press('Enter');
      await sound(marc, 'moving-form');
      await choose(marc, 5);
      await sound(marc, 'moving-asked');
      await mia.reload();
      await sound(mia, 'moving');
      await press(mia, said.accept);
      await mia.locator('summary', { hasText: said.cancel }).press('Enter');
      await sound(mia, 'cancelling');

      await mia.goto(`${app.baseUrl()}/calendar-feed`);
      await sound(mia, 'feed-off');
      await mia.getByRole('button', { name: said.create }).press('Enter');
      const address = mia.getByLabel(said.address);
      await address.waitFor();
      await sound(mia, 'feed-on');
      expect(await address.inputValue()).to.match(/\/calendar\/[\w-]{43}\/agenda\.ics$/u);
      expect(await mia.locator(':focus').getAttribute('id')).to.equal('f-address');
      await mia.goto(`${app.baseUrl()}/calendar-feed`);
      await sound(mia, 'feed-kept');
      expect(browser.problems()).to.deep.equal([]);
    });
  }
});
