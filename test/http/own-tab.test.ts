// From a frame to a tab of its own: once, within a minute, by the same person, and by nobody whom a stranger sends there.
import { expect } from 'chai';
import type { Response } from 'supertest';
import supertest from 'supertest';
import { useApp, type Visitor } from '../support/app.ts';
import { participant } from '../support/people.ts';

const ours = { 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Dest': 'document' };

describe('a tab of its own', () => {
  const app = useApp();
  const valueOf = (page: string, name: string): string =>
    new RegExp(`name="${name}" value="([^"]*)"`, 'u').exec(page)?.[1] ?? '';

  async function offered(visitor: Visitor): Promise<string> {
    const { text, headers, status } = await visitor.send('/own-tab', { back: '/profile' });
    expect(status).to.equal(200);
    expect(headers).to.not.have.property('content-encoding');
    expect(text).to.include('action="/lti/tab/open" target="_blank"');
    expect(valueOf(text, 'path')).to.equal('/profile');
    return valueOf(text, 'ticket');
  }
  type Jar = ReturnType<typeof supertest.agent>;
  const open = async (
    tab: Jar,
    ticket: string,
    { headers = ours, path = '/profile' }: { headers?: Record<string, string>; path?: string } = {},
  ): Promise<Response> => tab.post('/lti/tab/open').set(headers).type('form').send({ ticket, path });
  const tabOf = (): Jar => supertest.agent(app.baseUrl());

  it('is offered inside a frame only', async () => {
    const visitor = await participant(app, { subject: 'Fred Frame' });
    const cookie = visitor
      .cookies()
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
    const see = async (dest: string): Promise<string> =>
      (await supertest(app.baseUrl()).get('/profile').set({ Cookie: cookie, 'Sec-Fetch-Dest': dest })).text;
    expect(await see('iframe')).to.include('action="/own-tab"');
    expect(await see('document')).to.not.include('action="/own-tab"');
  });

  it('opens the page as the same person, beside the frame, and ends with the frame’s own end', async () => {
    const visitor = await participant(app, { subject: 'Tia Tab' });
    const tab = tabOf();
    const answer = await open(tab, await offered(visitor));
    expect(answer.status).to.equal(303);
    expect(answer.headers['location']).to.equal('/profile');
    expect(answer.headers['referrer-policy']).to.equal('no-referrer');
    expect((await tab.get('/profile')).text).to.include('Tia Tab');
    expect((await visitor.get('/profile')).text).to.include('Tia Tab');
    const kept = await app
      .service()
      .connection.collection('lti_sessions')
      .find({ tenant: 'etis', person: { $exists: true } })
      .sort({ createdAt: 1 })
      .toArray();
    const own = kept.filter(({ person }) => person === kept.at(-1)?.['person']);
    expect(own).to.have.length(2);
    expect(new Set(own.map(({ expiresAt }) => (expiresAt as Date).getTime())).size, 'one end for both').to.equal(1);
  });

  it('takes a ticket once, the last one only, and none that is changed, late or of a session that ended', async () => {
    const visitor = await participant(app, { subject: 'Onno Once' });
    const first = await offered(visitor);
    const second = await offered(visitor);
    expect((await open(tabOf(), first)).status).to.equal(401);
    for (const wrong of [
      '',
      'x',
      second.slice(0, -1),
      `${second}x`,
      second.replace('.', ''),
      `${second.slice(0, 44)}${'x'.repeat(43)}`,
    ]) {
      expect((await open(tabOf(), wrong)).status, wrong).to.equal(401);
    }
    const both = await Promise.all([open(tabOf(), second), open(tabOf(), second)]);
    expect(both.map(({ status }) => status).sort()).to.deep.equal([303, 401]);

    const late = await offered(visitor);
    const sessions = app.service().connection.collection('lti_sessions');
    await sessions.updateMany({ tab: { $exists: true } }, { $set: { 'tab.expiresAt': new Date() } });
    expect((await open(tabOf(), late)).status).to.equal(401);

    const ended = await offered(visitor);
    await visitor.send('/log-out');
    expect((await open(tabOf(), ended)).status).to.equal(401);
  });

  it('lets nobody be led into somebody else’s session: it takes a form of our own page, and no address', async () => {
    const adversary = await participant(app, { subject: 'Ada Adversary' });
    const ticket = await offered(adversary);
    for (const site of ['cross-site', 'same-site', 'none']) {
      const { status, headers } = await open(tabOf(), ticket, { headers: { 'Sec-Fetch-Site': site } });
      expect(status, site).to.equal(403);
      expect(headers, site).to.not.have.property('set-cookie');
    }
    const origins: Record<string, string>[] = [{}, { Origin: 'null' }, { Origin: 'https://elsewhere.example' }];
    for (const headers of origins) {
      expect((await open(tabOf(), ticket, { headers })).status).to.equal(403);
    }
    const byLink = await tabOf().get('/lti/tab/open').query({ ticket, path: '/' });
    expect([byLink.status, byLink.headers['set-cookie']]).to.deep.equal([404, undefined]);
    for (const path of ['//elsewhere.example', '/\\elsewhere.example', 'https://elsewhere.example/', '']) {
      expect((await open(tabOf(), ticket, { path })).status, path).to.equal(400);
    }
    expect((await open(tabOf(), ticket)).status, 'none of this used it up').to.equal(303);
  });

  it('leaves no ticket in the database or the log', async () => {
    const ticket = await offered(await participant(app, { subject: 'Lea Log' }));
    await open(tabOf(), ticket);
    await open(tabOf(), ticket);
    const [, secret = ''] = ticket.split('.');
    expect(secret).to.have.length(43);
    const kept = await app.service().connection.collection('lti_sessions').find().toArray();
    expect(JSON.stringify(kept)).to.not.include(secret);
    const lines = app.log.filter(({ route }) => route === '/lti/tab/open');
    expect(lines.length).to.be.above(1);
    expect(JSON.stringify(app.log)).to.not.include(secret);
  });
});
