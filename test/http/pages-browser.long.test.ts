// The participant's pages in a real browser: accessible in both languages, narrow and wide, by keyboard, without scripts.
import { expect } from 'chai';
import { exclude } from '../../service/usecases/decide-exclusion.ts';
import { takeOutlook } from '../../service/usecases/take-outlook.ts';
import { useApp } from '../support/app.ts';
import { arrive, expectSound } from '../support/browser-pages.ts';
import { looks, someOf } from '../support/rounds.ts';
import { useBrowser } from '../support/browser.ts';
import {
  codeFor,
  introducedPair,
  offerAnswers,
  participant,
  profileAnswers,
  proposedPair,
  requestAnswers,
} from '../support/people.ts';

describe('the participant’s pages in a browser', function () {
  this.timeout(300_000);
  const app = useApp({}, { programme: { limits: { export: 1 } } });
  const browser = useBrowser();

  async function excludeNamed(name: string): Promise<void> {
    const { ports, connection } = app.service();
    const ids = (await connection.collection('members').find().toArray()).map(({ _id }) => String(_id));
    const { id } = (await ports.members.findMany(ids)).find((one) => one.name === name)!;
    const asked = { id, status: 'asked', reason: 'pressure', labId: 'liris', reference: 'BCDFGH' } as const;
    await ports.exclusions.insert({ ...asked, target: id, marks: [], memberId: id, askedAt: app.clock.now() });
    await exclude(ports, id);
  }

  for (const [locale, width] of someOf(looks.slice(0, 2), 1)) {
    it(`are accessible, and nothing sticks out, in ${locale} at ${width} pixels`, async function () {
      this.timeout(300_000);
      const page = browser.page();
      await page.setViewportSize({ width, height: 800 });
      const visit = async (path: string): Promise<void> => {
        await page.goto(app.baseUrl() + path);
        await expectSound(page, `${locale}${path.split('/').slice(0, 2).join('-')}`);
      };
      await arrive(app, page, { subject: `New ${locale}`, locale });
      await expectSound(page, `${locale}-charter`);

      const names = { mentee: `Mia ${locale}`, mentor: `Marc ${locale}` };
      const { proposal, mentee, mentor } = await proposedPair(app, names);
      for (const person of [mentee, mentor]) await person.submit('/language', { locale, back: '/' });
      await arrive(app, page, { subject: names.mentee, locale });
      expect(await page.locator('html').getAttribute('lang')).to.equal(locale);
      for (const path of someOf(['/', proposal, '/profile', '/availability', '/request', '/charter'], 4))
        await visit(path);
      for (const path of someOf(['/my-data', '/referral', '/coordinator', '/nowhere'], 2)) await visit(path);
      // The first of them is a file; the second is one too many.
      await mentee.get('/my-data/export.json');
      await page.goto(`${app.baseUrl()}/my-data/export.json`);
      await expectSound(page, `${locale}-too-many`);
      const stranger = await browser.newPerson({ locale, viewport: { width, height: 800 } });
      await stranger.goto(`${app.baseUrl()}/coordinator/${'x'.repeat(43)}`);
      await expectSound(stranger, `${locale}-coordinator-link`);

      await mentee.submit(`${proposal}/answer`, { answer: 'yes' });
      await mentor.get('/');
      await mentor.submit(`${proposal}/answer`, { answer: 'yes' });
      await visit(proposal.replace('proposals', 'dialogues'));
      await arrive(app, page, { subject: names.mentor, lab: 'liris', locale });
      for (const path of someOf(['/mentor', '/', '/request'], 1)) await visit(path);
      await excludeNamed(names.mentor);
      await visit('/mentor');
      expect(await page.locator('h1').textContent()).to.match(/participation/u);
      // Chromium notes every answer of 400 and above.
      expect(browser.problems().filter((problem) => !/403|404|429/u.test(problem))).to.deep.equal([]);
    });
  }

  for (const [locale, width] of someOf(looks.slice(0, 2), 1)) {
    it(`say what narrows a search, and what was saved elsewhere, in ${locale} at ${width} pixels`, async function () {
      this.timeout(300_000);
      const page = browser.page();
      const subject = `Nil Narrow ${locale}`;
      await page.setViewportSize({ width, height: 800 });
      const person = await participant(app, { subject, locale });
      await person.submit('/request', { ...requestAnswers, labPreference: 'same_only' });
      await person.submit('/mentor', offerAnswers);
      await takeOutlook(app.service().ports);
      await arrive(app, page, { subject, locale });
      await page.goto(`${app.baseUrl()}/request`);
      await expectSound(page, `${locale}-request-limits`);
      expect(await page.locator('section[aria-labelledby="limits"] a').count()).to.be.greaterThan(0);
      const elsewhere = {
        '/profile': { ...profileAnswers(subject), careerStage: 'support' },
        '/availability': { days0: ['2'], from0: '14:00', to0: '17:00' },
        '/mentor': { ...offerAnswers, capacity: '3' },
      };
      for (const [path, saved] of someOf(Object.entries(elsewhere), 1)) {
        await page.goto(app.baseUrl() + path);
        expect((await person.send(path, saved)).status).to.equal(303);
        // The same part is changed here, to something else.
        if (path === '/availability') await page.locator('.week-tools button').first().press('Enter');
        if (path === '/mentor') await page.locator('input[name="capacity"][value="5"]').check();
        const save = page.locator('main form:has(input[name="seen"]) button.btn-primary, [data-save-bar] button');
        await save.press('Enter');
        const alert = page.getByRole('alert');
        await alert.and(page.locator(':focus')).waitFor();
        await expectSound(page, `${locale}-overtaken${path.replace('/', '-')}`);
        await save.press('Enter');
        await page.getByRole('status').waitFor();
      }
      expect(browser.problems().filter((problem) => !problem.includes('409'))).to.deep.equal([]);
      // Nobody is left to be proposed to the people of the other tests.
      await person.send('/mentor/withdraw');
      await person.send('/request/withdraw');
    });
  }

  for (const [locale, width] of someOf(looks.slice(0, 2), 1)) {
    it(`of an address are worked by keyboard, code and all, in ${locale} at ${width} pixels`, async () => {
      const page = browser.page();
      const person = { subject: `Ned Letter ${locale}`, locale };
      await page.setViewportSize({ width, height: 800 });
      await arrive(app, page, person);
      const email = `ned-${locale}@mail.example`;
      await page.locator('input[name="name"]').fill('Ned Letter');
      await page.locator('input[name="email"]').fill(email);
      await page.locator('input[name="agree"]').check();
      await page.locator('form[action="/charter"] button').press('Enter');
      await page.locator('form[action="/profile"]').waitFor();
      await expectSound(page, `${locale}-profile-to-confirm`);
      await page.locator('main a[href="/address"]').first().press('Enter');
      const code = page.locator('input[name="code"]');
      await code.waitFor();
      await expectSound(page, `${locale}-address-waits`);
      await code.fill('BBBB-BBBB');
      await code.press('Enter');
      await page.getByRole('alert').and(page.locator(':focus')).waitFor();
      await expectSound(page, `${locale}-address-wrong`);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(await code.and(page.locator(':focus')).count()).to.equal(1);
      await code.fill(await codeFor(app, person));
      await code.press('Enter');
      await page.locator('form[action="/profile"]').waitFor();
      await page.getByRole('status').waitFor();
      await page.goto(`${app.baseUrl()}/address`);
      expect(await page.locator('main').textContent()).to.include(email);
      await expectSound(page, `${locale}-address-confirmed`);
    });
  }

  it('lead from the list of what to put right to each field, by keyboard', async () => {
    const page = browser.page();
    await arrive(app, page, { subject: 'Kim Keyboard' });
    await page.getByRole('button', { name: 'Signer et continuer' }).press('Enter');
    await expectSound(page, 'fr-errors');
    await page.getByRole('alert').and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Kim Keyboard');
    expect(await page.getByLabel('Votre nom').inputValue()).to.equal('Kim Keyboard');
    expect(await page.getByLabel('Votre nom').getAttribute('aria-describedby')).to.include('f-name-error');
  });

  it('begin with a link to the content', async () => {
    const page = browser.page();
    await participant(app, { subject: 'Sky Skip' });
    await arrive(app, page, { subject: 'Sky Skip' });
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('#main:focus').waitFor();
  });

  it('work without scripts from a proposal to a meeting', async () => {
    const { mentee, dialogue } = await introducedPair(app, { mentee: 'Mia Plain', mentor: 'Marc Plain' });
    const page = await browser.newPerson({ javaScriptEnabled: false });
    await app.enter({ subject: 'Mia Plain' });
    // The way in posts a form by script; whoever has none presses its button. Here the visitor's cookies do for both.
    await page.context().addCookies(mentee.cookies());
    await page.goto(app.baseUrl() + dialogue);
    await page.getByLabel('en visio').check();
    await page.locator('[name=startsAt]').nth(1).click();
    expect(await page.locator('main').textContent()).to.include('Vous avez proposé ce moment');
    await page.getByText('Terminer ce dialogue').click();
    await page.getByRole('button', { name: 'Terminer le dialogue' }).click();
    expect(await page.getByRole('status').textContent()).to.include('Le dialogue est terminé');
  });
});
