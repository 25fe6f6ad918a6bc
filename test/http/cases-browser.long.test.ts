// A case from both sides in a real browser, inside the intranet's frame: accessible in both languages, narrow and wide.
import { expect } from 'chai';
import type { FrameLocator, Page } from 'playwright-core';
import { demoPeople, type DemoPerson } from '../../service/demo/people.ts';
import { memberOf, requestOf } from '../../service/demo/factories.ts';
import { exclude } from '../../service/usecases/decide-exclusion.ts';
import { openCase } from '../../service/usecases/open-case.ts';
import { arriveInFrame, expectSound, openPlaces } from '../support/browser-pages.ts';
import { useBrowser } from '../support/browser.ts';
import { useLive } from '../support/live.ts';
import { someOf } from '../support/rounds.ts';

const words = {
  fr: {
    talk: 'Parler à une coordinatrice ou un coordinateur',
    open: 'Ouvrir l’échange',
    show: 'Montrer qui je suis',
    showNow: 'Montrer mon nom à la coordination',
    close: 'Fermer cet échange',
    closeNow: 'Fermer l’échange',
    cases: 'Dossiers',
    send: 'Envoyer',
    empty: 'Écrivez votre message.',
    message: 'Votre message',
  },
  en: {
    talk: 'Talk to a coordinator',
    open: 'Open the conversation',
    show: 'Show who I am',
    showNow: 'Show my name to the coordinators',
    close: 'Close this conversation',
    closeNow: 'Close the conversation',
    cases: 'Cases',
    send: 'Send',
    empty: 'Write your message.',
    message: 'Your message',
  },
} as const;

