import { createServer } from 'node:http';
import { type AddressInfo, createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { decodeJwt } from 'jose';
import express from 'express';
import request from 'supertest';
import { headerIdentity } from '../../../lti/platform/index.ts';
import { listen } from './tool-keys.ts';
import { authoriseQuery, formOf, intranet, tool, type Intranet } from './support.ts';

const headers = {
  subject: 'X-Remote-User',
  name: 'X-Remote-Name',
  email: 'X-Remote-Mail',
  locale: 'X-Remote-Lang',
  roles: 'X-Remote-Roles',
};
const shown = 'the-secret-that-the-proxy-and-the-module-share';
const secret = { header: 'X-Intranet-Secret', values: [shown] };
/** On a connection whose every request shows the secret, unless the test sends another one. */
const behind = (addresses: string[], administrators: string[] = []): Intranet =>
  intranet({
    identity: headerIdentity({ addresses, secret, headers, administrators }),
    tools: [{ ...tool, sendName: true, sendEmail: true }],
  });

const launch = ({ app }: Intranet, sent: Record<string, string | string[]>) =>
  request(app)
    .get('/lti/start/mentorat')
    .set({ 'X-Intranet-Secret': shown, ...sent } as Record<string, string>);

/** Sends the lines of a request as they stand, and gives the status. */
async function raw({ app }: Intranet, asked: string, lines: readonly string[]): Promise<number> {
  const server = await listen(createServer(app));
  const socket = createConnection((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write([`${asked} HTTP/1.1`, 'Host: x', 'Connection: close', ...lines, '', ''].join('\r\n'), 'latin1');
  const answer = await text(socket);
  server.close();
  return Number(/^HTTP\/1.1 (\d+)/.exec(answer)?.[1]);
}

const named = ['X-Remote-User: ada', `X-Intranet-Secret: ${shown}`];

describe('identity from the header of a trusted proxy', () => {
  const trusted = ['127.0.0.0/8', '::1'];

  it('takes the person from the headers of a configured address', async () => {
    const { app } = behind(trusted);
    const sent = {
      'X-Intranet-Secret': shown,
      'X-Remote-User': 'ada',
      'X-Remote-Mail': 'ada@etis.example',
      'X-Remote-Roles': 'Learner;Instructor',
    };
    const { headers: answer } = await request(app).get('/lti/start/mentorat').set(sent).expect(303);
    const login = Object.fromEntries(new URL(answer['location']!).searchParams);
    const page = await request(app).get('/lti/auth').query(authoriseQuery(login)).set(sent).expect(200);
    const claims = decodeJwt(formOf(page).fields['id_token']!);
    expect(claims).to.include({ sub: 'ada', email: 'ada@etis.example' });
    expect(claims['https://purl.imsglobal.org/spec/lti/claim/roles']).to.have.length(2);
  });

  it('refuses the same headers from any other address, whatever X-Forwarded-For says', async () => {
    const made = behind(['192.0.2.0/24', '2001:db8::/32']);
    made.app.set('trust proxy', true);
    await launch(made, { 'X-Remote-User': 'ada' }).expect(401);
    await launch(made, { 'X-Remote-User': 'ada', 'X-Forwarded-For': '192.0.2.1' }).expect(401);
    await launch(made, { 'X-Remote-User': 'ada', Forwarded: 'for=192.0.2.1' }).expect(401);
  });

  it('takes nobody from a missing or empty header, or from the "(null)" that Apache writes', async () => {
    const made = behind(trusted);
    await launch(made, {}).expect(401);
    await launch(made, { 'X-Remote-User': '  ' }).expect(401);
    await launch(made, { 'X-Remote-User': '(null)' }).expect(401);
  });

  it('takes nobody from another process of the proxy’s machine, which does not know the secret', async () => {
    const made = behind(trusted);
    await launch(made, { 'X-Remote-User': 'ada' }).expect(303);
    expect(await raw(made, 'GET /lti/start/mentorat', ['X-Remote-User: ada'])).to.equal(401);
    for (const wrong of ['', shown.slice(1), `${shown}x`, shown.toUpperCase(), `${shown}, ${shown}`]) {
      await launch(made, { 'X-Remote-User': 'ada', 'X-Intranet-Secret': wrong }).expect(401);
    }
  });

  it('knows the former secret and the next one while both are named', async () => {
    const values = [shown, 'the-secret-that-will-be-used-from-tomorrow'];
    const made = intranet({ identity: headerIdentity({ addresses: trusted, secret: { ...secret, values }, headers }) });
    for (const value of values) await launch(made, { 'X-Remote-User': 'ada', 'X-Intranet-Secret': value }).expect(303);
  });

  const doubtful: [string, string[]][] = [
    ['a name that came twice', ['X-Remote-User: bob', ...named]],
    ['a name that came twice, once in capitals', ['X-REMOTE-USER: bob', ...named]],
    ['two names joined by a comma', ['X-Remote-User: ada, bob', `X-Intranet-Secret: ${shown}`]],
    ['a name that came also with underscores', ['X_Remote_User: bob', ...named]],
    ['a name that came only with underscores', ['X_Remote_User: ada', `X-Intranet-Secret: ${shown}`]],
    ['a name that came also with another sign', ['X.Remote.User: bob', ...named]],
    ['roles that came also with underscores', ['X_Remote_Roles: Administrator', ...named]],
    ['a secret that came twice', [`X-Intranet-Secret: ${shown}`, ...named]],
    ['a secret that came also with underscores', [`X_Intranet_Secret: ${shown}`, ...named]],
  ];
  for (const [what, lines] of doubtful) {
    it(`takes nobody from ${what}`, async () => {
      expect(await raw(behind(trusted), 'GET /lti/start/mentorat', named)).to.equal(303);
      expect(await raw(behind(trusted), 'GET /lti/start/mentorat', lines)).to.equal(401);
    });
  }

  const besides = [
    ...['/LTI/START/mentorat', '/LTI/start/mentorat', '/Lti/start/mentorat', '/lti/START/mentorat'],
    ...['/lti/Launch/mentorat', '/lti/CONNECT', '/lti/connect/', '/lti/launch/mentorat/', '/lti/start/mentorat/'],
    ...['/lti/%73tart/mentorat', '/%6cti/start/mentorat', '/lti%2Fstart/mentorat', '/lti/start%2Fmentorat'],
    ...['//lti/start/mentorat', '/lti//start/mentorat', '/lti/start//mentorat', '/lti/start/mentorat//'],
    ...['/lti;x/start/mentorat', '/lti/start;x/mentorat', '/lti/start/mentorat;x', '/lti/start/mentorat%20'],
    ...['/x/../lti/start/mentorat', '/lti/./start/mentorat', '/lti/keys/../start/mentorat', '/lti/start/mentorat/.'],
  ];
  for (const path of besides) {
    for (const method of ['GET', 'HEAD', 'POST']) {
      it(`begins no launch by ${method} at ${path}, which single sign-on does not guard`, async () => {
        const made = behind(trusted);
        // The host application mounts the router as Express does by default: without regard to capitals.
        const host = { ...made, app: express().use('/lti', made.platform.router) };
        expect(await raw(host, 'GET /lti/start/mentorat', named)).to.equal(303);
        expect(await raw(host, `${method} ${path}`, named)).to.equal(404);
      });
    }
  }

  it('is not made without anything that tells the proxy from another process', () => {
    expect(() => headerIdentity({ addresses: trusted, headers })).to.throw('needs a secret');
    for (const values of [[], ['short'], [shown, 'short'], [`${shown} with spaces`], [`${shown},${shown}`]]) {
      expect(() => headerIdentity({ addresses: trusted, headers, secret: { ...secret, values } }))
        .to.throw('a shared secret needs')
        .with.property('message')
        .that.does.not.include(shown);
    }
  });

  it('reads names as UTF-8, the way proxies send them', async () => {
    const { app } = behind(trusted);
    const sent = {
      'X-Intranet-Secret': shown,
      'X-Remote-User': 'zoe',
      'X-Remote-Name': Buffer.from('Zoé Đặng').toString('latin1'),
    };
    const { headers: answer } = await request(app).get('/lti/start/mentorat').set(sent).expect(303);
    const login = Object.fromEntries(new URL(answer['location']!).searchParams);
    const page = await request(app).get('/lti/auth').query(authoriseQuery(login)).set(sent);
    expect(decodeJwt(formOf(page).fields['id_token']!)['name']).to.equal('Zoé Đặng');
  });

  it('lets only a named administrator choose links', async () => {
    const { app } = behind(trusted, ['root']);
    await request(app)
      .get('/lti/start-deep-linking/mentorat')
      .set({ 'X-Remote-User': 'ada', 'X-Intranet-Secret': shown })
      .expect(403);
    await request(app)
      .get('/lti/start-deep-linking/mentorat')
      .set({ 'X-Remote-User': 'root', 'X-Intranet-Secret': shown })
      .expect(303);
  });

  it('says in one sentence which configured address is wrong', () => {
    for (const address of ['intranet.example', '10.0.0.0/33', '::1/x', '10.0.0']) {
      expect(() => headerIdentity({ addresses: [address], secret, headers })).to.throw(`"${address}" is neither`);
    }
  });

  it('is undone by nothing the tool sends: a launch begun by one person is not finished by another', async () => {
    const { app } = behind(trusted);
    const { headers: answer } = await request(app)
      .get('/lti/start/mentorat')
      .set({ 'X-Remote-User': 'ada', 'X-Intranet-Secret': shown });
    const login = Object.fromEntries(new URL(answer['location']!).searchParams);
    const page = await request(app)
      .get('/lti/auth')
      .query(authoriseQuery(login))
      .set({ 'X-Remote-User': 'bob', 'X-Intranet-Secret': shown });
    expect(formOf(page).fields['error']).to.equal('login_required');
  });
});
