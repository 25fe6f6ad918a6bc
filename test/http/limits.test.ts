// How much one may do, by real requests: strangers by address, people by page and by deed; told in their language.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import express from 'express';
import { pino } from 'pino';
import supertest from 'supertest';
import { limitNames, limits } from '../../service/domain/limit.ts';
import { clientOf } from '../../service/http/client-address.ts';
import { heavyDeeds } from '../../service/http/limits.ts';
import { routes } from '../../service/http/routes.ts';
import { type Service, wire } from '../../service/wiring.ts';
import { plain, useApp, type Visitor } from '../support/app.ts';
import { participant, profileAnswers } from '../support/people.ts';

const token = 'A'.repeat(43);

/** Every way in for somebody without a session, and the limit it counts against. */
const strangers = {
  entry: ['/lti/login?iss=x', '/lti/session', '/lti/tab', '/lti/choose'],
  keys: ['/lti/keys'],
  assets: ['/assets/none.css', '/lti/assets/none.js'],
  probes: ['/health/live', '/health/ready'],
  registration: [`/lti/register/${token}`],
  administration: [`/admin/enter/${token}`, '/admin', '/admin/platforms/new', '/admin/nothing'],
  survey: [`/survey/${token}`],
  calendar: [`/calendar/${token}.ics`],
  no_session: ['/', '/profile', '/nothing/like/it'],
} as const;

describe('a stranger who asks too often', () => {
  const small = Object.fromEntries(limitNames.map((name) => [name, 3]));
  const app = useApp(
    { METRICS_TOKEN: 'a-token-of-the-tests' },
    { programme: { limits: { ...small, launch: 240, pages: 600, deed: 60, refused_entry: 600 } } },
  );
  const get = (path: string, language = 'fr') =>
    supertest(app.baseUrl()).get(path).set('Accept-Language', language).set('Sec-Fetch-Dest', 'document');

  for (const [name, paths] of Object.entries(strangers)) {
    for (const path of paths) {
      it(`is answered 429 with a sentence and Retry-After at ${path}, in French and in English`, async () => {
        const before: number[] = [];
        for (let asked = 0; asked < 3; asked += 1) before.push((await get(path)).status);
        // Probes, files and pages that are not there are counted together.
        if (path === paths[0] && name !== 'no_session') expect(before).not.to.include(429);
        const french = await get(path);
        expect(french.status).to.equal(429);
        expect(Number(french.headers['retry-after'])).to.be.within(1, limits[name as keyof typeof limits].seconds);
        expect(plain(french.text)).to.include('C’est beaucoup en peu de temps').and.include('Réessayez dans');
        expect(french.headers['content-security-policy']).to.include("default-src 'none'");
        const english = await get(path, 'en');
        expect(english.status).to.equal(429);
        expect(plain(english.text)).to.include('That is a lot in a short time').and.include('Try again in');
      });
    }
  }

  it('is not believed about their address where no proxy is trusted', async () => {
    for (let asked = 0; asked < 4; asked += 1) await get('/').set('X-Forwarded-For', `198.51.100.${asked}`);
    expect((await get('/').set('X-Forwarded-For', '198.51.100.200')).status).to.equal(429);
  });

  it('is seen in the log by route and in the figures by limit, and named in neither', async () => {
    const lines = app.log.filter(({ status }) => status === 429);
    expect(lines.map(({ route }) => route)).to.include.members(['/survey', '/lti/login', '/calendar/:token', 'other']);
    const written = app.log.length;
    expect((await get('/referral')).status).to.equal(429);
    expect(app.log.length, 'and of the referral sheet not at all').to.equal(written);
    expect(JSON.stringify(app.log)).not.to.include('127.0.0.1').and.not.to.include(token);
    const asked = get('/metrics').set('Authorization', 'Bearer a-token-of-the-tests');
    const { text } = await asked;
    for (const limit of ['survey', 'no_session', 'entry', 'administration']) {
      expect(text).to.match(new RegExp(`^mentorat_requests_refused_total\\{limit="${limit}"\\} [1-9]`, 'mu'));
    }
    const keys = await app.service().connection.collection('limits').distinct('key');
    expect(keys.length).to.be.greaterThan(3);
    for (const key of keys) expect(key).to.match(/^:?[\w-]{43}$/u);
  });
});

