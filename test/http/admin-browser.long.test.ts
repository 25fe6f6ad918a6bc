// The administrators' pages in a real browser, without script: accessible in both languages, wide and narrow, within their
// security policy, and walked from the link to a platform that is connected by hand.
import { expect } from 'chai';
import { memberOf } from '../../service/demo/factories.ts';
import { runAllOnce } from '../../service/jobs/schedule.ts';
import { exclude } from '../../service/usecases/decide-exclusion.ts';
import { runMatching } from '../../service/usecases/run-matching.ts';
import { useApp } from '../support/app.ts';
import { expectSound, keepPicture } from '../support/browser-pages.ts';
import { useBrowser } from '../support/browser.ts';
import { looks, someOf } from '../support/rounds.ts';

const pages = ['', '/invites', '/coordinators', '/exclusions', '/platforms/new', '/sheet', '/keys', '/jobs', '/trail'];

describe('administration in a browser', () => {
  const app = useApp();
  const browser = useBrowser();

  before(async () => {
    const pending = { id: 'cours-de-doctorat-2026', status: 'pending', firstSeenAt: new Date() };
    const registrations = app
      .service()
      .connection.collection<{ name: string; deployments: object[] }>('lti_registrations');
    await registrations.updateOne({ name: 'etis' }, { $push: { deployments: pending } });
    const lastProblem = { code: 'key_set_unreachable', at: new Date() };
    await registrations.updateOne({ name: 'liris' }, { $set: { lastProblem } });
    await app.service().tool.administration.createInvite('stms');
    await connectByForm();
    await fillJobs();
    await exclusions();
  });

  /** One in force, two that wait. */
  async function exclusions(): Promise<void> {
    const { ports } = app.service();
    for (const [index, reference] of ['BCDFGH', 'JKLMNP', 'QRSTVW'].entries()) {
      const asked = { id: reference, status: 'asked', reason: 'harassment', labId: 'liris', reference } as const;
      const meant = { target: reference, marks: [reference], email: `address-${index}@liris.example` };
      await ports.exclusions.insert({ ...asked, ...meant, askedAt: app.clock.now() });
    }
    await exclude(ports, 'BCDFGH');
  }

  let waiting = '';
  /** A platform that waits for approval, with the issuer of another and a key set that answers. */
  async function connectByForm(): Promise<void> {
    const { administration } = app.service().tool;
    const [known] = await administration.listPlatforms();
    const token = (await administration.createInvite('lix')).url.split('/').at(-1) ?? '';
    const { authorizationUrl, tokenUrl, keysetUrl, issuer } = known!.registration;
    const facts = { name: 'Moodle du LIX', clientId: 'client-lix', authorizationUrl, tokenUrl, keysetUrl, issuer };
    waiting = (await administration.addInvitedPlatform(token, { ...facts, deploymentId: '7' })).id;
  }

  /** Jobs in every state, something overdue, and a look at it all. */
  async function fillJobs(): Promise<void> {
    const { connection, ports, jobs } = app.service();
    const [soon, longAgo] = [new Date(Date.now() + 600_000), new Date(Date.now() - 600_000)];
    const records = [
      { nextRunAt: soon, lastFinishedAt: longAgo },
      { nextRunAt: soon, lastRunAt: new Date(), lockedAt: new Date() },
      { nextRunAt: longAgo },
      { nextRunAt: soon, lastFinishedAt: longAgo, failedAt: longAgo, failReason: 'ECONNREFUSED 1a2b3c4d' },
    ];
    const names = ['sweep-dialogues', 'match', 'purge-ended', 'mail'];
    const usual = { type: 'single', repeatInterval: '5 minutes' };
    await connection
      .collection('jobs')
      .insertMany(records.map((facts, index) => ({ ...usual, ...facts, name: names[index] })));
    const turns = names.map((_id) => ({
      _id,
      turns: 9,
      failures: 1,
      lastMs: 340,
      lateMs: 2400,
      done: 12,
      failedRecords: 0,
    }));
    await connection.collection<{ _id: string }>('job_turns').insertMany(turns);
    const at = new Date(app.clock.now().getTime() - 2 * 3_600_000);
    await ports.members.insert(memberOf({ status: 'withdrawn', due: { step: 'erase', at } }));
    await runMatching(ports);
    await runAllOnce(jobs.filter(({ name }) => name === 'sweep-health'));
  }

  const submits = { fr: 'Entrer', en: 'Enter' } as const;
  for (const [locale, width] of someOf(looks, 1)) {
    it(`is accessible, and nothing sticks out, in ${locale} at ${width} pixels`, async function () {
      this.timeout(300_000);
      const page = await browser.newPerson({ locale, viewport: { width, height: 800 } });
      const name = (path: string): string => `admin${path.replaceAll('/', '-')}-${locale}`;
      const { url } = await app.service().admin.createLink({ name: 'Ada Admin' });
      await page.goto(`${app.baseUrl()}/admin`);
      await expectSound(page, name('-closed'));
      await page.goto(url);
      await expectSound(page, name('-enter'));
      await page.getByRole('button', { name: submits[locale] }).click();
      await page.waitForURL(`${app.baseUrl()}/admin?done=entered`);
      for (const path of someOf(pages, 5)) {
        await page.goto(`${app.baseUrl()}/admin${path}`);
        for (const details of await page.locator('main details').all()) await details.locator('summary').click();
        await expectSound(page, name(path));
      }
      await page.goto(`${app.baseUrl()}/admin/platforms/${waiting}`);
      await expectSound(page, name('-platform'));
      const invite = await app.service().tool.administration.createInvite('lix');
      await page.goto(invite.url);
      await expectSound(page, name('-invited'));
      expect(browser.problems().filter((problem) => !problem.includes('401'))).to.deep.equal([]);
    });
  }

  it('goes from the link to a connected lab on a narrow screen, without script', async function () {
    this.timeout(300_000);
    const page = await browser.newPerson({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
    const press = async (name: string): Promise<void> => {
      await page.getByRole('button', { name, exact: true }).focus();
      await page.keyboard.press('Enter');
    };
    await page.goto((await app.service().admin.createLink({ name: 'Ada Admin' })).url);
    await press('Entrer');
    await page.getByRole('status').getByText('Vous êtes dans l’administration').waitFor();
    await page.getByLabel('Labo de ce déploiement').selectOption('ETIS');
    await press('Approuver');
    await page.getByRole('status').getByText('Le déploiement est approuvé').waitFor();

    // Without script the places stand behind a word, too.
    await page.locator('.menu:not([open]) summary').click();
    await page.getByRole('link', { name: 'Relier à la main' }).click();
    await press('Relier la plateforme');
    await page.getByRole('alert').getByText('Donnez un nom à la plateforme.').waitFor();
    await keepPicture(page, 'admin-platforms-wrong-360');
    await page.getByLabel('Nom', { exact: true }).fill('Moodle');
    await page.getByLabel('Émetteur').fill('https://moodle.lix.example');
    await page.getByLabel('Client ID').fill('abc');
    await page.getByLabel('Deployment ID').fill('1');
    await page.getByLabel('Adresse d’authentification').fill('https://moodle.lix.example/auth');
    await page.getByLabel('Adresse du jeu de clés').fill('https://moodle.lix.example/certs');
    await page.getByLabel('Adresse du jeton').fill('https://moodle.lix.example/token');
    await page.getByLabel('Labo', { exact: true }).selectOption('LIX');
    await press('Relier la plateforme');
    await page.getByRole('status').getByText('La plateforme est reliée').waitFor();

    await page.getByRole('link', { name: 'Relier un labo' }).first().click();
    await page.getByLabel('Labo', { exact: true }).selectOption('ISIR');
    await press('Créer l’invitation');
    await page.getByRole('heading', { name: 'L’invitation est prête' }).waitFor();
    await keepPicture(page, 'admin-invites-created-360');
    await press('Quitter l’administration');
    await page.getByRole('heading', { level: 1, name: 'Vous avez quitté l’administration' }).waitFor();
  });
});
