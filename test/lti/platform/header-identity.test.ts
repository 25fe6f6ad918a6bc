import { request as httpRequest, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { decodeJwt } from 'jose';
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
const behind = (addresses: string[], administrators: string[] = []): Intranet =>
  intranet({
    identity: headerIdentity({ addresses, headers, administrators }),
    tools: [{ ...tool, sendName: true, sendEmail: true }],
  });

const launch = ({ app }: Intranet, sent: Record<string, string | string[]>) =>
  request(app)
    .get('/lti/start/mentorat')
    .set(sent as Record<string, string>);

describe('identity from the header of a trusted proxy', () => {
  const trusted = ['127.0.0.0/8', '::1'];

  it('takes the person from the headers of a configured address', async () => {
    const { app } = behind(trusted);
    const sent = {
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

  it('takes nobody from a header that came twice', async () => {
    const made = behind(trusted);
    const server = await listen(createServer(made.app));
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      const options = {
        port,
        host: '127.0.0.1',
        path: '/lti/start/mentorat',
        headers: { 'X-Remote-User': ['ada', 'bob'] },
      };
      httpRequest(options, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
    server.close();
    expect(status).to.equal(401);
  });

  it('reads names as UTF-8, the way proxies send them', async () => {
    const { app } = behind(trusted);
    const sent = { 'X-Remote-User': 'zoe', 'X-Remote-Name': Buffer.from('Zoé Đặng').toString('latin1') };
    const { headers: answer } = await request(app).get('/lti/start/mentorat').set(sent).expect(303);
    const login = Object.fromEntries(new URL(answer['location']!).searchParams);
    const page = await request(app).get('/lti/auth').query(authoriseQuery(login)).set(sent);
    expect(decodeJwt(formOf(page).fields['id_token']!)['name']).to.equal('Zoé Đặng');
  });

  it('lets only a named administrator choose links', async () => {
    const { app } = behind(trusted, ['root']);
    await request(app).get('/lti/start-deep-linking/mentorat').set('X-Remote-User', 'ada').expect(403);
    await request(app).get('/lti/start-deep-linking/mentorat').set('X-Remote-User', 'root').expect(303);
  });

  it('says in one sentence which configured address is wrong', () => {
    for (const address of ['intranet.example', '10.0.0.0/33', '::1/x', '10.0.0']) {
      expect(() => headerIdentity({ addresses: [address], headers })).to.throw(`"${address}" is neither`);
    }
  });

  it('is undone by nothing the tool sends: a launch begun by one person is not finished by another', async () => {
    const { app } = behind(trusted);
    const { headers: answer } = await request(app).get('/lti/start/mentorat').set('X-Remote-User', 'ada');
    const login = Object.fromEntries(new URL(answer['location']!).searchParams);
    const page = await request(app).get('/lti/auth').query(authoriseQuery(login)).set('X-Remote-User', 'bob');
    expect(formOf(page).fields['error']).to.equal('login_required');
  });
});
