// Two registrations of one person in a real browser: from the letter's link to one of them, by keyboard.
import { expect } from 'chai';
import { twinsId } from '../../service/domain/twins.ts';
import { findTwins } from '../../service/usecases/find-twins.ts';
import { useApp } from '../support/app.ts';
import { arrive, expectSound } from '../support/browser-pages.ts';
import { useBrowser } from '../support/browser.ts';
import { participant } from '../support/people.ts';
import { looks, someOf } from '../support/rounds.ts';

describe('two registrations in a browser', function () {
  this.timeout(300_000);
  const app = useApp();
  const browser = useBrowser();

  for (const [locale, width] of someOf(looks, 1)) {
    it(`become one by keyboard, in ${locale} at ${width} pixels`, async () => {
      const [first, second] = [
        { subject: `Una One ${locale} ${width}`, locale },
        { subject: `Una Two ${locale} ${width}`, locale, lab: 'liris' },
      ];
      for (const person of [first, second]) await participant(app, person);
      const { ports } = app.service();
      const [one, two] = [await app.memberOf(first), await app.memberOf(second)];
      const ties = { ...two.ties, self: [...two.ties.self, ports.hasher.email(one.email)] };
      await ports.members.change(two.id, ['active'], { ties });
      await findTwins(ports);
      const link = ports.hasher.twins(twinsId(one.id, two.id));
      const page = browser.page();
      const other = await browser.newPerson({ locale });
      for (const each of [page, other]) await each.setViewportSize({ width, height: 800 });

      await arrive(app, other, second);
      await other.goto(`${app.baseUrl()}/two-registrations`);
      await expectSound(other, `${locale}-twins-paste`);
      const field = other.locator('input[name="link"]');
      await field.press('Enter');
      await other.getByRole('alert').and(other.locator(':focus')).waitFor();
      await expectSound(other, `${locale}-twins-wrong`);
      await other.keyboard.press('Tab');
      await other.keyboard.press('Enter');
      await other.keyboard.type(link);
      await other.keyboard.press('Enter');
      const end = other.locator('button[value="end"]');
      await end.waitFor();
      await expectSound(other, `${locale}-twins-asked`);
      await end.press('Enter');
      await other.getByRole('status').waitFor();
      await other.goto(`${app.baseUrl()}/two-registrations/${link}`);
      await expectSound(other, `${locale}-twins-may-end`);

      await arrive(app, page, first);
      await page.goto(`${app.baseUrl()}/two-registrations/${link}`);
      const goOn = page.locator('button[value="go_on"]');
      await goOn.waitFor();
      await expectSound(page, `${locale}-twins-may-go-on`);
      await goOn.press('Enter');
      await page.getByRole('status').waitFor();
      await page.locator('#doors').waitFor();
      await expectSound(page, `${locale}-my-data-doors`);
      await page.locator('form[action="/my-data/doors/close"] button').press('Enter');
      await page.getByRole('status').waitFor();
      expect(await page.locator('#doors').count()).to.equal(0);
      await page.goto(`${app.baseUrl()}/two-registrations/${link}`);
      await expectSound(page, `${locale}-twins-joined`);
      expect(browser.problems().filter((problem) => !/401|422/u.test(problem))).to.deep.equal([]);
    });
  }
});
