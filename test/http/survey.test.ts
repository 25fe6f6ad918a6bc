// The survey's page as anybody with a mail meets it: no session, no cookie, no script, and no trace of the link.
import { expect } from 'chai';
import supertest, { type Response } from 'supertest';
import { monday, plain, useApp } from '../support/app.ts';

const answers = { useful: 'yes', received: 'rather_yes', confidential: 'unsaid', outside_hierarchy: 'no' };

describe('the closing survey’s page', () => {
  const app = useApp();
  const http = () => supertest(app.baseUrl());
  const issue = (until = '2026-12-14'): string => app.service().ports.surveys.issue({ side: 'mentee', until });
  const look = (token: string, locale = 'fr') => http().get(`/survey/${token}`).set('Accept-Language', locale);
  const send = (fields: object) => http().post('/survey').set('Accept-Language', 'fr').type('form').send(fields);
  const kept = () => app.service().connection.collection('survey_answers').find().toArray();

  beforeEach(async () => {
    await app.service().connection.collection('survey_answers').deleteMany({});
  });

  it('asks the four questions of whoever holds a link, and is used up by no look', async () => {
    const token = issue();
    for (let times = 0; times < 2; times += 1) {
      const { status, text } = await look(token);
      expect(status).to.equal(200);
      expect(plain(text)).to.include('Votre regard sur un dialogue').and.include('Je préfère ne pas le dire');
      expect(text.match(/<fieldset/gu)).to.have.length(4);
      expect(text.match(/type="radio"/gu)).to.have.length(20);
      expect(text).to.not.match(/<textarea|type="text"| checked/u);
    }
    expect(await kept()).to.deep.equal([]);
  });

  it('speaks the browser’s language, French unless it asks for English', async () => {
    const token = issue();
    expect((await look(token, 'en-GB,en;q=0.9')).text)
      .to.include('lang="en"')
      .and.include('Your view of a dialogue');
    expect((await look(token, 'de')).text).to.include('lang="fr"');
    expect((await look('nothing', 'en')).text).to.include('This link leads to no survey');
  });

  it('keeps the answers, says thank you, and keeps one answer of a link that is sent eight times at once', async () => {
    const token = issue();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => send({ token, ...answers })));
    expect(outcomes.map(({ status }) => status).toSorted()).to.deep.equal([200, ...Array<number>(7).fill(410)]);
    const thanks = outcomes.find(({ status }) => status === 200)?.text ?? '';
    expect(plain(thanks)).to.include('sans rien qui les relie à vous');
    const [one, ...others] = await kept();
    expect(others).to.deep.equal([]);
    expect(one).to.include({ side: 'mentee', quarter: '2026-Q4' });
    expect(one?.['replies']).to.deep.equal(answers);
    expect(plain((await look(token)).text)).to.include('Une réponse a déjà été donnée, merci');
  });

  it('asks again for what was left out, keeps what was chosen, and does not use the link up by that', async () => {
    const token = issue();
    const { status, text } = await send({ token, useful: 'rather_no' });
    expect(status).to.equal(422);
    expect(plain(text)).to.include('3 réponses sont à revoir').and.include('href="#f-received"');
    expect(text).to.match(/name="useful" value="rather_no" checked/u);
    expect((await send({ token, ...answers })).status).to.equal(200);
  });

  it('refuses answers that are not on the scale, and fields that were never asked for', async () => {
    const token = issue();
    for (const odd of [{ useful: 'wonderful' }, { comment: 'a text' }, { useful: ['yes', 'no'] }]) {
      expect((await send({ token, ...answers, ...odd })).status, JSON.stringify(odd)).to.equal(422);
    }
    expect(await kept()).to.deep.equal([]);
  });

  it('answers 404 to a link that was never made and 410 to one whose time has passed, and repeats neither', async () => {
    const past = issue('2026-11-22');
    for (const [token, status, sentence] of [
      ['A'.repeat(68), 404, 'Ce lien ne mène à aucun questionnaire'],
      [issue().slice(1), 404, 'Ce lien ne mène à aucun questionnaire'],
      ['%3Cscript%3E', 404, 'Ce lien ne mène à aucun questionnaire'],
      [past, 410, 'Ce questionnaire est terminé'],
    ] as const) {
      for (const answer of [await look(token), await send({ token: decodeURIComponent(token), ...answers })]) {
        expect(answer.status, token).to.equal(status);
        expect(plain(answer.text)).to.include(sentence).and.not.include(decodeURIComponent(token));
      }
    }
    for (const fields of [{}, { token: ['a', 'b'] }, answers]) expect((await send(fields)).status).to.equal(404);
    expect(await kept()).to.deep.equal([]);
  });

  it('is good through its last day', async () => {
    const token = issue('2026-11-23');
    app.clock.set(new Date('2026-11-23T22:59:00Z'));
    expect((await look(token)).status).to.equal(200);
    app.clock.set(new Date('2026-11-23T23:01:00Z'));
    expect((await look(token)).status).to.equal(410);
    expect(monday < app.clock.now()).to.equal(true);
  });

  it('sets no cookie, ignores those it is sent, leaks no referrer, is kept by nobody and framed by nobody', async () => {
    const token = issue();
    const seen: Response[] = [await look(token), await look('x'), await send({ token, ...answers })];
    for (const { headers, text } of seen) {
      expect(headers['set-cookie']).to.equal(undefined);
      expect(headers['referrer-policy']).to.equal('no-referrer');
      expect(headers['cache-control']).to.equal('no-store');
      expect(headers['x-frame-options']).to.equal('DENY');
      expect(headers['content-security-policy'])
        .to.include("frame-ancestors 'none'")
        .and.include("form-action 'self'")
        .and.include("default-src 'none'");
      expect(text).to.not.match(/(?:href|src|action)="https?:/u);
    }
    const visitor = await app.enter({ subject: 'Sam Survey' });
    expect((await visitor.get(`/survey/${issue()}`)).text)
      .to.not.include('Sam Survey')
      .and.not.include('_csrf');
  });

  it('is logged by its pattern only: no line of a visit holds any part of the link', async () => {
    const token = issue();
    const from = app.log.length;
    await look(token);
    await send({ token, useful: 'yes' });
    await send({ token, ...answers });
    await look(`${token}%`);
    await http().get(`/survey/${token}/more`);
    await http().delete(`/survey/${token}`);
    await http().get(`/Survey/${token}`);
    const lines = app.log.slice(from);
    expect(lines.map(({ route }) => route).slice(0, 3)).to.deep.equal(['/survey/:token', '/survey', '/survey']);
    expect(lines.length).to.be.at.least(7);
    const text = JSON.stringify(lines);
    for (const part of [token, token.slice(0, 12), token.slice(-12), 'rather_yes']) expect(text).to.not.include(part);
  });
});
