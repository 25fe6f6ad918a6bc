// The platform administrators' pages: who gets in, what each page shows, and that each deed changes what it says, nothing else.
import { expect } from 'chai';
import supertest, { type Response } from 'supertest';
import { problemSentences } from '../../service/http/admin/present/problems.ts';
import { adminRoutes } from '../../service/http/admin/routes.ts';
import { createViews } from '../../views/index.ts';
import { plain, useApp, type Visitor } from '../support/app.ts';

type Documents = Record<string, unknown>[];

describe('administration', () => {
  const app = useApp();

  const tokenOf = (url: string): string => url.split('/').at(-1) ?? '';
  const http = () => supertest(app.baseUrl());

  async function entered(locale: 'fr' | 'en' = 'fr'): Promise<Visitor> {
    const { url } = await app.service().admin.createLink({ name: 'Ada Admin' });
    const visitor = app.stranger();
    await visitor.submit('/admin/enter', { token: tokenOf(url) });
    if (locale === 'en') await visitor.submit('/admin/language', { locale, back: '/admin' });
    return visitor;
  }

  /** Everything that is stored, by collection, but for the passes of administration itself and its trail. */
  async function stored(): Promise<Record<string, Documents>> {
    const { connection } = app.service();
    const names = (await connection.listCollections())
      .map(({ name }) => name)
      // Every form is counted and traced; what it does is another matter.
      .filter((name) => name !== 'admin_passes' && name !== 'limits' && !name.startsWith('audit_'));
    const contents = names.sort().map(async (name): Promise<[string, Documents]> => {
      return [name, await connection.collection(name).find({}).sort({ _id: 1 }).toArray()];
    });
    return Object.fromEntries((await Promise.all(contents)).filter(([, documents]) => documents.length > 0));
  }

  /** Names of the collections that a deed changed. */
  async function changedBy(deed: () => Promise<unknown>): Promise<string[]> {
    const before = await stored();
    await deed();
    const after = await stored();
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  }

  async function platformId(name: string): Promise<string> {
    const platforms = await app.service().tool.administration.listPlatforms();
    return platforms.find(({ registration }) => registration.name === name)?.registration.id ?? '';
  }

  async function wait(name: string, deployment: string): Promise<string> {
    const id = await platformId(name);
    const pending = { id: deployment, status: 'pending', firstSeenAt: new Date() };
    await app
      .service()
      .connection.collection<{ _id: string; deployments: object[] }>('lti_registrations')
      .updateOne({ _id: id }, { $push: { deployments: pending } });
    return id;
  }

  describe('the way in', () => {
    it('shows a button to whoever opens a link, and uses nothing up by that', async () => {
      const { url, expiresAt } = await app.service().admin.createLink({ name: 'Ada Admin' });
      expect(expiresAt.getTime() - Date.now()).to.be.within(14 * 60_000, 15 * 60_000);
      for (let times = 0; times < 2; times += 1) {
        const { status, text } = await http().get(new URL(url).pathname);
        expect(status).to.equal(200);
        expect(text).to.include('Entrer dans l’administration').and.include('action="/admin/enter"');
      }
    });

    it('lets the button in once, takes the token out of the address, and sets a strict cookie', async () => {
      const { url } = await app.service().admin.createLink({ name: 'Ada Admin' });
      const answer = await http()
        .post('/admin/enter')
        .type('form')
        .send({ token: tokenOf(url) });
      expect(answer.status).to.equal(303);
      expect(answer.headers['location']).to.equal('/admin?done=entered');
      const [cookie = ''] = answer.headers['set-cookie'] as unknown as string[];
      expect(cookie).to.match(/^admin=[\w-]{43}; Path=\/; Max-Age=1800; HttpOnly; SameSite=Strict$/u);
    });

    it('refuses a link that was used, and shows so without using the button', async () => {
      const { url } = await app.service().admin.createLink({ name: 'Ada Admin' });
      await http()
        .post('/admin/enter')
        .type('form')
        .send({ token: tokenOf(url) })
        .expect(303);
      const again = await http()
        .post('/admin/enter')
        .type('form')
        .send({ token: tokenOf(url) });
      expect(again.status).to.equal(403);
      expect(again.headers['set-cookie']).to.equal(undefined);
      expect(again.text).to.include('Ce lien ne sert plus').and.include('npm run mentorat -- admin link');
      expect((await http().get(new URL(url).pathname)).status).to.equal(403);
    });

    it('opens one session when a link is sent eight times at once', async () => {
      const { url } = await app.service().admin.createLink({ name: 'Ada Admin' });
      const send = () =>
        http()
          .post('/admin/enter')
          .type('form')
          .send({ token: tokenOf(url) });
      const answers = await Promise.all(Array.from({ length: 8 }, send));
      expect(answers.filter(({ status }) => status === 303)).to.have.length(1);
    });

    it('refuses a link after 15 minutes, one that was never made, and what is no link', async () => {
      const { url } = await app.service().admin.createLink({ name: 'Ada Admin' });
      await app
        .service()
        .connection.collection('admin_passes')
        .updateMany({ kind: 'link' }, { $set: { expiresAt: new Date(Date.now() - 1) } });
      for (const token of [tokenOf(url), 'A'.repeat(43), 'short', '']) {
        const { status } = await http().post('/admin/enter').type('form').send({ token });
        expect(status, token).to.equal(403);
      }
      expect((await http().get('/admin/enter/short')).status).to.equal(403);
      await http().post('/admin/enter').type('form').send('token[$ne]=x').expect(403);
    });

    it('refuses the button of another site', async () => {
      const { url } = await app.service().admin.createLink({ name: 'Ada Admin' });
      const send = () => http().post('/admin/enter').type('form');
      const token = tokenOf(url);
      await send().set('Sec-Fetch-Site', 'cross-site').send({ token }).expect(403);
      await send().set('Origin', 'https://evil.example').send({ token }).expect(403);
      await send().set('Sec-Fetch-Site', 'same-origin').set('Origin', 'null').send({ token }).expect(303);
    });

    it('stores hashes only', async () => {
      const { url } = await app.service().admin.createLink({ name: 'Ada Admin' });
      const answer = await http()
        .post('/admin/enter')
        .type('form')
        .send({ token: tokenOf(url) });
      const secret = /admin=([\w-]+)/u.exec(String(answer.headers['set-cookie']))?.[1] ?? '';
      const kept = JSON.stringify(await app.service().connection.collection('admin_passes').find({}).toArray());
      expect(secret).to.have.length(43);
      expect(kept).not.to.include(secret).and.not.to.include(tokenOf(url));
    });

    it('ends the session after 30 minutes, and deletes what is over with the next link', async () => {
      const visitor = await entered();
      expect((await visitor.get('/admin')).status).to.equal(200);
      const passes = app.service().connection.collection('admin_passes');
      const session = await passes.findOne({ kind: 'session' }, { sort: { expiresAt: -1 } });
      expect((session?.['expiresAt'] as Date).getTime() - Date.now()).to.be.within(29 * 60_000, 30 * 60_000);
      await passes.updateMany({}, { $set: { expiresAt: new Date() } });
      expect((await visitor.get('/admin')).status).to.equal(401);
      await app.service().admin.createLink({ name: 'Ada Admin' });
      expect(await passes.countDocuments()).to.equal(1);
    });

    it('closes the session on demand, and the cookie opens nothing any more', async () => {
      const visitor = await entered();
      await visitor.get('/admin');
      expect((await visitor.submit('/admin/leave')).text).to.include('Vous avez quitté l’administration');
      expect((await visitor.get('/admin')).status).to.equal(401);
    });
  });

  describe('without a session', () => {
    it('answers every address with 401, no data, and how to get a link', async () => {
      for (const { method, path } of adminRoutes) {
        const address = `/admin${path === '/' ? '' : path.replace(':id', await platformId('etis'))}`;
        const answer = await http()
          [method](address)
          .set('Cookie', `admin=${'B'.repeat(43)}`);
        expect(answer.status, address).to.equal(401);
        expect(answer.text).to.include('admin link').and.not.to.include('etis');
      }
    });

    it('speaks English to an English browser', async () => {
      const { text } = await http().get('/admin').set('Accept-Language', 'en-GB');
      expect(text).to.include('<html lang="en">').and.include('Administration is closed');
    });

    it('is not opened by the session of a launch', async () => {
      const participant = await app.enter({ subject: 'Pia Participe' });
      expect((await participant.get('/admin')).status).to.equal(401);
    });
  });

  describe('every answer', () => {
    const check = ({ headers }: Response): void => {
      expect(headers['content-security-policy']).to.include("frame-ancestors 'none'").and.include("default-src 'none'");
      expect(headers['x-frame-options']).to.equal('DENY');
      expect(headers['cache-control']).to.equal('no-store');
      expect(headers['referrer-policy']).to.equal('no-referrer');
      expect(headers['x-powered-by']).to.equal(undefined);
    };

    it('may be framed by nobody and kept by nobody, refusals and unknown pages too', async () => {
      const visitor = await entered();
      const { url } = await app.service().admin.createLink({ name: 'Ada Admin' });
      for (const address of ['/admin', '/admin/invites', '/admin/platforms/new', '/admin/sheet', '/admin/keys']) {
        check(await visitor.get(address));
      }
      const unknown = await visitor.get('/admin/nowhere');
      expect(unknown.status).to.equal(404);
      for (const answer of [unknown, await http().get('/admin'), await http().get(new URL(url).pathname)])
        check(answer);
      check(await visitor.send('/admin/platforms/none/activate', { _csrf: 'x' }));
    });

    it('leaves no token in a line of the log', async () => {
      const { url } = await app.service().admin.createLink({ name: 'Ada Admin' });
      await http().get(new URL(url).pathname);
      const answer = await http()
        .post('/admin/enter')
        .type('form')
        .send({ token: tokenOf(url) });
      const secret = /admin=([\w-]+)/u.exec(String(answer.headers['set-cookie']))?.[1] ?? '';
      await http().get('/admin').set('Cookie', `admin=${secret}`);
      const lines = JSON.stringify(app.log);
      expect(lines).to.include('"route":"/admin/enter/:token"').and.include('"route":"/admin/enter"');
      expect(lines).not.to.include(tokenOf(url));
      expect(lines).not.to.include(secret);
    });

    it('is refused to a form without the right token, and changes nothing', async () => {
      const visitor = await entered();
      const other = await entered();
      await other.get('/admin');
      const theirs = /name="_csrf" value="([\w-]+)"/u.exec(other.last?.text ?? '')?.[1] ?? '';
      const id = await platformId('etis');
      for (const { path } of adminRoutes.filter(({ method }) => method === 'post')) {
        for (const _csrf of ['', theirs]) {
          const changed = await changedBy(async () => {
            const { status, text } = await visitor.send(`/admin${path.replace(':id', id)}`, { _csrf, lab: 'etis' });
            expect(status, path).to.equal(403);
            expect(text).to.include('Ce formulaire a expiré');
          });
          expect(changed).to.deep.equal([]);
        }
      }
    });
  });

  describe('platforms', () => {
    it('are shown with lab, state, last entry and last problem, in the language chosen', async () => {
      await app.enter({ subject: 'Entrée Récente', lab: 'liris' });
      const problem = { code: 'key_set_unreachable', at: new Date(Date.now() + 1000) };
      await app
        .service()
        .connection.collection('lti_registrations')
        .updateOne({ name: 'etis' }, { $set: { lastProblem: problem } });
      const { text } = await (await entered()).get('/admin');
      expect(text).to.include('2 plateformes sont reliées').and.include('ETIS').and.include('Active');
      expect(text).to.include('Les clés publiques de la plateforme n’ont pas pu être lues').and.include('pare-feu');
      expect(text).to.include('Clés de signature');
      const english = await (await entered('en')).get('/admin');
      expect(english.text).to.include('<html lang="en">').and.include('2 platforms are connected');
      expect(english.text).to.include('The public keys of the platform could not be read');
      await app
        .service()
        .connection.collection('lti_registrations')
        .updateMany({}, { $unset: { lastProblem: 1 } });
    });

    it('have a sentence and an advice in both languages for whatever can go wrong', () => {
      const { sentences } = createViews();
      for (const locale of sentences.locales) {
        const t = sentences.in(locale);
        for (const [code, name] of Object.entries(problemSentences)) {
          expect(t(`admin-problems:${name}.what`), code).to.have.length.greaterThan(20);
          expect(t(`admin-problems:${name}.todo`), code).to.have.length.greaterThan(20);
        }
      }
    });

    it('are switched off and on: nobody enters, then everybody again', async () => {
      const visitor = await entered();
      await visitor.get('/admin');
      const id = await platformId('liris');
      const member = await app.enter({ subject: 'Lise Liris', lab: 'liris' });
      const changed = await changedBy(async () => {
        const { text } = await visitor.submit(`/admin/platforms/${id}/deactivate`);
        expect(text).to.include('La plateforme est désactivée').and.include('Désactivée');
      });
      expect(changed).to.deep.equal(['lti_registrations', 'lti_sessions']);
      expect((await member.get('/')).status).to.equal(401);
      expect(await app.enter({ subject: 'Lise Liris', lab: 'liris' }).catch(String)).to.include('403');
      const { text } = await visitor.submit(`/admin/platforms/${id}/activate`);
      expect(text).to.include('La plateforme est active');
      expect((await app.enter({ subject: 'Lise Liris', lab: 'liris' })).last?.status).to.equal(200);
    });

    it('no longer show a problem that was put right', async () => {
      const registrations = app.service().connection.collection('lti_registrations');
      const lastProblem = { code: 'platform_inactive', at: new Date(Date.now() + 60_000) };
      const visitor = await entered();
      await registrations.updateOne({ name: 'liris' }, { $set: { active: false, lastProblem } });
      expect((await visitor.get('/admin')).text).to.include('alors que la plateforme est désactivée');
      await registrations.updateOne({ name: 'liris' }, { $set: { active: true } });
      expect((await visitor.get('/admin')).text).not.to.include('alors que la plateforme est désactivée');
      await registrations.updateMany({}, { $unset: { lastProblem: 1 } });
    });

    it('that do not exist cannot be switched', async () => {
      const visitor = await entered();
      await visitor.get('/admin');
      const { status, text } = await visitor.send('/admin/platforms/nowhere/activate');
      expect(status).to.equal(404);
      expect(text).to.include('Cette page n’existe pas');
    });

    it('with a waiting deployment ask for its lab, and give it to that lab alone', async () => {
      const id = await wait('etis', 'course-7');
      const visitor = await entered();
      const { text } = await visitor.get('/admin');
      expect(text).to.include('Un déploiement attend votre accord').and.include('course-7');
      const refused = await visitor.submit(`/admin/platforms/${id}/approve`, { deployment: 'course-7', lab: '' });
      expect(refused.status).to.equal(422);
      expect(refused.text)
        .to.match(/href="#(f-lab-\d-0)".*id="\1"/su)
        .and.include('Choisissez un labo dans la liste.');
      const changed = await changedBy(async () => {
        const done = await visitor.submit(`/admin/platforms/${id}/approve`, { deployment: 'course-7', lab: 'lix' });
        expect(done.text).to.include('Le déploiement est approuvé').and.not.to.include('attend votre accord');
      });
      expect(changed).to.deep.equal(['lti_registrations']);
      const platforms = await app.service().tool.administration.listPlatforms();
      const kept = platforms.flatMap(({ registration }) =>
        registration.deployments.map((one) => `${registration.name} ${one.id} ${one.status} ${one.tenant ?? ''}`),
      );
      expect(kept).to.deep.equal(['etis 1 approved etis', 'etis course-7 approved lix', 'liris 1 approved liris']);
    });

    it('keep the lab of an approved deployment, whatever an old page sends', async () => {
      const id = await platformId('etis');
      const visitor = await entered();
      await visitor.get('/admin');
      const changed = await changedBy(async () => {
        const sent = { deployment: '1', lab: 'lix' };
        expect((await visitor.send(`/admin/platforms/${id}/approve`, sent)).status).to.equal(404);
        const unknown = { deployment: 'never-seen', lab: 'lix' };
        expect((await visitor.send(`/admin/platforms/${id}/approve`, unknown)).status).to.equal(404);
      });
      expect(changed).to.deep.equal([]);
    });
  });

  describe('invitations', () => {
    it('are shown once, work, and are listed without their token until they are used', async () => {
      const visitor = await entered();
      await visitor.get('/admin/invites');
      let link = '';
      const changed = await changedBy(async () => {
        const { status, text } = await visitor.submit('/admin/invites', { lab: 'stms' });
        expect(status).to.equal(201);
        link = /http[^<"]*\/lti\/register\/[\w-]{43}/u.exec(text)?.[0] ?? '';
      });
      expect(changed).to.deep.equal(['lti_invites']);
      const listed = (await visitor.get('/admin/invites')).text;
      expect(listed).to.include('STMS').and.include('valable jusqu’au').and.not.to.include(tokenOf(link));
      expect((await http().get(new URL(link).pathname)).status).to.equal(200);
      await app
        .service()
        .connection.collection('lti_invites')
        .updateMany({}, { $set: { usedAt: new Date() } });
      expect((await visitor.get('/admin/invites')).text).to.include('Aucune invitation n’attend');
    });

    it('need a lab of the programme, and say so in both languages', async () => {
      for (const [locale, sentence] of [
        ['fr', 'Choisissez un labo dans la liste.'],
        ['en', 'Choose a lab of the list.'],
      ] as const) {
        const visitor = await entered(locale);
        await visitor.get('/admin/invites');
        for (const lab of ['', 'nowhere']) {
          const { status, text } = await visitor.submit('/admin/invites', { lab });
          expect(status).to.equal(422);
          expect(text).to.include(sentence).and.include('href="#f-lab"');
        }
      }
    });
  });

  describe('a platform by hand', () => {
    const typed = {
      name: 'Moodle de l’ISIR',
      issuer: 'https://moodle.isir.example',
      clientId: 'client-9',
      deploymentId: '3',
      authorizationUrl: 'https://moodle.isir.example/mod/lti/auth.php',
      keysetUrl: 'https://moodle.isir.example/mod/lti/certs.php',
      tokenUrl: 'https://moodle.isir.example/mod/lti/token.php',
      tokenAudience: '',
      frameOrigins: 'https://cours.isir.example/',
      lab: 'isir',
    };

    it('is connected with its lab, and may frame the service from the next page on', async () => {
      const visitor = await entered();
      await visitor.get('/admin/platforms/new');
      const changed = await changedBy(async () => {
        const { text } = await visitor.submit('/admin/platforms', typed);
        expect(text).to.include('La plateforme est reliée').and.include('ISIR');
      });
      expect(changed).to.deep.equal(['lti_registrations']);
      const views = await app.service().tool.administration.listPlatforms();
      const { registration } = views.find((one) => one.registration.clientId === 'client-9')!;
      expect(registration.deployments).to.have.length(1);
      expect(registration.deployments[0]).to.include({ id: '3', status: 'approved', tenant: 'isir' });
      expect(registration.frameOrigins).to.deep.equal(['https://moodle.isir.example', 'https://cours.isir.example']);
    });

    it('is not connected twice', async () => {
      const visitor = await entered();
      await visitor.get('/admin/platforms/new');
      const { status, text } = await visitor.submit('/admin/platforms', typed);
      expect(status).to.equal(409);
      expect(text).to.include('déjà reliée').and.include('href="#f-issuer"').and.include('value="client-9"');
    });

    it('waits for approval at the first entry when deployment and lab are still unknown', async () => {
      const visitor = await entered();
      await visitor.get('/admin/platforms/new');
      const { text } = await visitor.submit('/admin/platforms', { ...typed, clientId: 'x', deploymentId: '', lab: '' });
      expect(text).to.include('Active, en attente d’approbation');
    });

    const wrong: [Partial<Record<keyof typeof typed, string>>, string, string][] = [
      [{ name: ' ' }, 'Donnez un nom à la plateforme.', 'Give the platform a name.'],
      [{ issuer: '' }, 'Recopiez l’émetteur', 'Copy the issuer'],
      [{ issuer: 'x'.repeat(256) }, 'Ce texte est trop long', 'too long'],
      [{ clientId: '' }, 'Recopiez le Client ID', 'Copy the client ID'],
      [{ keysetUrl: 'http://moodle.isir.example/certs' }, 'Indiquez l’adresse complète du jeu de clés', 'key set'],
      [{ authorizationUrl: 'moodle.isir.example' }, 'Indiquez l’adresse d’authentification', 'Enter the full auth'],
      [{ authorizationUrl: 'javascript:alert(1)' }, 'Indiquez l’adresse d’authentification', 'Enter the full auth'],
      [{ tokenUrl: 'https://user:word@moodle.isir.example/' }, 'Indiquez l’adresse complète du jeton', 'token address'],
      [{ frameOrigins: 'https://a.example nowhere' }, 'Indiquez une adresse complète par ligne', 'one full address'],
      [{ lab: '' }, 'Choisissez un labo dans la liste', 'Choose a lab of the list'],
      [{ deploymentId: '' }, 'ou laissez aussi le labo vide', 'or leave the lab empty too'],
      [{ lab: 'nowhere' }, 'Choisissez un labo dans la liste', 'Choose a lab of the list'],
    ];

    it('is refused with what to put right, in both languages, keeps what was typed, and stores nothing', async () => {
      for (const locale of ['fr', 'en'] as const) {
        const visitor = await entered(locale);
        await visitor.get('/admin/platforms/new');
        for (const [change, french, english] of wrong) {
          const changed = await changedBy(async () => {
            const { status, text } = await visitor.submit('/admin/platforms', { ...typed, clientId: 'new', ...change });
            const [field = ''] = Object.keys(change);
            expect(status, JSON.stringify(change)).to.equal(422);
            expect(text).to.include(locale === 'fr' ? french : english);
            expect(plain(text)).to.include('href="#f-').and.include(`id="f-${field}`);
            if (field !== 'name') expect(plain(text)).to.include('value="Moodle de l’ISIR"');
          });
          expect(changed).to.deep.equal([]);
        }
      }
    });

    it('takes no field of its own making', async () => {
      const visitor = await entered();
      await visitor.get('/admin/platforms/new');
      const { status } = await visitor.submit('/admin/platforms', { ...typed, clientId: 'new', active: 'no' });
      expect(status).to.equal(422);
    });
  });

  describe('the sheet', () => {
    it('holds our addresses and what each platform calls them, and the addresses answer', async () => {
      const { text } = await (await entered()).get('/admin/sheet');
      for (const end of ['/lti/login', '/lti/launch', '/lti/keys', '/assets/icon.svg', '/']) {
        expect(text).to.include(`>${app.baseUrl()}${end}<`);
      }
      for (const name of ['Moodle', 'Canvas', 'Brightspace', 'Blackboard', 'Sakai', 'Initiate login URL']) {
        expect(text).to.include(name);
      }
      const icon = await http().get('/assets/icon.svg').expect(200);
      expect(icon.headers['cross-origin-resource-policy']).to.equal('cross-origin');
      expect(icon.headers['cache-control']).to.equal('public, max-age=86400');
    });
  });

  describe('the keys', () => {
    const publishedKids = async (): Promise<string[]> => {
      const { keys } = (await http().get('/lti/keys')).body as { keys: { kid: string }[] };
      return keys.map(({ kid }) => kid);
    };

    it('are not rotated while a platform may not know the next one', async () => {
      const visitor = await entered('en');
      expect((await visitor.get('/admin/keys')).text).to.include('Rotating by hand will be possible');
      const changed = await changedBy(async () => {
        const { status, text } = await visitor.submit('/admin/keys/rotate');
        expect(status).to.equal(409);
        expect(text).to.include('The keys have not changed');
      });
      expect(changed).to.deep.equal([]);
    });

    it('are rotated on demand: the published next one signs, and the present one stays published', async () => {
      const { connection, tool } = app.service();
      const [signing = '', next = ''] = await publishedKids();
      const hours = new Date(Date.now() - 2 * 3_600_000);
      await connection.collection('lti_keys').updateMany({}, { $set: { createdAt: hours } });
      const visitor = await entered();
      // The service reads its keys anew when it is asked to change them.
      await visitor.get('/admin/keys');
      const changed = await changedBy(async () => {
        const { text } = await visitor.submit('/admin/keys/rotate');
        expect(text).to.include('Les clés ont changé');
      });
      expect(changed).to.deep.equal(['lti_keys']);
      const kids = await publishedKids();
      expect(kids.slice(0, 2)).to.deep.equal([signing, next]);
      expect(kids).to.have.length(3);
      const { keys } = await tool.keys.state();
      expect(keys.map(({ kid, use }) => `${use} ${kid}`)).to.deep.equal([
        `previous ${signing}`,
        `signing ${next}`,
        `next ${kids[2] ?? ''}`,
      ]);
      expect(app.log.some(({ deed }) => deed === 'rotated')).to.equal(true);
    });
  });
});