describe('one address with a university behind it', () => {
  const app = useApp({}, { programme: { limits: { refused_entry: 3 } } });

  it('may open the link 2,000 times within a minute, and may not ask 21,140 times for anything', () => {
    expect(limits.entry.seconds).to.be.at.most(60);
    expect(limits.entry.most).to.be.within(2000, 21_139);
    const anonymous = Object.keys(strangers) as (keyof typeof strangers)[];
    for (const name of anonymous) expect((limits[name].most * 60) / limits[name].seconds, name).to.be.below(21_140);
  });

  it('has its people let in by signed launches while somebody among them sends forged ones', async () => {
    const forged = () => supertest(app.baseUrl()).post('/lti/launch').type('form').send({ state: 'x', id_token: 'x' });
    const statuses: number[] = [];
    for (let tried = 0; tried < 5; tried += 1) statuses.push((await forged()).status);
    expect(statuses.slice(3)).to.deep.equal([429, 429]);
    const visitor = await app.enter({ subject: 'Lena Launch' });
    expect(visitor.last?.status).to.equal(200);
  });

  it('counts an IPv6 network of 64 bits as one, and a mapped IPv4 address as itself', () => {
    const same = ['2001:db8:1:2::1', '2001:DB8:1:2:ffff::', '2001:db8:1:2:3:4:5:6', '2001:0db8:0001:0002::9'];
    expect([...new Set(same.map((ip) => clientOf({ ip })))]).to.deep.equal(['2001:db8:1:2']);
    expect(clientOf({ ip: '2001:db8:1:3::1' })).not.to.equal('2001:db8:1:2');
    expect(clientOf({ ip: '::1' })).to.equal('0:0:0:0');
    expect(clientOf({ ip: 'fe80::1%eth0' })).to.equal('fe80:0:0:0');
    expect(clientOf({ ip: '::ffff:192.0.2.7' })).to.equal('192.0.2.7');
    expect(clientOf({ ip: '192.0.2.7' })).to.equal('192.0.2.7');
  });
});

describe('a person who does the same too often', () => {
  const app = useApp({}, { programme: { limits: { deed: 4, letter: 2, pages: 40, launch: 6 } } });
  let second: { service: Service; server: Server } | undefined;

  before('start a second copy', async () => {
    const service = await wire(app.config(), { clock: app.clock, logger: pino({ level: 'silent' }) });
    const server = createServer(express().use(service.app)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    second = { service, server };
  });

  after('stop it', async () => {
    second?.server.closeAllConnections();
    await new Promise((resolve) => second?.server.close(resolve));
    await second?.service.close();
  });

  const profile = (name: string) => ({ ...profileAnswers(name), avoid: 'someone@elsewhere.example' });

  it('is refused on any copy, in their own language, and finds what they typed on the page', async () => {
    const visitor = await participant(app, { subject: 'Rita Repeat' });
    const elsewhere = `http://127.0.0.1:${(second!.server.address() as AddressInfo).port}`;
    const cookie = visitor.cookies().map(({ name, value }) => `${name}=${value}`);
    await visitor.get('/profile');
    const csrf = /name="_csrf" value="([^"]+)"/u.exec(visitor.last!.text)![1]!;
    const post = (base: string) =>
      supertest(base)
        .post('/profile')
        .set('Cookie', cookie)
        .set('Accept-Language', 'en')
        .type('form')
        .send({ _csrf: csrf, ...profile('Rita Repeat') });
    const statuses: number[] = [];
    for (const base of [elsewhere, app.baseUrl(), elsewhere, app.baseUrl()]) statuses.push((await post(base)).status);
    expect(statuses).to.deep.equal([303, 303, 303, 303]);
    const members = app.service().connection.collection('members');
    const before = await members.find().toArray();
    for (const base of [app.baseUrl(), elsewhere]) {
      const refused = await post(base);
      expect(refused.status).to.equal(429);
      expect(Number(refused.headers['retry-after'])).to.be.within(1, 3600);
      const text = plain(refused.text);
      // The person chose French, whatever the browser says.
      expect(text)
        .to.include('C’est beaucoup en peu de temps')
        .and.match(/Réessayez dans (?:une heure|\d+\u00a0minutes)/u);
      expect(text).to.include('name="avoid" value="someone@elsewhere.example"');
      expect(text).to.include('name="otherLanguages" value="en"').and.include('action="/profile"');
      expect(text).not.to.include(`"_csrf" value=""`);
    }
    expect(await members.find().toArray()).to.deep.equal(before);
    expect((await visitor.get('/profile')).status, 'pages stay open').to.equal(200);
    expect((await visitor.send('/availability', { anyTime: 'yes' })).status, 'another deed does too').to.equal(303);
    const other = await participant(app, { subject: 'Otto Other' });
    expect((await other.send('/profile', profile('Otto Other'))).status, 'and other people').to.equal(303);
  });

  it('says so in English to somebody who chose English', async () => {
    const visitor = await participant(app, { subject: 'Eve English', locale: 'en' });
    let answer = await visitor.send('/profile', profile('Eve English'));
    for (let act = 0; act < 4; act += 1) answer = await visitor.send('/profile', profile('Eve English'));
    expect(answer.status).to.equal(429);
    expect(plain(answer.text)).to.include('That is a lot in a short time').and.include('Send again');
  });

  it('is not held to what a forged form of another site would have spent', async () => {
    const visitor = await participant(app, { subject: 'Fay Forged' });
    const cookie = visitor.cookies().map(({ name, value }) => `${name}=${value}`);
    for (let act = 0; act < 6; act += 1) {
      const forged = await supertest(app.baseUrl())
        .post('/profile')
        .set('Cookie', cookie)
        .type('form')
        .send({ name: 'x' });
      expect(forged.status).to.equal(403);
    }
    expect((await visitor.send('/profile', profile('Fay Forged'))).status).to.equal(303);
  });

  it('is refused pages beyond those of a reader, also those of a session that nobody uses by hand', async () => {
    const visitor = await participant(app, { subject: 'Paul Pages' });
    const statuses: number[] = [];
    for (let page = 0; page < 42; page += 1) statuses.push((await visitor.get('/')).status);
    expect(statuses.at(-1)).to.equal(429);
    expect(visitor.last?.text, 'with the way to everything else').to.include('href="/profile"');
    expect(visitor.last?.text).not.to.include('Envoyer de nouveau');
  });

  it('is refused also what is no page of ours, and gets no more of either by another launch', async () => {
    const visitor = await participant(app, { subject: 'Nora Nothing' });
    const statuses: number[] = [];
    for (let tried = 0; tried < 42; tried += 1) statuses.push((await visitor.get(`/nothing-${tried}`)).status);
    expect([...new Set(statuses)]).to.deep.equal([404, 429]);
    expect(visitor.last?.text, 'with the way to everything else').to.include('href="/profile"');
    const again = await app.enter({ subject: 'Nora Nothing' });
    expect(again.last?.status).to.equal(429);
    expect((await app.enter({ subject: 'Nina Next' })).last?.status, 'and other people are not').to.equal(200);
  });

  it('is refused forged and unreadable forms beyond the pages of a reader, and finds what they typed in a form of their own', async () => {
    const visitor = await participant(app, { subject: 'Frida Forger' });
    const cookie = visitor.cookies().map(({ name, value }) => `${name}=${value}`);
    const post = () => supertest(app.baseUrl()).post('/profile').set('Cookie', cookie);
    const statuses: number[] = [];
    for (let tried = 0; tried < 21; tried += 1) {
      statuses.push((await post().type('form').send({ _csrf: 'x', name: 'x' })).status);
      statuses.push((await post().send({ name: 'x' })).status);
    }
    expect([...new Set(statuses)].sort()).to.deep.equal([403, 415, 429]);
    expect(statuses.slice(-2)).to.deep.equal([429, 429]);
    const refused = await visitor.send('/profile', profile('Frida Forger'));
    expect(refused.status).to.equal(429);
    expect(plain(refused.text))
      .to.include('name="avoid" value="someone@elsewhere.example"')
      .and.include('action="/profile"')
      .and.not.include('"_csrf" value=""');
  });

  it('is refused another session after so many launches, and is not for any other person’s', async () => {
    const enter = (): Promise<Visitor> => app.enter({ subject: 'Lou Launches' });
    for (let launch = 0; launch < 6; launch += 1) await enter();
    const refused = await enter().then(
      () => 'let in',
      (error: unknown) => String(error),
    );
    expect(refused).to.include('429').and.include('C’est beaucoup en peu de temps');
    await app.enter({ subject: 'Lea Launches' });
    const sessions = await app.service().connection.collection('lti_sessions').countDocuments({});
    expect(sessions).to.be.greaterThan(6);
  });

  it('is refused as many launches that place links, which are counted with the others', async () => {
    const editor = await app.enter({ subject: 'Luc Links', roles: ['Administrator'] });
    const choose = (): Promise<void> => editor.launch(app.chooserOf('etis'), 'Luc Links');
    for (let launch = 1; launch < 6; launch += 1) await choose();
    expect(editor.last?.status).to.equal(200);
    const refused = await choose().then(
      () => 'let in',
      (error: unknown) => String(error),
    );
    expect(refused).to.include('429').and.include('C’est beaucoup en peu de temps');
  });

  it('has every deed in the table of routes', () => {
    const known = routes.map(({ method, path }) => `${method} ${path}`);
    expect(Object.keys(heavyDeeds).filter((deed) => !known.includes(deed))).to.deep.equal([]);
  });
});

