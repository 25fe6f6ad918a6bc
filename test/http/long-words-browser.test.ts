// A word of sixty letters in every text that somebody may write, in the narrowest window: pages bear it, in a real browser.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { exclude } from '../../service/usecases/decide-exclusion.ts';
import { crossLabCoordinator, useApp } from '../support/app.ts';
import { keepPicture } from '../support/browser-pages.ts';
import { useBrowser } from '../support/browser.ts';
import { useFolder } from '../support/folder.ts';
import { aNotice, factsOf, renderOne } from '../support/mail.ts';
import { offerAnswers, participant, requestAnswers } from '../support/people.ts';
import { runMatching } from '../../service/usecases/run-matching.ts';

/** Sixty letters, and no place where it could be broken. */
const word = (letter: string): string => letter.toUpperCase() + 'mnopqrstuv'.repeat(6).slice(1);
const [lab, employer] = [word('a'), word('b')];
const [mentee, mentor] = [`Ida ${word('c')}`, `Jo ${word('d')}`];

interface Sheet {
  employer: string;
  contacts: { name?: string; email: string }[];
}

describe('a word of sixty letters', function () {
  this.timeout(300_000);
  const folder = useFolder();
  const app = useApp({}, { env: () => ({ PROGRAMME_FILE: programmeFile() }) });
  const browser = useBrowser();

  /** Every lab, employer and contact has a name of one long word. */
  function programmeFile(): string {
    const programme = JSON.parse(readFileSync('config/programme.json', 'utf8')) as { labs: object[] };
    const labs = (programme.labs as { name: string; referral: Sheet[] }[]).map(({ referral, ...rest }) => ({
      ...rest,
      name: lab,
      referral: referral.map(({ contacts }) => ({
        employer,
        contacts: contacts.map((contact, at) => ({
          ...contact,
          name: word('e'),
          email: `${word('f')}${at}@cyu.example`,
        })),
      })),
    }));
    const file = path.join(folder(), 'programme.json');
    writeFileSync(
      file,
      JSON.stringify({ ...programme, videoRoomBase: `https://${word('g')}.example/${word('h')}`, labs }),
    );
    return file;
  }

  /** All pages that links lead to, each form of address once; what sticks out of them. */
  async function walk(page: Page, start: string): Promise<string[]> {
    const [waiting, met, wide] = [[start], new Set<string>(), [] as string[]];
    for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
      const form = new URL(address).pathname.replaceAll(/[\w-]{15,}/gu, ':id');
      if (met.has(form)) continue;
      met.add(form);
      await page.goto(address);
      const found = await page.evaluate<{ out: string[]; links: string[] }>(`(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
        const clipped = (element) => element.closest('.scroll') !== null;
        const out = [...document.querySelectorAll('body *')]
          .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 0.5 && !clipped(element))
          .map((element) => element.tagName + '.' + element.className);
        const links = [...document.querySelectorAll('a[href]')].map(({ href }) => href)
          .filter((href) => href.startsWith(location.origin) && !/[.](csv|ics|json)|#/u.test(href));
        return { out: document.documentElement.scrollWidth > window.innerWidth ? out : [], links };
      })()`);
      await keepPicture(page, `long-words${form.replaceAll('/', '-')}`);
      if (found.out.length > 0) wide.push(`${form}: ${found.out.slice(0, 4).join(' ')}`);
      waiting.push(...found.links.map((link) => link.replace(/#.*/u, '')));
    }
    expect(met.size, 'pages').to.be.above(7);
    return wide;
  }

  async function narrow(cookies?: Parameters<ReturnType<Page['context']>['addCookies']>[0]): Promise<Page> {
    const page = await browser.newPerson({ viewport: { width: 320, height: 640 } });
    if (cookies) await page.context().addCookies(cookies);
    return page;
  }

  it('sticks out of no page of two people in a dialogue, nor of their mails', async () => {
    const other = await participant(app, { subject: mentor, lab: 'liris' });
    await other.submit('/mentor', { ...offerAnswers, capacity: '2' });
    const one = await participant(app, { subject: mentee });
    await one.submit('/request', { ...requestAnswers, message: word('i') });
    await runMatching(app.service().ports, { seed: 1 });
    const [proposal = ''] = /\/proposals\/[\w-]+/u.exec((await one.get('/')).text) ?? [];
    const [theirs, ours] = [await narrow(other.cookies()), await narrow(one.cookies())];
    expect(await walk(theirs, `${app.baseUrl()}${proposal}`)).to.deep.equal([]);
    for (const visitor of [one, other]) {
      await visitor.get('/');
      await visitor.submit(`${proposal}/answer`, { answer: 'yes' });
    }
    const [, attempt = ''] = /name="attempt" value="([\w-]+)"/u.exec((await one.get('/help')).text) ?? [];
    expect((await one.submit('/help', { attempt, lab: 'all', message: `${word('j')}\n${word('k')}` })).text).to.include(
      word('j'),
    );
    for (const page of [theirs, ours]) expect(await walk(page, `${app.baseUrl()}/`)).to.deep.equal([]);

    const partner = { name: mentor, email: `${word('r')}@liris.example`, labName: lab };
    const facts = {
      ...factsOf('meeting_agreed', { name: mentee }),
      partner,
      room: `https://${word('s')}.example/${word('t')}`,
    };
    const mail = await narrow();
    await mail.setContent(renderOne(aNotice({ kind: 'meeting_agreed' }), facts).html);
    expect(await mail.evaluate('document.documentElement.scrollWidth')).to.be.at.most(320);
  });

  it('sticks out of no page of a coordinator or an administrator', async () => {
    const visitor = await app.enter({ subject: crossLabCoordinator, name: `Kim ${word('l')}` });
    const desk = await narrow(visitor.cookies());
    expect(await walk(desk, `${app.baseUrl()}/`)).to.deep.equal([]);
    const { administration } = app.service().tool;
    const [known] = await administration.listPlatforms();
    const token = (await administration.createInvite('lix')).url.split('/').at(-1) ?? '';
    const { authorizationUrl, tokenUrl, keysetUrl, issuer } = known!.registration;
    const names = { name: word('m'), clientId: word('n'), deploymentId: word('o') };
    await administration.addInvitedPlatform(token, { ...names, authorizationUrl, tokenUrl, keysetUrl, issuer });
    const { ports } = app.service();
    const asked = { id: 'BCDFGH', status: 'asked', reason: 'harassment', labId: 'liris', reference: 'BCDFGH' } as const;
    const email = `${word('p')}@liris.example`;
    await ports.exclusions.insert({ ...asked, target: 'BCDFGH', marks: ['BCDFGH'], email, askedAt: app.clock.now() });
    await exclude(ports, 'BCDFGH');
    const page = await narrow();
    await page.goto((await app.service().admin.createLink({ name: `Lou ${word('q')}` })).url);
    await page.getByRole('button', { name: 'Entrer' }).press('Enter');
    await page.waitForURL(`${app.baseUrl()}/admin?done=entered`);
    expect(await walk(page, `${app.baseUrl()}/admin`)).to.deep.equal([]);
  });
});
