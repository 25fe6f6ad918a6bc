import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { useApp } from '../support/app.ts';
import { participant } from '../support/people.ts';

const token = 'a token of the tests only';

describe('an address of the service', () => {
  const app = useApp({ METRICS_TOKEN: token.replaceAll(' ', '-') });

  /** Sends the path byte by byte as it stands: fetch would mend dots and slashes. Gives the status. */
  async function ask(path: string, method = 'GET', head = ''): Promise<number> {
    const { hostname, port } = new URL(app.baseUrl());
    const socket = createConnection(Number(port), hostname);
    socket.write(`${method} ${path} HTTP/1.1\r\nHost: x\r\n${head}Connection: close\r\n\r\n`);
    return Number(/^HTTP\/1.1 (\d+)/.exec(await text(socket))?.[1]);
  }

  const known = ['/lti/keys', '/lti/login', '/health/live', '/health/ready', '/metrics', '/admin', '/referral', '/'];
  const authorization = `Authorization: Bearer ${token.replaceAll(' ', '-')}\r\n`;

  for (const path of known) {
    it(`is answered at ${path}`, async () => {
      expect(await ask(path, 'GET', authorization)).not.to.equal(404);
    });
  }

  const others = known.slice(0, -1).flatMap((path) => {
    const [, first = '', ...rest] = path.split('/');
    const last = path.slice(1);
    return [
      path.toUpperCase(),
      `/${first.slice(0, 1).toUpperCase()}${first.slice(1)}${rest.map((part) => `/${part}`).join('')}`,
      `${path}/`,
      `${path}//`,
      `/${path}`,
      `${path};x=1`,
      `${path}%2F`,
      `/%${first.charCodeAt(0).toString(16)}${last.slice(1)}`,
      `/x/..${path}`,
      `/.${path}`,
      `${path}/.`,
    ];
  });
  for (const path of others) {
    it(`is no other one: nothing is answered at ${path}`, async () => {
      expect(await ask(path, 'GET', authorization)).to.equal(404);
    });
  }

  const nearMisses = [
    ['GET', '/Referral'],
    ['GET', '/REFERRAL?employer=CNRS'],
    ['GET', '/referral/'],
    ['GET', '/referral//'],
    ['GET', '//referral'],
    ['GET', '/x/../referral'],
    ['GET', '/referral%2F'],
    ['GET', '/referral%'],
    ['GET', '/%72eferral'],
    ['GET', '/%2572eferral'],
    ['GET', '/referral;x'],
    ['GET', '/referral.html'],
    ['GET', '/fr/referral'],
    ['GET', '/assets/../referral'],
    ['GET', '/referral#top'],
    ['POST', '/referral'],
    ['DELETE', '/referral'],
    ['HEAD', '/referral'],
    ['OPTIONS', '/referral'],
  ] as const;

  it('of the referral sheet leaves no line, however it is written and whoever asks', async () => {
    const visitor = await participant(app, { subject: 'Nia Nobody' });
    const cookie = `Cookie: ${visitor
      .cookies()
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')}\r\n`;
    app.log.length = 0;
    expect(await ask('/referral', 'GET', cookie)).to.equal(200);
    expect(await ask('/referral?employer=CNRS', 'GET', cookie)).to.equal(200);
    for (const [method, path] of nearMisses) {
      await ask(path, method);
      await ask(path, method, cookie);
    }
    expect(app.log).to.deep.equal([]);
  });

  it('of the referral sheet leaves no line when the page itself fails', async () => {
    const visitor = await participant(app, { subject: 'Nell Nobody' });
    const { members } = app.service().ports;
    const original = { findByPerson: members.findByPerson.bind(members) };
    app.log.length = 0;
    Object.assign(members, { findByPerson: () => Promise.reject(new Error('a bug')) });
    try {
      expect((await visitor.get('/referral')).status).to.equal(500);
      expect(app.log).to.deep.equal([]);
      expect((await visitor.get('/choices')).status).to.equal(500);
      expect(app.log).to.have.length(2);
    } finally {
      Object.assign(members, original);
    }
  });

  it('is written into the log as the pattern of the route that answered, or as nothing that could be told', async () => {
    app.log.length = 0;
    await ask('/lti/login?login_hint=Nia');
    await ask('/lti/register/an-invitation');
    await ask('/Profile/Nia');
    expect(app.log.filter(({ msg }) => msg === 'answered').map(({ route }) => route)).to.deep.equal([
      '/lti/login',
      '/lti/register/:token',
      'other',
    ]);
    expect(JSON.stringify(app.log)).not.to.match(/Nia|an-invitation/);
  });
});
