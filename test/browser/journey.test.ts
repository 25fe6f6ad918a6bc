// Two people of two labs, one in French and one in English, from the link in their intranet to a meeting, inside the frame.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { demoPeople, type DemoPerson } from '../../service/demo/people.ts';
import { expectNoAxeViolations } from '../support/accessibility.ts';
import { arriveInFrame, openPlaces, toolIn } from '../support/browser-pages.ts';
import { useBrowser } from '../support/browser.ts';
import { useLive } from '../support/live.ts';

function somebody(labId: string, locale: 'fr' | 'en'): DemoPerson {
  const found = demoPeople.find((one) => one.labId === labId && one.locale === locale && one.group !== 'coordination');
  if (!found) throw new Error(`nobody of ${labId} reads ${locale}`);
  return found;
}

describe('From the intranet to a meeting', function () {
  this.timeout(600_000);
  const live = useLive();
  const browser = useBrowser();
  const menteeToBe = somebody('etis', 'fr');
  const mentorToBe = somebody('lix', 'en');

  /** Nothing was refused or thrown in the browser on the way to this page. */
  async function arrived(page: Page, heading: string | RegExp): Promise<void> {
    await toolIn(page).getByRole('heading', { level: 1, name: heading }).waitFor();
    // What is pressed while a frame is being put together on a busy machine can go to the page that it replaces.
    for (const frame of page.frames()) await frame.waitForLoadState('load');
    expect(browser.problems()).to.deep.equal([]);
  }

  /** The page that follows a form: a click before it is there would be one on the page left behind. */
  async function saved(page: Page, heading: string | RegExp): Promise<void> {
    await toolIn(page).getByRole('status').waitFor();
    await arrived(page, heading);
  }

  /** Free of violations with the frames around it, too. Each page alone is looked at by a suite of its own. */
  async function checked(page: Page, heading: string | RegExp): Promise<void> {
    await arrived(page, heading);
    await expectNoAxeViolations(page);
  }

  async function moveClock(page: Page, step: string): Promise<void> {
    await page.goto(`${live.origin()}/clock`);
    await page.locator(`button[value="${step}"]`).click();
    await page
      .getByRole('link', { name: /horloge|clock/i })
      .first()
      .waitFor();
    await page.waitForLoadState('load');
  }

  async function subjectsOfMailTo({ email }: DemoPerson): Promise<string[]> {
    const page = await browser.newPerson();
    await page.goto(`${live.origin()}/mail?to=${encodeURIComponent(email)}`);
    return page.locator('tbody a').allTextContents();
  }

  afterEach('nothing failed behind the pages', () => {
    expect(live.failures()).to.deep.equal([]);
  });

  it('leads a mentee in French and a mentor in English to a meeting in both calendars', async () => {
    const menteePage = browser.page();
    const mentorPage = await browser.newPerson({ locale: 'en-GB' });

    // The mentor signs the charter, says who they are and when they can talk, and opens an offer.
    const mentor = await arriveInFrame(live, mentorPage, mentorToBe);
    await checked(mentorPage, 'The programme’s charter');
    await mentor.getByLabel('Your name').fill(mentorToBe.name);
    await mentor.getByLabel('Your e-mail address').fill(mentorToBe.email);
    await mentor.getByLabel(/I have read the charter/).check();
    await mentor.getByRole('button', { name: 'Sign and continue' }).press('Enter');
    await arrived(mentorPage, 'Your profile');
    await mentor.locator('input[name="careerStage"][value="permanent_senior"]').check();
    await mentor.getByLabel('Preferred language').selectOption('en');
    await mentor.locator('input[name="otherLanguages"][value="fr"]').check();
    await mentor.locator('input[name="modalities"][value="video"]').check();
    await mentor.getByLabel('Your team (optional)').fill('Algorithms');
    await mentor.getByRole('button', { name: 'Save and continue' }).press('Enter');
    await saved(mentorPage, 'Your availability');
    await mentor.getByLabel(/^At any time/).check();
    await mentor.getByRole('button', { name: 'Save' }).press('Enter');
    await saved(mentorPage, /./);
    await openPlaces(mentor);
    await mentor.getByRole('navigation').getByRole('link', { name: 'Become a mentor' }).press('Enter');
    await arrived(mentorPage, 'Become a mentor');
    await mentor.locator('input[name="topics"][value="career_project"]').check();
    await mentor.locator('input[name="formats"][value="one_off"]').check();
    await mentor.locator('input[name="capacity"][value="1"]').check();
    await mentor.getByRole('button', { name: 'Open my offer' }).press('Enter');
    await mentor.getByText('Your offer is open').first().waitFor();
    await arrived(mentorPage, 'My mentoring');

    // The mentee does the same and asks.
    const mentee = await arriveInFrame(live, menteePage, menteeToBe);
    await checked(menteePage, /charte/i);
    await mentee.locator('input[name="name"]').fill(menteeToBe.name);
    await mentee.locator('input[name="email"]').fill(menteeToBe.email);
    await mentee.locator('input[name="agree"]').check();
    await mentee.locator('form[action="/charter"] button').press('Enter');
    await arrived(menteePage, /profil/i);
    await mentee.locator('input[name="careerStage"][value="doctoral"]').check();
    await mentee.locator('select[name="language"]').selectOption('fr');
    await mentee.locator('input[name="modalities"][value="video"]').check();
    await mentee.locator('input[name="modalities"][value="phone"]').check();
    await mentee.locator('form[action="/profile"] button').press('Enter');
    await saved(menteePage, /disponibilités/i);
    await mentee.getByRole('button', { name: /^Matins/ }).press('Enter');
    await mentee.locator('[data-save-bar] button').press('Enter');
    await saved(menteePage, /./);
    await openPlaces(mentee);
    await mentee.getByRole('link', { name: 'Ma demande' }).first().press('Enter');
    await arrived(menteePage, /parler/i);
    await mentee.locator('select[name="wish1"]').selectOption('career_project');
    await mentee.locator('input[name="format"][value="one_off"]').check();
    await mentee.locator('input[name="labPreference"][value="other_preferred"]').check();
    await mentee.locator('textarea[name="message"]').fill('Je prépare la suite de ma thèse.');
    await mentee.locator('form[action="/request"] button').press('Enter');
    await arrived(menteePage, /./);

    // A week of the programme's clock brings the Tuesday run; the proposal tells neither who the other is.
    await moveClock(await browser.newPerson(), '1w');
    await arriveInFrame(live, mentorPage, mentorToBe);
    await mentor.getByRole('link', { name: 'See the proposal' }).press('Enter');
    await checked(mentorPage, 'A proposal for a dialogue');
    await mentor.getByText('Je prépare la suite de ma thèse.').waitFor();
    expect(await mentor.locator('body').innerText()).not.to.match(new RegExp(`${menteeToBe.name}|@etis|ETIS`));
    await mentor.getByRole('button', { name: 'Yes, gladly' }).press('Enter');
    await arriveInFrame(live, menteePage, menteeToBe);
    await mentee.locator('a[href^="/proposals/"]').first().press('Enter');
    await arrived(menteePage, /proposition/i);
    expect(await mentee.locator('body').innerText()).not.to.match(new RegExp(`${mentorToBe.name}|@lix|LIX`));
    await mentee.locator('button[name="answer"][value="yes"]').press('Enter');

    // Two yeses: both identities, the reasons, common times; one suggests, the other agrees.
    await arrived(menteePage, new RegExp(mentorToBe.name));
    await mentee.getByText(mentorToBe.email).waitFor();
    await mentee.locator('input[name="modality"][value="video"]').check();
    await mentee.locator('button[name="startsAt"]').nth(1).press('Enter');
    await arrived(menteePage, new RegExp(mentorToBe.name));
    await arriveInFrame(live, mentorPage, mentorToBe);
    await mentor.getByRole('link', { name: 'See the meeting' }).press('Enter');
    await arrived(mentorPage, new RegExp(menteeToBe.name));
    await mentor.getByRole('button', { name: 'This time suits me' }).press('Enter');
    await checked(mentorPage, new RegExp(menteeToBe.name));

    // The mails of the whole way, in both languages, the last ones with a calendar entry of a neutral title.
    await moveClock(await browser.newPerson(), '1d');
    await moveClock(await browser.newPerson(), '1w');
    await moveClock(await browser.newPerson(), '1w');
    const [toMentee, toMentor] = [await subjectsOfMailTo(menteeToBe), await subjectsOfMailTo(mentorToBe)];
    expect(toMentee.length).to.be.at.least(4);
    expect(toMentor.length).to.be.at.least(4);
    for (const subject of [...toMentee, ...toMentor]) expect(subject).not.to.match(/career|projet|confi|@/i);
    const reading = await browser.newPerson();
    await reading.goto(`${live.origin()}/mail?to=${encodeURIComponent(mentorToBe.email)}`);
    await reading.locator('tr:has(.tag) a').first().click();
    const href = await reading.locator('.files a').first().getAttribute('href');
    const calendar = await (await reading.request.get(`${live.origin()}${href ?? ''}`)).text();
    expect(calendar)
      .to.match(/BEGIN:VCALENDAR/)
      .and.to.match(/CLASS:PRIVATE/);
    expect(calendar).not.to.match(/SUMMARY.*(mentor|career)/i);
    // RFC 5545, section 3.1.
    expect(calendar).not.to.match(/[^\r]\n/);
  });
});
