// What every answer carries, what is refused, and what the log may know.
import { expect } from 'chai';
import { MentoringError, mentoringErrorCodes } from '../../service/domain/errors.ts';
import { outcomeOf } from '../../service/http/errors.ts';
import { plain, useApp } from '../support/app.ts';
import { participant, signed } from '../support/people.ts';

describe('every answer', () => {
  const app = useApp();

  it('is framed by registered platforms only, runs no inline code and is not kept', async () => {
    const visitor = await app.enter({ subject: 'Hal Header' });
    const { headers, text } = await visitor.get('/charter');
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).to.include("default-src 'none'").and.include("style-src 'self'").and.not.include('unsafe');
    expect(policy).to.match(/frame-ancestors 'self' http:\/\/127\.0\.0\.1:\d+/u);
    expect(headers).not.to.have.any.keys('x-frame-options', 'x-powered-by', 'etag');
    expect(headers['referrer-policy']).to.equal('no-referrer');
    expect(headers['cache-control']).to.equal('no-store');
    expect(text).not.to.match(/<script>|<style|\sstyle="|\son\w+="/u);
  });

  it('holds assets that may be kept for ever under names that change with them', async () => {
    const visitor = app.stranger();
    const { text } = await visitor.get('/');
    for (const [, address = ''] of text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/gu)) {
      const { status, headers } = await visitor.get(address);
      expect(status, address).to.equal(200);
      expect(headers['cache-control']).to.include('immutable');
      expect(headers['content-encoding']).to.equal('gzip');
    }
    expect((await visitor.get('/assets/mentorat.0000000000.css')).status).to.equal(404);
    expect((await visitor.get('/assets/../package.json')).status).to.be.oneOf([401, 404]);
  });

  it('asks a stranger to come in by their platform, in their language, with the national numbers', async () => {
    const { status, text } = await app.stranger().get('/my-data');
    expect(status).to.equal(401);
    expect(text).to.include('Votre session est fermée').and.include('tel:3114');
  });

  it('is a page of its own for what does not exist', async () => {
    const visitor = await participant(app, { subject: 'Lost Lea' });
    const { status, text } = await visitor.get('/nowhere');
    expect(status).to.equal(404);
    expect(text).to.include('Cette page n’existe pas');
    expect((await visitor.get('/proposals/%00')).status).to.equal(404);
    expect((await visitor.get('/proposals/%E0%A4%A')).status).to.equal(400);
  });

  it('refuses a form from elsewhere, and one without its token', async () => {
    const visitor = await participant(app, { subject: 'Cam Csrf' });
    expect((await visitor.send('/my-data/leave', { _csrf: 'x' })).status).to.equal(403);
    expect((await visitor.get('/')).text).to.include('Bonjour Cam Csrf');
  });

  it('refuses a form that is too large', async () => {
    const visitor = await signed(app, { subject: 'Big Ben' });
    expect((await visitor.send('/profile', { name: 'x'.repeat(40_000) })).status).to.equal(413);
  });

  it('says in the charter, before anybody signs, that whoever administers their platform can enter as them', async () => {
    for (const [locale, sentence] of [
      ['fr', 'Les personnes qui l’administrent pourraient donc entrer à votre place'],
      ['en', 'The people who administer it could therefore enter in your name'],
    ] as const) {
      const visitor = await app.enter({ subject: `reader in ${locale}`, locale });
      expect(plain((await visitor.get('/charter')).text)).to.include(sentence);
    }
  });

  it('leads whoever has not signed to the charter, and whoever is a draft to the profile', async () => {
    const visitor = await app.enter({ subject: 'Dan Draft' });
    expect((await visitor.get('/mentor')).text).to.include('La charte du programme');
    const draft = await signed(app, { subject: 'Dan Draft' });
    expect((await draft.get('/mentor')).text).to.include('<h1>Votre profil</h1>');
  });

  it('leaves no trace of the referral sheet and no address in the log', async () => {
    const visitor = await participant(app, { subject: 'Ann Anonymous' });
    app.log.length = 0;
    const { text } = await visitor.get('/referral?employer=CNRS');
    expect(text).to.include('Nous n’enregistrons pas qui ouvre cette page').and.include('Médecine du travail');
    expect(text.indexOf('Médecine du travail')).to.be.lessThan(text.indexOf('Ressources humaines'));
    expect(app.log).to.deep.equal([]);
    await visitor.get('/proposals/secret-id?x=secret');
    expect(app.log.map(({ method, route, status }) => ({ method, route, status }))).to.deep.equal([
      { method: 'GET', route: '/proposals/:id', status: 404 },
    ]);
    expect(JSON.stringify(app.log)).not.to.match(/secret|Ann|session/u);
    expect(app.log[0]).to.have.property('ms').that.is.a('number');
  });

  it('keeps the language that a member chooses for the next session and for their mails', async () => {
    const visitor = await participant(app, { subject: 'Lou Language' });
    await visitor.submit('/language', { locale: 'en', back: '/' });
    expect((await visitor.get('/')).text).to.include('Hello Lou Language');
    const { members } = app.service().ports;
    const stored = (await app.service().connection.collection('members').find().toArray()).map(({ _id }) =>
      String(_id),
    );
    const member = (await members.findMany(stored)).find(({ name }) => name === 'Lou Language');
    expect(member?.locale).to.equal('en');
    const again = await app.enter({ subject: 'Lou Language' });
    expect((await again.get('/')).text).to.include('Hello Lou Language');
  });

  it('warns before the contacts of a lab that has not filled in its own yet', async () => {
    const visitor = await participant(app, { subject: 'Eve Example' });
    const { text } = await visitor.get('/referral');
    expect(text.indexOf('sont des exemples')).to.be.within(1, text.indexOf('Médecine du travail'));
  });

  it('tells the probes whether the service lives and can work', async () => {
    const probe = app.stranger();
    expect((await probe.get('/health/live')).body).to.deep.equal({ status: 'up' });
    expect((await probe.get('/health/ready')).status).to.equal(200);
  });
});

describe('while the database is away', () => {
  const app = useApp();

  // That the service comes back by itself is shown with a database that really goes: test/outage.
  it('every page says so in plain words, and the probe sends nobody', async () => {
    const visitor = await participant(app, { subject: 'Ava Away' });
    await app.service().connection.close();
    const { status, text, headers } = await visitor.get('/');
    expect(status).to.equal(503);
    expect(headers['retry-after']).to.equal('30');
    expect(text).to.include('Le service est momentanément indisponible').and.include('tel:112');
    expect((await visitor.get('/health/ready')).status).to.equal(503);
    expect((await visitor.get('/health/live')).status).to.equal(200);
    // To be stopped like any other.
    await app.service().connection.openUri(app.databaseUri());
  });
});

describe('a refusal', () => {
  it('has one outcome for each code of the programme', () => {
    for (const code of mentoringErrorCodes) {
      const outcome = outcomeOf(new MentoringError(code));
      if ('seeOther' in outcome) expect(outcome.seeOther).to.match(/^\//u);
      else expect(outcome.status).to.be.within(400, 499);
    }
  });
});
