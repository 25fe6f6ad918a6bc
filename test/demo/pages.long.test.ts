import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { openClock, type MovableClock } from '../../service/demo/clock.ts';
import { createIntranets } from '../../service/demo/intranets.ts';
import { openMemory, type DemoMemory } from '../../service/demo/memory.ts';
import { demoLabIds, seededPeople } from '../../service/demo/people.ts';
import type { World } from '../../service/demo/travel.ts';
import { expectNoAxeViolations } from '../support/accessibility.ts';
import { useBrowser } from '../support/browser.ts';
import { useDatabase } from '../support/database.ts';
import { someOf } from '../support/rounds.ts';

const zone = 'Europe/Paris';
const dayMs = 86_400_000;

describe('pages of the demonstration', function () {
  this.timeout(300_000);
  this.slow(10_000);
  const database = useDatabase();
  const browser = useBrowser();
  let memory: DemoMemory;
  let server: Server;
  let origin: string;
  let clock: MovableClock;
  const errors: unknown[] = [];

  before('open the intranets', async () => {
    memory = await openMemory(database.uri());
    clock = await openClock(memory);
    // A programme in which something is due every day.
    const world: World = {
      clock,
      nextDue: (now) => Promise.resolve(new Date(now.getTime() + dayMs)),
      tick: () => Promise.resolve({ deeds: { match: 2 }, mails: 1 }),
    };
    server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(0, 'localhost', resolve);
    });
    origin = `http://localhost:${(server.address() as AddressInfo).port}`;
    const labs = demoLabIds.map((id) => ({ id, name: id.toUpperCase() }));
    const wallClock = { now: () => new Date() };
    const standingOf = (): Promise<['member']> => Promise.resolve(['member']);
    const onError = (error: unknown): void => void errors.push(error);
    // The service itself is not needed: its frame stays empty.
    const serviceUrl = origin;
    server.on(
      'request',
      createIntranets({ labs, origin, serviceUrl, wallClock, world, zone, memory, standingOf, onError }),
    );
    await memory.mails.insertOne({
      ...{ _id: 1, at: clock.now(), from: 'Programme <p@localhost>', to: seededPeople[0]!.email, subject: 'Bonjour' },
      ...{
        text: 'Du texte',
        html: '<!doctype html><html lang="fr"><title>Bonjour</title><main><h1>Bonjour</h1></main></html>',
      },
      files: [
        { name: 'invite.ics', type: 'text/calendar', content: Buffer.from('BEGIN:VCALENDAR').toString('base64') },
      ],
    });
  });

  after('close them', async () => {
    server.closeAllConnections();
    server.close();
    await memory.close();
    expect(errors).to.deep.equal([]);
  });

  const places = ['/', '/etis', '/mail', '/mail/1', '/clock', '/nowhere'];
  // Each place in one language first, then in the other one.
  const spoken = [0, 1].flatMap((turn) =>
    places.map((place, index) => [place, (index + turn) % 2 === 0 ? 'fr' : 'en'] as const),
  );
  for (const [place, language] of someOf(spoken, places.length)) {
    it(`are accessible and speak the language asked for: ${place} in ${language}`, async () => {
      const page = browser.page();
      await page.goto(`${origin}${place}?lang=${language}`);
      expect(await page.locator('html').getAttribute('lang')).to.equal(language);
      await expectNoAxeViolations(page);
    });
  }

  it('let a person sign in, greet them, keep the language, and let them out again', async () => {
    const page = browser.page();
    await page.goto(`${origin}/etis`);
    await page.getByRole('button', { name: seededPeople[0]!.name }).click();
    expect(await page.locator('h1').textContent()).to.equal(`Bonjour ${seededPeople[0]!.name}`);
    await expectNoAxeViolations(page);
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    expect(await page.locator('h1').textContent()).to.equal('Connexion à l’intranet ETIS');
  });

  it('offer the calendar file of a mail as a download', async () => {
    const page = browser.page();
    await page.goto(`${origin}/mail/1`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'invite.ics' }).click(),
    ]);
    expect(download.suggestedFilename()).to.equal('invite.ics');
  });

  it('open the intranet as the reader of a mail', async () => {
    const page = browser.page();
    await page.goto(`${origin}/mail/1`);
    await page.getByRole('button', { name: seededPeople[0]!.name }).click();
    expect(new URL(page.url()).pathname).to.equal('/etis/mentorat');
  });

  it('tell a journey stop by stop, and never move the clock back', async () => {
    const page = browser.page();
    const before = clock.now();
    await page.goto(`${origin}/clock`);
    await page.getByRole('button', { name: '+ 3 jours' }).click();
    await page.waitForLoadState('load');
    expect(await page.locator('ol li').allTextContents()).to.have.length.of.at.least(3);
    await expectNoAxeViolations(page);
    expect(clock.now().getTime() - before.getTime()).to.be.at.least(3 * dayMs - 3_600_000);
    const back = await page.request.post(`${origin}/clock`, { form: { date: '2020-01-01' } });
    expect(back.status()).to.equal(422);
    expect(await back.text()).to.match(/role="alert">[^<]*ne recule pas/);
  });

  it('keep the clock where it was when they are opened again', async () => {
    const again = await openClock(memory);
    expect(Math.abs(again.offsetMs() - clock.offsetMs())).to.be.below(10);
    expect(again.offsetMs()).to.be.greaterThan(dayMs);
  });
});