describe('the pages of a case in a browser', function () {
  this.timeout(300_000);
  const live = useLive();
  const browser = useBrowser();
  const people = demoPeople.filter(({ labId, group }) => labId === 'etis' && group !== 'coordination');
  const coordinator = demoPeople.find(({ coordinates }) => coordinates === 'cross_lab_coordinator')!;

  /** Opens the frame, and turns it to a language. */
  async function enter(page: Page, person: DemoPerson, language: string): Promise<FrameLocator> {
    const tool = await arriveInFrame(live, page, person);
    const spoken = tool.getByRole('button', { name: language }).and(tool.locator('[aria-current="true"]'));
    // Pressed where it is spoken already, it would load the page anew under what is typed next.
    if ((await spoken.count()) === 0) await tool.getByRole('button', { name: language }).click();
    await spoken.waitFor();
    return tool;
  }

  async function expectSoundAt(page: Page, name: string, widths: readonly number[] = [360, 1280]): Promise<void> {
    for (const width of someOf(widths, 1)) {
      await page.setViewportSize({ width, height: 900 });
      await expectSound(page, name, page.frame('tool')!);
    }
  }

  const looks = [
    [0, 'fr', 'Français'],
    [1, 'en', 'English'],
  ] as const;
  for (const [index, locale, language] of someOf(looks, 1)) {
    it(`are accessible, and nothing sticks out of the frame, in ${locale}`, async () => {
      const say = words[locale];
      const person = people[index]!;
      const page = browser.page();
      const tool = await enter(page, person, language);
      await tool.locator('input[name="name"]').fill(person.name);
      await tool.locator('input[name="email"]').fill(person.email);
      await tool.locator('input[name="agree"]').check();
      await tool.locator('form[action="/charter"] button').click();
      await tool.locator('form[action="/profile"]').waitFor();
      await tool.locator('footer a[href="/referral"]').click();
      await tool.getByRole('link', { name: say.talk }).click();
      await tool.getByRole('heading', { level: 1, name: say.talk }).waitFor();
      await expectSoundAt(page, `${locale}-help`);
      await tool.locator('input[name="lab"][value="all"]').check();
      await tool.locator('textarea').fill('Une première question.\nSur deux lignes.');
      await tool.getByRole('button', { name: say.open }).click();
      await tool.getByRole('status').waitFor();
      const caseId = new URL(page.frame('tool')!.url()).pathname.split('/').at(-1) ?? '';
      const [reference = ''] = /[BCDFGHJKLMNPQRSTVWXZ]{6}/u.exec((await tool.locator('h1').textContent()) ?? '') ?? [];

      // Somebody's request that has waited for long, among mentors who do not fit.
      const { ports } = live.service();
      const waiting = memberOf({ labId: 'lix', name: 'Wanda Waiting' });
      const asked = requestOf({ memberId: waiting.id, labId: 'lix' });
      await ports.members.insert(waiting);
      await ports.requests.insert(asked);
      for (let mentor = 0; mentor < 6; mentor += 1) {
        await ports.members.insert(memberOf({ labId: 'isir', offer: {}, profile: { languages: ['de'] } }));
      }
      const about = { kind: 'waiting', memberId: waiting.id, requestId: asked.id, labId: 'lix' } as const;
      const { id: waitingId, reference: waitingReference } = await openCase(ports, about);

      const theirPage = await browser.newPerson();
      const theirs = await enter(theirPage, coordinator, language);
      await openPlaces(theirs);
      await theirs.getByRole('link', { name: say.cases }).click();
      await theirs.getByRole('heading', { level: 1, name: say.cases }).waitFor();
      await expectSoundAt(theirPage, `${locale}-cases`);
      await theirs.getByRole('link', { name: waitingReference }).click();
      await theirs.locator(`form[action="/cases/${waitingId}/widen"] button`).click();
      await theirs.getByRole('status').waitFor();
      await expectSoundAt(theirPage, `${locale}-case-waiting`);

      await openPlaces(theirs);

      await theirs.getByRole('link', { name: say.cases }).first().click();
      await theirs.getByRole('link', { name: reference }).click();
      await theirs.getByRole('button', { name: say.send }).click();
      await theirs.getByRole('link', { name: say.empty }).press('Enter');
      await theirs.getByLabel(say.message).and(theirs.locator(':focus')).waitFor();
      await expectSoundAt(theirPage, `${locale}-case-error`, [360]);
      await theirs.getByLabel(say.message).fill('Bonjour, je vous lis.');
      await theirs.getByRole('button', { name: say.send }).click();
      await theirs.getByRole('status').waitFor();
      expect(await theirs.locator('body').innerText()).not.to.include(person.name);

      await tool.locator('footer a[href="/referral"]').click();
      await tool.getByRole('link', { name: say.talk }).click();
      await tool.getByRole('link', { name: reference }).click();
      await tool.getByText('Bonjour, je vous lis.').waitFor();
      await tool.getByText(say.show).click();
      await expectSoundAt(page, `${locale}-help-case-show`);
      await tool.getByRole('button', { name: say.showNow }).click();
      await tool.getByRole('status').waitFor();
      await expectSoundAt(page, `${locale}-help-case-shown`, [360]);
      await openPlaces(theirs);
      await theirs.getByRole('link', { name: say.cases }).first().click();
      await theirs.getByRole('link', { name: reference }).click();
      await theirs.getByText(person.email).waitFor();
      const openAll = 'for (const one of document.querySelectorAll("main details")) one.open = true';
      await theirPage.frame('tool')!.evaluate(openAll);
      await expectSoundAt(theirPage, `${locale}-case-shown`);

      await tool.getByText(say.close).click();
      await tool.getByRole('button', { name: say.closeNow }).click();
      await tool.getByRole('link', { name: reference }).click();
      await expectSoundAt(page, `${locale}-help-case-closed`, [360]);
      // An invitation, and what somebody sees who was excluded: in the frame as well.
      await tool.locator('footer a[href="/my-data"]').click();
      await tool.locator('a[href="/coordinator"]').click();
      await tool.locator('form[action="/coordinator"]').waitFor();
      await expectSoundAt(page, `${locale}-invitation`);
      const { memberId } = (await ports.cases.find(caseId))!;
      const wanted = { id: memberId, status: 'asked', reason: 'pressure', labId: 'all', reference } as const;
      await ports.exclusions.insert({ ...wanted, target: memberId, marks: [], memberId, askedAt: ports.clock.now() });
      await exclude(ports, memberId);
      await tool.locator('header .brand a').click();
      await tool.locator('#appeal').waitFor();
      await expectSoundAt(page, `${locale}-excluded`);
      // Chromium notes every answer of 400 and above.
      const known = /403|422/u;
      expect(browser.problems().filter((problem) => !known.test(problem))).to.deep.equal([]);
      expect(live.failures()).to.deep.equal([]);
    });
  }
});
