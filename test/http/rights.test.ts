// Nobody gains a right by declaring it: what the holder of an invitation, or their platform, says of itself opens nothing
// that was not given to it.
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { Response } from 'supertest';
import { crossLabCoordinator, plain, useApp } from '../support/app.ts';
import { RoguePlatform } from '../support/rogue-platform.ts';

describe('a right that nobody was given', function () {
  this.timeout(300_000);
  const app = useApp();
  let rogue: RoguePlatform;
  const etis = (): string => app.startOf('etis').replace(/\/start\/.*$/u, '');
  const administration = () => app.service().tool.administration;

  beforeEach(async () => {
    rogue = await RoguePlatform.start(app);
  });
  afterEach(async () => {
    await rogue.stop();
  });

  async function administrator() {
    const { url } = await app.service().admin.createLink({ name: 'Ada Admin' });
    const visitor = app.stranger();
    await visitor.submit('/admin/enter', { token: url.split('/').at(-1) ?? '' });
    return visitor;
  }

  const ancestorsOf = ({ headers }: Response): string[] =>
    (/frame-ancestors ([^;]*)/u.exec(headers['content-security-policy'] ?? '')?.[1] ?? '').split(' ');

  describe('by the form of an invitation', () => {
    it('lets nobody enter before an administrator has approved it, and says so', async () => {
      const id = await rogue.connect('liris', { clientId: 'waits' });
      expect((await rogue.find(rogue.platform.issuer))?.state).to.equal('to_approve');
      const { answer } = await rogue.launch({ issuer: rogue.platform.issuer, clientId: 'waits', subject: 'a' });
      expect(answer.status).to.equal(403);
      expect(answer.text).to.include('Presque prêt');
      expect(
        await administration()
          .setActive(id, true)
          .then(() => 'active', String),
      ).to.include('not_found');
      const given = administration().approveDeployment(id, 'dep-1', 'liris');
      expect(await given.then(() => 'given', String)).to.include('not_found');
      await administration().approvePlatform(id);
      const entered = await rogue.launch({ issuer: rogue.platform.issuer, clientId: 'waits', subject: 'a' });
      expect(entered.answer.status).to.equal(303);
    });

    it('gives no coordinator’s pages to another lab’s issuer with the coordinator’s sub, approved or not', async () => {
      const words = { issuer: etis(), clientId: 'stolen', subject: crossLabCoordinator };
      const id = await rogue.connect('liris', { issuer: etis(), clientId: 'stolen' });
      expect((await rogue.launch(words)).answer.status).to.equal(403);
      await administration().approvePlatform(id);
      const { agent, answer } = await rogue.launch(words);
      expect(answer.status).to.equal(303);
      for (const page of ['/report', '/cases']) expect((await agent.get(page)).status, page).to.be.oneOf([403, 404]);
      const own = await app.enter({ subject: crossLabCoordinator });
      expect((await own.get('/report')).status).to.equal(200);
      await administration().setActive(id, false);
    });

    it('keeps the coordinator’s pages with the first registration, also when a later one is used first', async () => {
      await app.service().connection.collection('coordinator_seeds').deleteMany({});
      const id = await rogue.connect('liris', { issuer: etis(), clientId: 'earlier' });
      await administration().approvePlatform(id);
      const { agent } = await rogue.launch({ issuer: etis(), clientId: 'earlier', subject: crossLabCoordinator });
      expect((await agent.get('/report')).status).to.be.oneOf([403, 404]);
      await administration().setActive(id, false);
    });

    it('shows an administrator issuer, hosts, keys and collisions, and lets them decide once', async () => {
      const facts = { issuer: etis(), clientId: 'mentorat', frameOrigins: 'https://elsewhere.example' };
      // The very registration of another lab is refused at once; nothing is told but that.
      expect((await rogue.send(await rogue.invitation('liris'), rogue.form(facts))).status).to.equal(409);
      const id = await rogue.connect('liris', { ...facts, clientId: 'seen' });
      const visitor = await administrator();
      const list = await visitor.get('/admin');
      expect(list.text).to.include('En attente de votre accord').and.include(`/admin/platforms/${id}`);
      const { text } = await visitor.get(`/admin/platforms/${id}`);
      const [key] = (await administration().reviewPlatform(id)).keys as { thumbprint: string }[];
      expect(key?.thumbprint).to.have.length(43);
      for (const shown of [
        etis(),
        'elsewhere.example',
        'key-1',
        key?.thumbprint,
        'Même émetteur que',
        'coordination',
      ]) {
        expect(plain(text)).to.include(shown);
      }
      const answers = await Promise.all(Array.from({ length: 8 }, () => visitor.send(`/admin/platforms/${id}/admit`)));
      expect(answers.filter(({ status }) => status === 303)).to.have.lengthOf(1);
      expect((await visitor.send(`/admin/platforms/${id}/reject`)).status).to.equal(404);
      expect((await rogue.find(etis(), 'seen'))?.state).to.equal('ready');
      await administration().setActive(id, false);
    });

    it('is forgotten when an administrator rejects it, and its invitation stays used', async () => {
      const path = await rogue.invitation('liris');
      await rogue.send(path, rogue.form({ clientId: 'rejected' }));
      const id = (await rogue.find(rogue.platform.issuer, 'rejected'))?.registration.id ?? '';
      const visitor = await administrator();
      await visitor.get(`/admin/platforms/${id}`);
      expect((await visitor.submit(`/admin/platforms/${id}/reject`)).text).to.include('est refusée');
      expect(await rogue.find(rogue.platform.issuer, 'rejected')).to.equal(undefined);
      expect((await visitor.send(`/admin/platforms/${id}/admit`)).status).to.equal(404);
      expect((await rogue.send(path, rogue.form({ clientId: 'again' }))).status).to.equal(403);
    });

    it('cannot be changed by its holder, before or after approval', async () => {
      const path = await rogue.invitation('liris');
      await rogue.send(path, rogue.form({ clientId: 'fixed' }));
      const found = async () => (await rogue.find(rogue.platform.issuer, 'fixed'))?.registration;
      const before = await found();
      const change = rogue.form({ clientId: 'fixed', keysetUrl: 'https://elsewhere.example/keys' });
      expect((await rogue.send(path, change)).status).to.equal(403);
      expect((await rogue.send(await rogue.invitation('liris'), change)).status).to.equal(409);
      expect(await found()).to.deep.equal(before);
      await administration().approvePlatform(before?.id ?? '');
      expect((await rogue.send(await rogue.invitation('etis'), change)).status).to.equal(409);
      expect((await found())?.keysetUrl).to.equal(before?.keysetUrl);
    });

    it('keeps out nobody whose names it only claims', async () => {
      const claimed = { issuer: 'https://moodle.stms.example', clientId: 'claimed' };
      const id = await rogue.connect('liris', claimed);
      const own = await administration().addPlatform({
        ...{ ...claimed, name: 'STMS', authorizationUrl: 'https://moodle.stms.example/a' },
        ...{ tokenUrl: 'https://moodle.stms.example/t', keysetUrl: 'https://moodle.stms.example/k' },
        ...{ deploymentId: '1', tenant: 'stms' },
      });
      expect(own.ownedHost).to.equal('moodle.stms.example');
      const late = await administration()
        .approvePlatform(id)
        .then(() => 'approved', String);
      expect(late).to.include('registration_exists');
      const visitor = await administrator();
      await visitor.get(`/admin/platforms/${id}`);
      expect((await visitor.send(`/admin/platforms/${id}/admit`)).status).to.equal(409);
    });

    it('is compared whatever the spelling of its issuer', async () => {
      await administration().addPlatform({
        ...{ issuer: 'https://moodle.isir.example', clientId: 'isir', name: 'ISIR', tenant: 'isir', deploymentId: '1' },
        ...{ authorizationUrl: 'https://moodle.isir.example/a', tokenUrl: 'https://moodle.isir.example/t' },
        keysetUrl: 'https://moodle.isir.example/k',
      });
      const spellings = [
        'https://MOODLE.isir.example',
        'https://moodle.isir.example/',
        'https://moodle.isir.example:8443',
        'http://moodle.isir.example',
        'https://moodle.isir.example.',
        'https://someone@moodle.isir.example',
        'moodle.isir.example',
      ];
      for (const [index, issuer] of spellings.entries()) {
        const id = await rogue.connect('liris', { issuer, clientId: `spelling-${index}` });
        const { collisions } = await administration().reviewPlatform(id);
        expect(
          collisions.map(({ registration }) => registration.name),
          issuer,
        ).to.include('ISIR');
      }
      const values = rogue.form({ issuer: 'https://mооdle.isir.example' });
      expect((await rogue.send(await rogue.invitation('liris'), values)).status).to.equal(422);
    });
  });

  describe('by dynamic registration', () => {
    it('connects a lab at once when its own host proves a new issuer', async () => {
      const page = await rogue.register('lix');
      expect(page.text).to.include('La plateforme est reliée');
      const view = await rogue.find(rogue.platform.issuer);
      expect(view?.state).to.equal('ready');
      const clientId = view?.registration.clientId ?? '';
      const { answer } = await rogue.launch({ issuer: rogue.platform.issuer, clientId, subject: 'a' });
      expect(answer.status).to.equal(303);
    });

    it('waits when the host is known, and never disturbs whom it was known for', async () => {
      await rogue.register('lix');
      const first = (await rogue.find(rogue.platform.issuer))?.registration;
      const second = await rogue.register('liris');
      expect(second.text).to.include('attend un accord');
      const states = (await administration().listPlatforms())
        .filter(({ registration }) => registration.issuer === rogue.platform.issuer)
        .map(({ state, registration }) => [state, registration.tenant]);
      expect(states).to.deep.equal([
        ['ready', 'lix'],
        ['to_approve', 'liris'],
      ]);
      const login = await rogue.login({ issuer: rogue.platform.issuer, subject: 'a' });
      expect(new URL(login.headers['location'] ?? '').searchParams.get('client_id')).to.equal(first?.clientId);
    });

    it('waits when another lab’s invitation has claimed the same host', async () => {
      await rogue.connect('liris', { clientId: 'claim' });
      expect((await rogue.register('lix')).text).to.include('attend un accord');
    });

    it('lets one of eight labs that come together have a new issuer', async () => {
      const labs = ['etis', 'liris', 'lix', 'stms', 'isir', 'lix', 'stms', 'isir'];
      const pages = await Promise.all(labs.map((lab) => rogue.register(lab)));
      expect(pages.filter(({ text }) => text.includes('La plateforme est reliée'))).to.have.lengthOf(1);
      const all = await administration().listPlatforms();
      const mine = all.filter(({ registration }) => registration.issuer === rogue.platform.issuer);
      expect(mine.filter(({ state }) => state === 'ready')).to.have.lengthOf(1);
      expect(mine).to.have.lengthOf(8);
    });
  });

  it('leaves a login without client_id to the first registration of the issuer, whatever a second one declares', async () => {
    const id = await rogue.connect('liris', { issuer: etis(), clientId: 'second', deploymentId: '1' });
    const clientOf = async (): Promise<string | null> => {
      const login = await rogue.login({ issuer: etis(), subject: 'a' });
      return new URL(login.headers['location'] ?? '').searchParams.get('client_id');
    };
    expect(await clientOf()).to.equal('mentorat');
    await administration().approvePlatform(id);
    expect(await clientOf()).to.equal('mentorat');
    await administration().setActive(id, false);
  });

  describe('to hold a page in a frame', () => {
    it('is the session’s own platform’s alone, on pages and on refusals, also when the session is over', async () => {
      await rogue.register('lix');
      const { issuer } = rogue.platform;
      const clientId = (await rogue.find(issuer))?.registration.clientId ?? '';
      const { agent } = await rogue.launch({ issuer, clientId, subject: 'a' });
      for (const path of ['/', '/nowhere']) {
        expect(ancestorsOf(await agent.get(path)), path).to.deep.equal(["'self'", issuer]);
      }
      await app.service().connection.collection('lti_sessions').deleteMany({});
      const over = await agent.get('/my-data');
      expect(over.status).to.equal(401);
      expect(ancestorsOf(over)).to.deep.equal(["'self'", issuer]);
      const own = await app.enter({ subject: 'Eva' });
      expect(ancestorsOf(await own.get('/'))).to.deep.equal(["'self'", new URL(etis()).origin]);
    });

    it('is nobody’s without a platform, nor by a forged memory of one', async () => {
      const { id } = (await administration().listPlatforms())[0]!.registration;
      const stranger = app.stranger();
      expect(ancestorsOf(await stranger.get('/'))).to.deep.equal(["'self'"]);
      const forged = await fetch(`${app.baseUrl()}/`, {
        headers: { cookie: `lti_p_platform=${id}.${'A'.repeat(43)}` },
      });
      expect(forged.headers.get('content-security-policy')).to.match(/frame-ancestors 'self'(;|$)/u);
    });

    it('is no wildcard and no second rule, whatever an address holds', async () => {
      for (const address of ['https://*.example', 'https://a;sandbox', 'https://a,b', 'https://u:p@a.example']) {
        const values = rogue.form({ clientId: address, frameOrigins: address });
        expect((await rogue.send(await rogue.invitation('liris'), values)).status, address).to.equal(422);
      }
    });
  });

  describe('to have a private address called', () => {
    let listener: Server;
    let calls = 0;

    before(async () => {
      listener = createServer((socket) => {
        calls += 1;
        socket.destroy();
      });
      await new Promise<void>((resolve) => listener.listen(0, '0.0.0.0', resolve));
    });
    after(() => void listener.close());

    it('is given by nobody but an administrator who says so', async () => {
      const { port } = listener.address() as AddressInfo;
      const { issuer } = rogue.platform;
      for (const [index, host] of ['127.0.0.2', '[::ffff:127.0.0.1]', '127.1.1.1', '2130706434'].entries()) {
        const clientId = `private-${index}`;
        const id = await rogue.connect('liris', { clientId, keysetUrl: `https://${host}:${port}/keys` });
        expect((await administration().reviewPlatform(id)).keys, host).to.have.property('problem');
        await administration().approvePlatform(id);
        const { answer } = await rogue.launch({ issuer, clientId, subject: 'a' });
        expect(answer.status, host).to.equal(502);
      }
      expect(calls).to.equal(0);
      const keysetUrl = `https://127.0.0.2:${port}/keys`;
      const id = await rogue.connect('liris', { clientId: 'allowed', keysetUrl });
      const visitor = await administrator();
      await visitor.get(`/admin/platforms/${id}`);
      await visitor.submit(`/admin/platforms/${id}/admit`, { privateAddresses: 'yes' });
      await rogue.launch({ issuer, clientId: 'allowed', subject: 'a' });
      expect(calls).to.be.greaterThan(0);
    });
  });
});