describe('what no page of ours would send', () => {
  const app = useApp();

  it('is refused with a sentence: a file, a long address, a body above the limit', async () => {
    const visitor = await participant(app, { subject: 'Fritz File' });
    const cookie = visitor.cookies().map(({ name, value }) => `${name}=${value}`);
    const agent = supertest(app.baseUrl());
    const file = await agent
      .post('/profile')
      .set('Cookie', cookie)
      .field('name', 'x')
      .attach('file', Buffer.from('x'), 'x');
    expect(file.status).to.equal(415);
    expect(file.text).to.include('pas un formulaire');
    const json = await agent.post('/profile').set('Cookie', cookie).send({ name: 'x' });
    expect(json.status).to.equal(415);
    const long = await agent
      .get(`/?done=${'x'.repeat(3000)}`)
      .set('Cookie', cookie)
      .set('Accept-Language', 'en');
    expect(long.status).to.equal(414);
    expect(long.text).to.include('This address is too long');
    const large = await visitor.send('/profile', { name: 'x'.repeat(40_000) });
    expect(large.status).to.equal(413);
    expect(large.text).to.include('trop long pour être reçu');
    const many = await agent.post('/profile').set('Cookie', cookie).type('form').send('a=1&'.repeat(1500));
    expect(many.status).to.equal(413);
    for (const path of ['/survey', '/admin/enter']) {
      expect((await agent.post(path).attach('file', Buffer.from('x'), 'x')).status, path).to.equal(415);
    }
  });
});
