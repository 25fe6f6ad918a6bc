// The holder of an invitation in a plain browser: the sheet, the form for what their platform shows, and one use of the link.
import { expect } from 'chai';
import supertest from 'supertest';
import { plain, useApp } from '../support/app.ts';

describe('an invitation opened in a browser', () => {
  const app = useApp();
  const http = () => supertest(app.baseUrl());

  const typed = {
    name: 'Moodle du LIX',
    issuer: 'https://moodle.lix.example',
    clientId: 'client-1',
    deploymentId: '5',
    authorizationUrl: 'https://moodle.lix.example/auth.php',
    keysetUrl: 'https://moodle.lix.example/certs.php',
    tokenUrl: 'https://moodle.lix.example/token.php',
    tokenAudience: '',
    frameOrigins: '',
  };

  async function invitation(): Promise<string> {
    return new URL((await app.service().tool.administration.createInvite('lix')).url).pathname;
  }

  const send = (path: string, values: object) =>
    http()
      .post(path)
      .type('form')
      .send({ ...values });

  async function platformOf(clientId: string) {
    const platforms = await app.service().tool.administration.listPlatforms();
    return platforms.find(({ registration }) => registration.clientId === clientId);
  }

  it('shows the addresses to copy and the form, in the language of the browser, and uses nothing up', async () => {
    const path = await invitation();
    const french = await http().get(path).set('Accept-Language', 'fr');
    expect(french.status).to.equal(200);
    expect(french.text).to.include('Relier votre plateforme').and.include(`${app.baseUrl()}/lti/keys`);
    expect(french.text).to.include('Initiate login URL').and.not.to.include(path);
    const english = await http().get(path).set('Accept-Language', 'en');
    expect(english.text).to.include('Connect your platform').and.include('By hand');
    expect((await send(path, { ...typed, clientId: 'looked-first' })).status).to.equal(201);
  });

  it('takes the platform for the lab of the invitation, whatever else is sent, and only once', async () => {
    const path = await invitation();
    expect((await send(path, { ...typed, tenant: 'etis' })).status).to.equal(422);
    const done = await send(path, typed);
    expect(done.status).to.equal(201);
    expect(done.text).to.include('C’est bien reçu').and.include('donner son accord');
    const registration = (await platformOf('client-1'))?.registration;
    expect(registration).to.include({ tenant: 'lix', active: false, awaitsApproval: true });
    expect(registration?.deployments[0]).to.include({ id: '5', status: 'pending' });
    await app.service().tool.administration.approvePlatform(registration?.id ?? '');
    expect((await platformOf('client-1'))?.registration.deployments[0]).to.include({
      status: 'approved',
      tenant: 'lix',
    });
    const again = await send(path, { ...typed, clientId: 'client-2' });
    expect(again.status).to.equal(403);
    expect(again.text).to.include('Cette invitation ne sert plus');
    expect(await platformOf('client-2')).to.equal(undefined);
  });

  it('lets the first entry wait for approval when the deployment is not known yet', async () => {
    const done = await send(await invitation(), { ...typed, clientId: 'client-3', deploymentId: '' });
    expect(done.text).to.include('donner son accord');
    await app.service().tool.administration.approvePlatform((await platformOf('client-3'))?.registration.id ?? '');
    const platform = await platformOf('client-3');
    expect(platform?.state).to.equal('waiting');
    expect(platform?.registration.tenant).to.equal('lix');
  });

  it('stays good after a mistake and after a platform that is known already', async () => {
    const path = await invitation();
    const wrong = await send(path, { ...typed, keysetUrl: 'http://moodle.lix.example/certs' });
    expect(wrong.status).to.equal(422);
    expect(wrong.text).to.include('href="#f-keysetUrl"').and.include('Indiquez l’adresse complète du jeu de clés');
    expect(plain(wrong.text)).to.include('value="http://moodle.lix.example/certs"');
    const known = await send(path, typed);
    expect(known.status).to.equal(409);
    expect(known.text).to.include('déjà reliée');
    expect((await send(path, { ...typed, clientId: 'client-4' })).status).to.equal(201);
  });

  it('is good for one of eight who send at once', async () => {
    const path = await invitation();
    const clients = Array.from({ length: 8 }, (_one, index) => `hasty-${index}`);
    const answers = await Promise.all(clients.map((clientId) => send(path, { ...typed, clientId })));
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, ...Array<number>(7).fill(403)]);
  });

  it('refuses a link that was never made, one whose time is over, and a form of another site', async () => {
    for (const token of ['A'.repeat(43), 'short']) {
      expect((await send(`/lti/register/${token}`, { ...typed, clientId: 'none' })).status).to.equal(403);
    }
    const path = await invitation();
    await http().post(path).set('Origin', 'https://evil.example').type('form').send(typed).expect(403);
    await app
      .service()
      .connection.collection('lti_invites')
      .updateMany({ usedAt: { $exists: false } }, { $set: { expiresAt: new Date() } });
    const late = await http()
      .post(path)
      .set('Accept-Language', 'en')
      .type('form')
      .send({ ...typed, clientId: 'none' });
    expect(late.status).to.equal(403);
    expect(late.text).to.include('This invitation is no longer good');
    expect(await platformOf('none')).to.equal(undefined);
  });

  it('leaves no token in a line of the log', async () => {
    const path = await invitation();
    await http().get(path);
    await send(path, {});
    const lines = JSON.stringify(app.log);
    expect(lines).to.include('"route":"/lti/register/:token"');
    expect(lines).not.to.include(path.split('/').at(-1));
  });
});
