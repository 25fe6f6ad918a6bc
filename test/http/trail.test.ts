// Accountable administration, by real forms: who did what stands in the trail, before it is done, and nothing personal does.
import { expect } from 'chai';
import supertest from 'supertest';
import { auditActs, type AuditRecord } from '../../service/domain/audit.ts';
import { adminRoutes } from '../../service/http/admin/routes.ts';
import { routes } from '../../service/http/routes.ts';
import { createLogger } from '../../service/log.ts';
import { leaveProgramme } from '../../service/usecases/leave-programme.ts';
import { openCase } from '../../service/usecases/open-case.ts';
import { wire } from '../../service/wiring.ts';
import { createViews } from '../../views/index.ts';
import { crossLabCoordinator, labCoordinator, plain, useApp, type Visitor } from '../support/app.ts';
import { participant, requestAnswers } from '../support/people.ts';

describe('The audit trail', () => {
  const app = useApp();
  const ports = () => app.service().ports;
  const collection = (name: string) => app.service().connection.collection<{ _id: string }>(name);

  const records = async (): Promise<AuditRecord[]> => (await ports().trail.list({ limit: 1000 })).reverse();
  const last = async (): Promise<AuditRecord> => (await ports().trail.list({ limit: 1 }))[0]!;
  const nameOf = async ({ actor }: AuditRecord) => (await ports().auditPeople.labelsOf([actor.id])).get(actor.id);

  async function administrator(name = 'Ada Admin'): Promise<Visitor> {
    const { url } = await app.service().admin.createLink({ name });
    const visitor = app.stranger();
    await visitor.submit('/admin/enter', { token: url.split('/').at(-1) ?? '' });
    await visitor.get('/admin?done=entered');
    return visitor;
  }

  /** The trail takes one record of an act not: its first, or second. */
  async function withoutTrace<T>(refused: 1 | 2, act: () => Promise<T>): Promise<T> {
    const { trail } = ports();
    const append = trail.append.bind(trail);
    let asked = 0;
    const failing: typeof trail.append = (...given) =>
      ++asked === refused ? Promise.reject(new Error('no trace')) : append(...given);
    Object.assign(trail, { append: failing });
    try {
      return await act();
    } finally {
      Object.assign(trail, { append });
    }
  }

  const platformId = async (): Promise<string> => {
    const [platform] = await app.service().tool.administration.listPlatforms();
    return platform!.registration.id;
  };

  async function memberNamed(name: string) {
    const ids = (await collection('members').find().toArray()).map(({ _id }) => _id);
    return (await ports().members.findMany(ids)).find((one) => one.name === name)!;
  }

  async function waitingCase(name: string) {
    const visitor = await participant(app, { subject: name, lab: 'liris' });
    await visitor.submit('/request', requestAnswers);
    const { id: memberId, labId, personKey } = await memberNamed(name);
    const request = (await ports().requests.findLive(memberId))!;
    const opened = await openCase(ports(), { kind: 'waiting', memberId, requestId: request.id, labId });
    return { ...opened, visitor, personKey };
  }

  it('names the administrator for whom the link was made, from the entrance on', async () => {
    const visitor = await administrator('Grace Admin');
    const entered = await last();
    expect(entered.act).to.equal('admin_entered');
    expect(await nameOf(entered)).to.equal('Grace Admin');
    await visitor.submit('/admin/invites', { lab: 'lix' });
    const invited = await last();
    expect(invited).to.include({ act: 'invite_made', object: 'lix' });
    expect(invited.actor).to.deep.equal(entered.actor);
  });

  const forms: [string, string, Record<string, string>][] = [
    ['platforms/ID/deactivate', 'platform_deactivated', {}],
    ['platforms/ID/activate', 'platform_activated', {}],
    ['platforms/ID/approve', 'deployment_approved', { deployment: 'none', lab: 'etis' }],
    ['platforms/ID/admit', 'platform_approved', {}],
    ['platforms/ID/reject', 'platform_rejected', {}],
    ['invites', 'invite_made', { lab: 'etis' }],
    ['coordinators', 'coordinator_invited', { lab: 'etis', locale: 'fr', name: '', email: '' }],
    ['coordinators/none/revoke', 'coordinator_revoked', {}],
    ['exclusions/none/exclude', 'exclusion_made', {}],
    ['exclusions/none/refuse', 'exclusion_refused', {}],
    ['exclusions/none/lift', 'exclusion_lifted', {}],
    ['platforms', 'platform_added', {}],
    ['keys/rotate', 'keys_rotated', {}],
    ['language', 'admin_language_chosen', { locale: 'en', back: '/admin' }],
    ['leave', 'admin_left', {}],
  ];
  for (const [path, act, values] of forms) {
    it(`tells of the form /admin/${path}, whatever came of it`, async () => {
      const visitor = await administrator();
      const before = (await last()).seq;
      const answer = await visitor.send(`/admin/${path.replace('ID', await platformId())}`, values);
      const added = (await records()).filter(({ seq }) => seq > before);
      expect(added[0]).to.include({ act });
      if (path.includes('ID')) expect(added[0]?.object).to.equal(await platformId());
      const refused = added.slice(1).map(({ notDone }) => notDone);
      expect(refused).to.deep.equal(answer.status < 400 ? [] : [added[0]?.seq]);
    });
  }

  it('has an act for every form of administration and coordination', () => {
    const isCoordination = (path: string): boolean => /^\/(?:cases|report|referral)\b/u.test(path);
    const posts = [
      ...adminRoutes.filter(({ method }) => method === 'post'),
      ...routes.filter(({ method, path }) => method === 'post' && isCoordination(path)),
    ];
    expect(posts.length).to.be.greaterThan(14);
    for (const route of posts) expect('act' in route, route.path).to.equal(true);
  });

  it('keeps nothing of what was typed into an address or a form', async () => {
    const visitor = await administrator();
    await visitor.send('/admin/platforms/jean.dupont@example.org/activate');
    await visitor.send('/admin/platforms', { name: 'Jean Dupont', lab: 'Jean Dupont' });
    const coordinator = await app.enter({ subject: crossLabCoordinator });
    await coordinator.send('/report/runs/demand-Jean.Dupont/stop');
    await coordinator.send('/cases/Jean-Dupont/close');
    await coordinator.get('/report');
    for (const act of ['preview', 'start']) {
      const run = 'jean_dupont_harcele';
      const { headers } = await coordinator.send('/report/match', { act, run });
      expect((await coordinator.send('/report/match', { act, run })).headers['location']).to.equal(headers['location']);
      expect((await coordinator.send(`${headers['location'] ?? ''}/stop`)).status).to.equal(303);
      expect((await last()).object).to.match(/^demand (?:preview-)?[\w-]{43}$/u);
    }
    const kept = JSON.stringify(await collection('audit_trail').find().toArray()).toLowerCase();
    expect(kept).not.to.include('dupont');
    expect(kept).not.to.include('ada admin').and.not.to.include('grace');
  });

  it('is written before the act: a form whose trace cannot be written does nothing', async () => {
    const visitor = await administrator();
    const id = await platformId();
    const { status } = await withoutTrace(1, () => visitor.send(`/admin/platforms/${id}/deactivate`));
    expect(status).to.equal(500);
    const [platform] = await app.service().tool.administration.listPlatforms();
    expect(platform?.registration.active).to.equal(true);
  });

  it('tells of a coordinator’s acts on a case by its reference, with both people under pseudonyms', async () => {
    const { id, reference, personKey, memberId, visitor } = await waitingCase('Wanda Waiting');
    const coordinator = await app.enter({ subject: labCoordinator, lab: 'liris' });
    await coordinator.get(`/cases/${id}`);
    const attempt = /name="attempt" value="([^"]+)"/u.exec(coordinator.last?.text ?? '')?.[1] ?? '';
    const before = (await last()).seq;
    await coordinator.submit(`/cases/${id}/messages`, { attempt, message: 'Bonjour Wanda' });
    await coordinator.submit(`/cases/${id}/widen`);
    await coordinator.submit(`/cases/${id}/match`);
    await visitor.submit(`/help/${id}/identity/open`);
    expect((await coordinator.get(`/cases/${id}`)).text).to.include('Wanda Waiting');
    await coordinator.submit(`/cases/${id}/close`);
    const added = (await records()).filter(({ seq }) => seq > before);
    expect(added.map(({ act }) => act)).to.deep.equal([
      'case_written',
      'case_widening_asked',
      'case_match_asked',
      'case_identity_seen',
      'case_closed',
    ]);
    const subject = await ports().auditPeople.findPseudonym({ kind: 'member', key: personKey });
    for (const one of added) {
      expect(one).to.include({ object: reference, subject });
      expect(one.actor).to.include({ kind: 'coordinator' });
    }
    expect(new Set(added.map(({ actor }) => actor.id)).size).to.equal(1);
    const kept = JSON.stringify(await collection('audit_trail').find().toArray());
    for (const value of ['Wanda', 'Bonjour', memberId, personKey, labCoordinator]) expect(kept).not.to.include(value);
  });

  it('tells of runs that a coordinator starts, simulates and stops', async () => {
    const coordinator = await app.enter({ subject: crossLabCoordinator });
    await coordinator.get('/report');
    await coordinator.send('/report/match', { act: 'preview', run: 'one' });
    expect((await last()).act).to.equal('run_simulated');
    const started = await coordinator.send('/report/match', { act: 'start', run: 'two' });
    expect((await last()).act).to.equal('run_started');
    const address = started.headers['location'] ?? '';
    await coordinator.send(`${address}/stop`);
    expect(await last()).to.include({ act: 'run_stopped', object: address.replace('/report/runs/demand-', 'demand ') });
    const verifier = await app.enter({ subject: labCoordinator, lab: 'liris' });
    await verifier.get('/referral');
    await verifier.send('/referral/verify');
    expect(await last()).to.include({ act: 'sheet_verified', object: 'liris' });
  });

  it('tells of a platform that the holder of an invitation connects, and of nobody’s that was refused', async () => {
    const { url } = await app.service().tool.administration.createInvite('stms');
    const address = 'https://moodle.stms.example';
    const form = {
      ...{ name: 'STMS', issuer: address, clientId: 'x', authorizationUrl: `${address}/a` },
      ...{ keysetUrl: `${address}/k`, tokenUrl: `${address}/t` },
    };
    const send = () => supertest(app.baseUrl()).post(new URL(url).pathname).type('form').send(form);
    const { seq } = await last();
    // What leaves no trace is not done, and uses nothing up.
    expect((await withoutTrace(1, send)).status).to.equal(500);
    expect((await last()).seq).to.equal(seq);
    expect((await send()).status).to.equal(201);
    const connected = await last();
    expect(connected).to.include({ act: 'platform_connected', object: 'stms' });
    expect(connected.actor.kind).to.equal('invitation');
    expect((await send()).status).to.equal(403);
    expect((await last()).seq).to.equal(connected.seq);
  });

  it('keeps an invitation good that is given back, also when that cannot be written down', async () => {
    const { url } = await app.service().tool.administration.createInvite('stms');
    const { issuer, clientId } = (await app.service().tool.administration.listPlatforms())[0]!.registration;
    const form = {
      ...{ name: 'STMS', issuer, clientId, authorizationUrl: `${issuer}/a` },
      ...{ keysetUrl: `${issuer}/k`, tokenUrl: `${issuer}/t` },
    };
    const send = (change: object = {}) =>
      supertest(app.baseUrl())
        .post(new URL(url).pathname)
        .type('form')
        .send({ ...form, ...change });
    expect((await withoutTrace(2, send)).status).to.equal(500);
    expect((await send()).status).to.equal(409);
    expect((await send({ clientId: 'another' })).status).to.equal(201);
  });

  it('keeps an administrator’s link good until its holder is in', async () => {
    const { url } = await app.service().admin.createLink({ name: 'Ada Admin' });
    const token = url.split('/').at(-1) ?? '';
    const enter = () => app.stranger().send('/admin/enter', { token });
    const { seq } = await last();
    expect((await withoutTrace(1, enter)).status).to.equal(500);
    const sessions = await collection('admin_passes').countDocuments({ kind: 'session' });
    const answers = await Promise.all([enter(), enter(), enter()]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([303, 403, 403]);
    expect((await enter()).status).to.equal(403);
    expect(await collection('admin_passes').countDocuments({ kind: 'session' })).to.equal(sessions + 1);
    const added = (await records()).filter((one) => one.seq > seq);
    const entered = added.filter(({ notDone }) => notDone === undefined);
    const undone = new Set(added.map(({ notDone }) => notDone));
    expect(entered.filter((one) => !undone.has(one.seq))).to.have.length(1);
  });

  it('cannot tell whom it means any more once the person is erased', async () => {
    const { personKey, memberId, id } = await waitingCase('Erna Erased');
    const coordinator = await app.enter({ subject: labCoordinator, lab: 'liris' });
    await coordinator.get(`/cases/${id}`);
    await coordinator.submit(`/cases/${id}/close`);
    const { subject } = await last();
    expect(await ports().auditPeople.findPersonKey(subject!)).to.equal(personKey);
    await leaveProgramme(ports(), { memberId });
    app.clock.set(new Date('2026-12-23T10:00:00Z'));
    for (const job of app.service().jobs.filter(({ name }) => name === 'sweep-members')) {
      await job.run(new AbortController().signal);
    }
    expect(await ports().members.find(memberId)).to.equal(undefined);
    expect(await ports().auditPeople.findPersonKey(subject!)).to.equal(undefined);
    expect(await collection('audit_people').countDocuments({ personKey })).to.equal(0);
    expect((await last()).subject).to.equal(subject);
  });

  it('is read on its page by act and in pages, with the names of administrators, and says that the chain holds', async () => {
    const visitor = await administrator('Ada Admin');
    const shown = plain((await visitor.get('/admin/trail?verify=yes')).text);
    expect(shown).to.include('Administration\u00a0: Ada Admin').and.include('entrée dans l’administration');
    const { seq, hash } = await last();
    expect(shown).to.match(new RegExp(`La chaîne est intacte du n°\u00a01 au n°\u00a0${seq}\\. [^<]*${hash}`, 'u'));
    const verifier = await app.enter({ subject: labCoordinator, lab: 'liris' });
    await verifier.get('/referral');
    await verifier.send('/referral/verify');
    const filtered = plain((await visitor.get('/admin/trail?act=sheet_verified')).text);
    const rows = [...filtered.matchAll(/<tr><th scope="row">(\d+)<\/th><td>[^<]*<\/td><td>([^<]*)/gu)];
    expect(new Set(rows.map((row) => row[2]))).to.deep.equal(new Set(['vérification d’une fiche de contacts']));
    for (let more = 0; more < 60; more += 1) await visitor.send('/admin/language', { locale: 'fr', back: '/admin' });
    const first = plain((await visitor.get('/admin/trail')).text);
    const [, older = ''] = /href="([^"]*before=\d+)"/u.exec(first) ?? [];
    const second = plain((await visitor.get(older)).text);
    const numbers = (text: string) => [...text.matchAll(/<th scope="row">(\d+)</gu)].map(([, one]) => Number(one));
    expect(numbers(first)).to.have.length(50);
    expect(numbers(second)[0]).to.equal(numbers(first).at(-1)! - 1);
    expect((await visitor.get('/admin/trail?act=<b>&before=-1&verify=no')).status).to.equal(200);
  });

  it('is closed to everybody without an administrator’s session, and has no form', async () => {
    expect((await app.stranger().get('/admin/trail')).status).to.equal(401);
    const paths = adminRoutes.filter(({ path }) => path.startsWith('/trail'));
    expect(paths.map(({ method }) => method)).to.deep.equal(['get']);
  });

  it('has words for every act in both languages', () => {
    const { sentences } = createViews();
    for (const act of auditActs) {
      for (const language of ['fr', 'en'] as const) {
        expect(sentences.in(language)(`admin-trail:act.${act}`), `${language} ${act}`).not.to.include('admin-trail');
      }
    }
  });

  it('tells its end to the log whatever is left out there', async () => {
    await administrator();
    const { seq, hash } = await last();
    for (const level of ['warn', 'error', 'fatal']) {
      const lines: Record<string, unknown>[] = [];
      const write = (line: string): void => void lines.push(JSON.parse(line) as Record<string, unknown>);
      const quiet = await wire(app.config(), { clock: app.clock, logger: createLogger({ level }, { write }) });
      try {
        await quiet.jobs.find(({ name }) => name === 'audit-trail')!.run(new AbortController().signal);
      } finally {
        await quiet.close();
      }
      expect(
        lines.find(({ msg }) => msg === 'audit trail'),
        level,
      ).to.include({ seq, hash });
    }
  });

  it('tells its end to the log every day, so that an end that was cut off is seen', async () => {
    await administrator();
    const job = app.service().jobs.find(({ name }) => name === 'audit-trail')!;
    await job.run(new AbortController().signal);
    const { seq, hash } = await last();
    const { hash: firstHash } = (await records())[0]!;
    expect(app.log.find((line) => line['msg'] === 'audit trail'))
      .to.include({ seq, hash })
      .and.have.deep.nested.property('first.hash', firstHash);
    const cut = await collection('audit_trail').findOne({ _id: String(seq) });
    await collection('audit_trail').deleteOne({ _id: String(seq) });
    try {
      expect(await job.run(new AbortController().signal)).to.deep.equal({ done: 0, failed: 1 });
      expect(app.log.at(-1)).to.include({ msg: 'audit trail broken', fault: 'cut', at: seq });
      const visitor = await administrator('Somebody Else');
      expect((await visitor.get('/admin/trail?verify=yes')).text)
        .to.include('n’est pas celui qui avait été relevé')
        .and.not.include('intacte');
    } finally {
      await collection('audit_trail').deleteMany({ seq: { $gte: seq } });
      await collection('audit_trail').insertOne(cut!);
    }
  });
});
