// Exclusion of somebody who harasses: a coordinator asks, an administrator decides; by the forms that everybody uses.
import { expect } from 'chai';
import { charterVersion } from '../../service/domain/charter.ts';
import { openToExcluded } from '../../service/http/excluded.ts';
import { routes } from '../../service/http/routes.ts';
import { runAllOnce } from '../../service/jobs/schedule.ts';
import { inviteCoordinator } from '../../service/usecases/invite-coordinator.ts';
import { runMatching } from '../../service/usecases/run-matching.ts';
import { labCoordinator, monday, plain, useApp, type Visitor } from '../support/app.ts';
import {
  charterAnswers,
  confirmed,
  introducedPair,
  offerAnswers,
  participant,
  profileAnswers,
  proposedPair,
  requestAnswers,
} from '../support/people.ts';

const dayMs = 86_400_000;
const addressOf = (name: string): string => `${name.toLowerCase().replaceAll(' ', '.')}@example.org`;

describe('The exclusion of somebody', function () {
  this.timeout(300_000);
  const appeal = { name: 'Commission des recours', email: 'recours@programme.example' };
  // One coordinator asks in every test.
  const app = useApp({}, { programme: { appeal, limits: { exclusion: 80, deed: 600, admin_deed: 600 } } });
  const ports = () => app.service().ports;
  const kept = async (collection: string): Promise<Record<string, unknown>[]> =>
    app.service().connection.collection(collection).find().toArray();

  beforeEach('let nobody of an earlier test be proposed', async () => {
    await app
      .service()
      .connection.collection('members')
      .updateMany({}, { $unset: { offer: 1 } });
    await app
      .service()
      .connection.collection('requests')
      .updateMany({}, { $set: { status: 'closed' } });
  });

  async function memberNamed(name: string) {
    const ids = (await kept('members')).map(({ _id }) => String(_id));
    return (await ports().members.findMany(ids)).find((one) => one.name === name)!;
  }

  async function administrator(): Promise<Visitor> {
    const { url } = await app.service().admin.createLink({ name: 'Ada Admin' });
    const visitor = app.stranger();
    await visitor.submit('/admin/enter', { token: url.split('/').at(-1) ?? '' });
    await visitor.get('/admin/exclusions');
    return visitor;
  }

  /** The person asks the coordinators of LIRIS; the coordinator's browser, and the page of the case. */
  async function caseOf(visitor: Visitor): Promise<{ coordinator: Visitor; path: string }> {
    const { text } = await visitor.get('/help');
    const attempt = /name="attempt" value="([^"]+)"/u.exec(text)?.[1] ?? '';
    await visitor.submit('/help', { attempt, lab: 'liris', message: 'Quelqu’un me harcèle.' });
    const id = /\/help\/([\w-]+)\/messages/u.exec(visitor.last?.text ?? '')?.[1] ?? '';
    const coordinator = await app.enter({ subject: labCoordinator, lab: 'liris' });
    await coordinator.get(`/cases/${id}`);
    return { coordinator, path: `/cases/${id}` };
  }

  const about = (email: string, reason = 'harassment') => ({ whom: 'address', email, reason });
  const waitingId = async (): Promise<string> =>
    (await ports().exclusions.listLive()).filter(({ status }) => status === 'asked').at(-1)?.id ?? '';
  const decide = async (id: string, decision: string) =>
    (await administrator()).send(`/admin/exclusions/${id}/${decision}`);

  /** A person of the programme whom somebody else has excluded. */
  async function excluded(name: string): Promise<{ visitor: Visitor; id: string }> {
    const visitor = await participant(app, { subject: name, email: addressOf(name) });
    const { coordinator, path } = await caseOf(await participant(app, { subject: `Victim of ${name}`, lab: 'liris' }));
    expect((await coordinator.send(`${path}/exclusion`, about(addressOf(name)))).status).to.equal(303);
    const id = await waitingId();
    expect((await decide(id, 'exclude')).status).to.equal(303);
    return { visitor, id };
  }

  it('goes the whole way: asked, decided, out at once, the partner told in the usual words, the person with whom to appeal', async () => {
    const names = { mentee: 'Hector Harasser', mentor: 'Vera Victim' };
    const { mentee, mentor, dialogue } = await introducedPair(app, names);
    const harasser = await memberNamed(names.mentee);
    const { coordinator, path } = await caseOf(mentor);
    const { text, status } = await coordinator.submit(`${path}/exclusion`, about(addressOf(names.mentee)));
    expect(status).to.equal(200);
    expect(plain(text)).to.include('transmise à l’administration du programme');
    // Nothing has happened yet.
    expect((await mentee.get(dialogue)).status).to.equal(200);

    const admin = await administrator();
    const waiting = plain((await admin.get('/admin/exclusions')).text);
    expect(waiting).to.include(addressOf(names.mentee)).and.include('harcèlement').and.include('LIRIS');
    expect(waiting).to.include('Une personne du programme est concernée');
    const id = await waitingId();
    const { text: after } = await admin.submit(`/admin/exclusions/${id}/exclude`);
    expect(plain(after)).to.include('La personne est exclue').and.not.include(addressOf(names.mentee));

    const shown = await mentee.get(dialogue);
    expect(shown.status).to.equal(403);
    for (const words of ['Votre participation a pris fin', 'harcèlement', appeal.name, appeal.email]) {
      expect(plain(shown.text)).to.include(words);
    }
    expect(shown.text)
      .to.not.include(names.mentor)
      .and.not.include('href="/choices"')
      .and.not.include('class="places"');

    const partner = await mentor.get('/');
    expect(partner.status).to.equal(200);
    expect(partner.text).to.not.include(names.mentee).and.not.include(dialogue);
    const told = (await kept('outbox')).filter(({ kind }) => /^(?:exclusion_|dialogue_ended)/u.test(String(kind)));
    const { id: mentorId } = await memberNamed(names.mentor);
    expect(told.filter(({ memberId }) => memberId === mentorId).map(({ kind }) => kind)).to.deep.equal([
      'dialogue_ended',
    ]);
    expect(told.filter(({ memberId }) => memberId === harasser.id).map(({ kind }) => kind)).to.have.members([
      'dialogue_ended',
      'exclusion_told',
    ]);
    const closed = (await kept('dialogues')).find(({ menteeId }) => menteeId === harasser.id);
    expect(closed).to.include({ status: 'closed', closing: 'ended_early' });
    expect((await memberNamed(names.mentor)).held).to.deep.equal([]);
  });

  it('gets the same answer for a member and for a stranger, and twice is one request', async () => {
    const name = 'Marin Member';
    await participant(app, { subject: name });
    const { coordinator, path } = await caseOf(await participant(app, { subject: 'Ines Informer', lab: 'liris' }));
    const ask = async (email: string) => {
      const { status, headers, text } = await coordinator.send(`${path}/exclusion`, about(email));
      return { status, location: headers['location'] as unknown, text };
    };
    const before = (await kept('exclusions')).length;
    const answers = [];
    for (const email of [
      addressOf(name),
      'nobody@nowhere.example',
      addressOf(name),
      ` ${addressOf(name).toUpperCase()}`,
    ]) {
      answers.push(await ask(email));
    }
    for (const answer of answers) expect(answer).to.deep.equal(answers[0]);
    expect(answers[0]?.status).to.equal(303);
    expect((await kept('exclusions')).length).to.equal(before + 2);
    await Promise.all(Array.from({ length: 4 }, () => ask('many@at.once.example')));
    expect((await kept('exclusions')).length).to.equal(before + 3);
    // Sealed while it waits, and nowhere in the log.
    const written = JSON.stringify([await kept('exclusions'), await kept('audit_trail'), app.log]);
    expect(written).to.not.include('nowhere.example').and.not.include(addressOf(name));
    const admin = plain((await (await administrator()).get('/admin/exclusions')).text);
    expect(admin).to.include('Personne du programme n’a ou n’a eu cette adresse').and.include('nobody@nowhere.example');
    for (const { id } of await ports().exclusions.listLive()) await decide(id, 'refuse');
  });

  it('asks for what is missing, opens the form again, and asks for nothing', async () => {
    const { coordinator, path } = await caseOf(await participant(app, { subject: 'Fay Form', lab: 'liris' }));
    const before = (await kept('exclusions')).length;
    for (const [values, sentence] of [
      [{ whom: 'address', email: '', reason: 'harassment' }, 'adresse'],
      [{ whom: 'address', email: 'x', reason: 'threats' }, 'adresse'],
      [{ email: '', reason: 'threats' }, 'Dites qui est visé'],
      [{ whom: 'case', email: '', reason: 'dislike' }, 'Choisissez un motif'],
    ] as const) {
      const { status, text } = await coordinator.send(`${path}/exclusion`, values);
      expect(status).to.equal(422);
      expect(plain(text))
        .to.include(sentence)
        .and.match(/<details class="way-out" open>/u);
    }
    expect((await kept('exclusions')).length).to.equal(before);
    const stranger = await participant(app, { subject: 'Nils Nosy' });
    expect((await stranger.send(`${path}/exclusion`, about('a@b.example'))).status).to.equal(404);
  });

  it('may mean the person whose case it is, whom the coordinator still does not know', async () => {
    const visitor = await participant(app, { subject: 'Pim Pressing', lab: 'liris' });
    const { coordinator, path } = await caseOf(visitor);
    await coordinator.submit(`${path}/exclusion`, { whom: 'case', email: '', reason: 'pressure' });
    expect(coordinator.last?.text).to.not.include('Pim Pressing');
    const admin = await administrator();
    expect(plain(admin.last?.text ?? ''))
      .to.include('La personne dont parle le dossier')
      .and.not.include('Pim');
    await admin.send(`/admin/exclusions/${await waitingId()}/exclude`);
    expect(plain((await visitor.get('/')).text)).to.include('pressions');
  });

  it('leaves open their own data, leaving, the contacts and the language, and nothing else', async () => {
    const known = routes.map(({ method, path }) => `${method} ${path}`);
    expect(openToExcluded.filter((one) => !known.includes(one))).to.deep.equal([]);
    const { visitor } = await excluded('Otto Open');
    for (const path of ['/my-data', '/my-data/export.json', '/referral']) {
      expect((await visitor.get(path)).status, path).to.equal(200);
    }
    const { exclusion } = JSON.parse((await visitor.get('/my-data/export.json')).text) as { exclusion: object };
    expect(exclusion).to.include({ reason: 'harassment' }).and.not.have.any.keys('reference', 'labId', 'email');
    const closed = routes.filter(({ method, path }) => !openToExcluded.includes(`${method} ${path}`));
    await visitor.get('/my-data');
    for (const { method, path } of closed) {
      const address = path.replace(/:\w+/gu, 'x');
      const { status, text } = method === 'get' ? await visitor.get(address) : await visitor.send(address);
      expect(status, `${method} ${path}`).to.equal(403);
      expect(plain(text)).to.include('Votre participation a pris fin');
    }
    await visitor.submit('/language', { locale: 'en', back: '/' });
    expect(plain(visitor.last?.text ?? ''))
      .to.include('Your participation has ended')
      .and.include(appeal.email);
  });

  it('lets nobody place links of the programme, with a chooser that was open before or by another account', async () => {
    const name = 'Lou Linking';
    const roles = ['Administrator'];
    await app.enter({ subject: name, roles });
    const chooser = app.stranger();
    await chooser.launch(app.chooserOf('etis'), name);
    expect(chooser.last?.status).to.equal(200);
    await excluded(name);
    const sent = await chooser.send('/lti/choose', { 'view.home': 'home', view: 'home' });
    expect(sent.status).to.equal(403);
    expect(sent.text).to.not.include('name="JWT"');
    for (const subject of [name, 'account-for-links']) {
      const again = await app.enter({ subject, roles, email: addressOf(name) });
      await again.launch(app.chooserOf('etis'), subject);
      expect(again.last?.status, subject).to.equal(403);
      expect(plain(again.last?.text ?? ''))
        .to.include('Vous ne pouvez pas entrer')
        .and.include('contester');
    }
    await app.enter({ subject: 'Liv Linking', roles });
    const other = app.stranger();
    await other.launch(app.chooserOf('etis'), 'Liv Linking');
    const placed = await other.send('/lti/choose', { 'view.home': 'home', view: 'home' });
    expect(placed.status).to.equal(200);
    expect(placed.text).to.include('name="JWT"');
  });

  it('takes a mentor out of the matching at once, and a mentee with a request', async () => {
    const { visitor: mentor } = await (async () => {
      const visitor = await participant(app, { subject: 'Mona Mentor', lab: 'liris' });
      await visitor.submit('/mentor', offerAnswers);
      return { visitor };
    })();
    const mentee = await participant(app, { subject: 'Remi Requester' });
    await mentee.submit('/request', requestAnswers);
    const { coordinator, path } = await caseOf(await participant(app, { subject: 'Tara Third', lab: 'liris' }));
    for (const name of ['Mona Mentor', 'Remi Requester']) {
      await coordinator.send(`${path}/exclusion`, about(addressOf(name)));
      await decide(await waitingId(), 'exclude');
    }
    await runMatching(ports(), { seed: 2 });
    const [out, asked] = [await memberNamed('Mona Mentor'), await memberNamed('Remi Requester')];
    expect([out.status, asked.status]).to.deep.equal(['excluded', 'excluded']);
    for (const { id } of [out, asked]) expect(await ports().proposals.listLiveOf(id)).to.deep.equal([]);
    expect(await ports().requests.findLive(asked.id)).to.equal(undefined);
    expect((await mentor.send('/mentor', offerAnswers)).status).to.equal(403);
    expect((await mentee.send('/request', requestAnswers)).status).to.equal(403);
  });

  it('lets a live proposal lapse in the usual way, at the usual hour', async () => {
    const names = { mentee: 'Lia Lapsing', mentor: 'Leo Lapsing' };
    const { mentor, proposal } = await proposedPair(app, names);
    const { coordinator, path } = await caseOf(await participant(app, { subject: 'Tom Third', lab: 'liris' }));
    await coordinator.send(`${path}/exclusion`, about(addressOf(names.mentee)));
    await decide(await waitingId(), 'exclude');
    // Until then it looks like any proposal that waits.
    expect((await mentor.get(proposal)).text).to.include(`${proposal}/answer`);
    await mentor.submit(`${proposal}/answer`, { answer: 'yes' });
    expect(mentor.last?.status).to.equal(200);
    app.clock.set(new Date(monday.getTime() + 2 * dayMs));
    await runAllOnce(app.service().jobs);
    const { id } = await memberNamed(names.mentor);
    const told = (await kept('outbox')).filter(({ memberId }) => memberId === id).map(({ kind }) => kind);
    expect(told).to.include('proposal_lapsed').and.not.include('dialogue_introduced');
    expect(await ports().dialogues.listOf(id)).to.deep.equal([]);
  });

  it('is not undone by leaving, by being erased, or by another account that the platform knows by the same address', async () => {
    const name = 'Rex Returner';
    const { visitor } = await excluded(name);
    const { id } = await memberNamed(name);
    await visitor.get('/my-data');
    expect((await visitor.send('/my-data/leave')).status).to.equal(200);
    const again = await app.enter({ subject: name });
    expect(plain(again.last?.text ?? '')).to.include('Votre participation a pris fin');
    expect((await again.send('/charter', charterAnswers(name))).status).to.equal(403);
    app.clock.set(new Date(monday.getTime() + 31 * dayMs));
    await runAllOnce(app.service().jobs);
    expect(await ports().members.find(id)).to.equal(undefined);
    for (const [subject, lab] of [
      [name, 'etis'],
      ['another-account', 'liris'],
    ] as const) {
      const back = await app.enter({ subject, lab, email: addressOf(name) });
      expect(back.last?.status, subject).to.equal(403);
      for (const path of ['/charter', '/profile', '/request']) expect((await back.get(path)).status).to.equal(403);
    }
    const other = await app.enter({ subject: 'Someone Else' });
    expect((await other.get('/charter')).status).to.equal(200);
  });

  it('is told by no page to somebody who types the address: only the platform’s own address counts', async () => {
    const { visitor } = await excluded('Sam Secret');
    expect((await visitor.get('/')).status).to.equal(403);
    const curious = await app.enter({ subject: 'Cleo Curious' });
    await curious.get('/charter');
    const values = { ...charterAnswers('Cleo Curious'), email: addressOf('Sam Secret'), version: charterVersion };
    expect((await curious.send('/charter', values)).headers['location']).to.include('/profile');
  });

  it('is told by no file to somebody who has typed the address, and reaches nobody whose address another typed', async () => {
    const name = 'Hugo Typed';
    const innocent = 'ines.innocent@etis.example';
    const visitor = await participant(app, { subject: name, email: addressOf(name) });
    // Before the decision the harasser gives another's address as their own.
    await visitor.get('/profile');
    await visitor.submit('/profile', { ...profileAnswers(name), email: innocent });
    const { coordinator, path } = await caseOf(await participant(app, { subject: 'Victim of typing', lab: 'liris' }));
    await coordinator.send(`${path}/exclusion`, about(addressOf(name)));
    await decide(await waitingId(), 'exclude');
    expect((await visitor.get('/')).status).to.equal(403);
    const other = await app.enter({ subject: 'ines', email: innocent });
    expect((await other.get('/charter')).status).to.equal(200);
    const curious = await participant(app, { subject: 'Cora Curious' });
    await curious.get('/profile');
    await curious.submit('/profile', { ...profileAnswers('Cora Curious'), email: addressOf(name) });
    expect((await curious.get('/my-data/export.json')).text).to.not.include('exclusion');
  });

  it('finds whoever has changed the address since, also by signing again', async () => {
    const name = 'Chris Changed';
    const visitor = await participant(app, { subject: name });
    const before = `${name.toLowerCase().replaceAll(' ', '.')}@example.org`;
    await visitor.submit('/my-data/leave');
    const again = await app.enter({ subject: name });
    await again.submit('/charter', { ...charterAnswers(name), email: 'quite.another@example.org' });
    const { coordinator, path } = await caseOf(await participant(app, { subject: 'Victim of changing', lab: 'liris' }));
    await coordinator.send(`${path}/exclusion`, about(before));
    expect(plain((await (await administrator()).get('/admin/exclusions')).text)).to.include(
      'Une personne du programme',
    );
    await decide(await waitingId(), 'exclude');
    expect((await again.get('/')).status).to.equal(403);
  });

  describe('and other accounts to which a platform gives the same address', () => {
    const typedAs = (name: string) => ({ ...charterAnswers(name), email: addressOf(name) });
    /** A person who types an address of their own, whatever the platform knows. */
    const signedAs = async (name: string, from: { lab: string; email: string }): Promise<Visitor> => {
      const visitor = await app.enter({ subject: name, ...from });
      await visitor.submit('/charter', typedAs(name));
      await confirmed(app, { subject: name, ...from });
      return visitor;
    };
    const statusOf = async (visitor: Visitor): Promise<number> => (await visitor.get('/my-data')).status;
    const statusAtHome = async (visitor: Visitor): Promise<number> => (await visitor.get('/')).status;
    const whoAsks = async (): Promise<Awaited<ReturnType<typeof caseOf>>> =>
      caseOf(await participant(app, { subject: `Victim ${String(Math.random())}`, lab: 'liris' }));

    it('takes those of the same lab along, whether it was asked by a typed address or by a case', async () => {
      for (const [index, by] of ['address', 'case'].entries()) {
        const email = `both${index}@etis.example`;
        const one = await signedAs(`Ivo First ${by}`, { lab: 'etis', email });
        const other = await signedAs(`Ivo Second ${by}`, { lab: 'etis', email });
        expect(await statusAtHome(other)).to.equal(200);
        const { coordinator, path } = by === 'case' ? await caseOf(one) : await whoAsks();
        const asked =
          by === 'case' ? { whom: 'case', reason: 'harassment', email: '' } : about(addressOf(`Ivo First ${by}`));
        expect((await coordinator.send(`${path}/exclusion`, asked)).status).to.equal(303);
        const visitor = await administrator();
        expect(plain(visitor.last?.text ?? '')).to.include('2 comptes du programme');
        await decide(await waitingId(), 'exclude');
        expect([await statusAtHome(one), await statusAtHome(other)], by).to.deep.equal([403, 403]);
        expect(await statusOf(other)).to.equal(200);
        const third = await app.enter({ subject: `Ivo Third ${by}`, lab: 'etis', email });
        expect(third.last?.status).to.equal(403);
      }
    });

    it('shuts nobody out of another lab, newcomer or member: a platform may give anybody’s address', async () => {
      const email = 'ines@liris.example';
      const harasser = await signedAs('Rolf Rogue', { lab: 'etis', email });
      const member = await signedAs('Ines Member', { lab: 'liris', email });
      const { coordinator, path } = await whoAsks();
      await coordinator.send(`${path}/exclusion`, about(addressOf('Rolf Rogue')));
      await decide(await waitingId(), 'exclude');
      expect(await statusAtHome(harasser)).to.equal(403);
      expect(await statusAtHome(member)).to.equal(200);
      await member.get('/charter');
      expect((await member.send('/charter', typedAs('Ines Member'))).headers['location']).to.equal(
        '/profile?done=charter',
      );
      const newcomer = await app.enter({ subject: 'Ines New', lab: 'liris', email });
      expect((await newcomer.get('/charter')).status).to.equal(200);
      expect((await newcomer.send('/charter', typedAs('Ines New'))).headers['location']).to.include('/profile');
    });

    it('takes those of every lab along where the administrator says so, and lets all of them in again', async () => {
      const email = 'same@person.example';
      const one = await signedAs('Sami One', { lab: 'etis', email });
      const other = await signedAs('Sami Two', { lab: 'liris', email });
      const { coordinator, path } = await whoAsks();
      await coordinator.send(`${path}/exclusion`, about(addressOf('Sami One')));
      const id = await waitingId();
      const admin = await administrator();
      expect(plain(admin.last?.text ?? '')).to.include('Un compte d’un autre laboratoire a la même adresse');
      expect((await admin.send(`/admin/exclusions/${id}/exclude`, { everywhere: 'yes' })).status).to.equal(303);
      expect([await statusAtHome(one), await statusAtHome(other)]).to.deep.equal([403, 403]);
      expect((await app.enter({ subject: 'Sami Three', lab: 'liris', email })).last?.status).to.equal(403);
      await decide(id, 'lift');
      expect([await statusAtHome(one), await statusAtHome(other)]).to.deep.equal([200, 200]);
    });
  });

  it('holds although the person was erased before it was decided, and came back under another typed address', async () => {
    const name = 'Lena Late';
    const visitor = await participant(app, { subject: name });
    const { coordinator, path } = await caseOf(await participant(app, { subject: 'Victim of Lena', lab: 'liris' }));
    await coordinator.send(`${path}/exclusion`, about(addressOf(name)));
    const { id } = await memberNamed(name);
    await visitor.get('/my-data');
    await visitor.send('/my-data/leave');
    app.clock.set(new Date(monday.getTime() + 31 * dayMs));
    await runAllOnce(app.service().jobs);
    expect(await ports().members.find(id)).to.equal(undefined);
    await decide(await waitingId(), 'exclude');
    expect((await app.enter({ subject: name })).last?.status).to.equal(403);
  });

  it('takes the office of somebody who coordinates under the address without taking part', async () => {
    const email = 'olga@liris.example';
    const visitor = await app.enter({ subject: 'Olga Office', lab: 'liris', email });
    const { token } = await inviteCoordinator(ports(), {
      role: 'lab_coordinator',
      labId: 'liris',
      locale: 'fr',
      email,
    });
    await visitor.get('/coordinator');
    await visitor.submit('/coordinator', { invitation: token });
    expect((await visitor.get('/cases')).status).to.equal(200);
    const { coordinator, path } = await caseOf(await participant(app, { subject: 'Victim of Olga', lab: 'liris' }));
    await coordinator.send(`${path}/exclusion`, about(email));
    await decide(await waitingId(), 'exclude');
    expect((await visitor.get('/cases')).status).to.equal(403);
    expect((await ports().coordinators.contacts()).map((one) => one.email)).to.not.include(email);
    const nameless = await app.enter({ subject: 'Olga Office', lab: 'liris' });
    expect((await nameless.get('/cases')).status).to.not.equal(200);
  });

  it('says nothing of it to another person who comes with the address: no reason, no day', async () => {
    const name = 'Nina Named';
    await excluded(name);
    const other = await app.enter({ subject: 'somebody-else', lab: 'liris', email: addressOf(name) });
    const { status, text } = await other.get('/');
    expect(status).to.equal(403);
    expect(plain(text)).to.include('Vous ne pouvez pas entrer').and.not.include('harcèlement').and.not.include('2026');
  });

  it('takes the right to coordinate with it, and hides who somebody was in their cases', async () => {
    const name = 'Otto Office';
    const visitor = await participant(app, { subject: name, email: addressOf(name), lab: 'liris' });
    const { personKey, id: memberId } = await memberNamed(name);
    const given = { role: 'lab_coordinator', labId: 'liris', locale: 'fr', email: 'otto@liris.example' } as const;
    const { token } = await inviteCoordinator(ports(), given);
    await visitor.get('/coordinator');
    await visitor.submit('/coordinator', { invitation: token });
    const own = await caseOf(visitor);
    await visitor.get(own.path.replace('cases', 'help'));
    await visitor.submit(`${own.path.replace('cases', 'help')}/identity/open`);
    const caseId = own.path.split('/').at(-1) ?? '';
    expect((await ports().cases.find(caseId))?.identityOpenedAt).to.be.instanceOf(Date);
    const { coordinator, path } = await caseOf(await participant(app, { subject: 'Victim of Otto', lab: 'liris' }));
    await coordinator.send(`${path}/exclusion`, about(addressOf(name)));
    await decide(await waitingId(), 'exclude');
    expect(await ports().coordinators.officesOf(personKey, 'liris')).to.deep.equal([]);
    expect((await ports().coordinators.contacts()).map(({ email }) => email)).to.not.include('otto@liris.example');
    expect((await ports().cases.find(caseId))?.identityOpenedAt).to.equal(undefined);
    expect((await ports().members.find(memberId))?.status).to.equal('excluded');
  });

  it('can be lifted: active again, told, free to ask again; what ended stays ended', async () => {
    const names = { mentee: 'Lise Lifted', mentor: 'Marc Mentor' };
    const { mentee, mentor, dialogue } = await introducedPair(app, names);
    const { coordinator, path } = await caseOf(mentor);
    await coordinator.send(`${path}/exclusion`, about(addressOf(names.mentee), 'false_identity'));
    const id = await waitingId();
    await decide(id, 'exclude');
    expect((await mentee.get('/')).status).to.equal(403);
    const answers = [await decide(id, 'lift'), await decide(id, 'lift')];
    expect(answers.map(({ status }) => status)).to.deep.equal([303, 303]);
    expect((await decide(id, 'exclude')).status).to.equal(409);
    expect((await mentee.get('/')).status).to.equal(200);
    const { id: memberId, status } = await memberNamed(names.mentee);
    expect(status).to.equal('active');
    expect((await mentee.send('/request', requestAnswers)).status).to.equal(303);
    expect((await ports().dialogues.find(dialogue.split('/').at(-1) ?? ''))?.status).to.equal('closed');
    const told = (await kept('outbox')).filter((one) => one['memberId'] === memberId).map(({ kind }) => kind);
    expect(told.filter((kind) => kind === 'exclusion_lifted')).to.have.length(1);
    // And may be asked for anew.
    await coordinator.send(`${path}/exclusion`, about(addressOf(names.mentee)));
    expect(await waitingId())
      .to.not.equal(id)
      .and.not.equal('');
    expect((await decide(await waitingId(), 'refuse')).status).to.equal(303);
    expect((await mentee.get('/')).status).to.equal(200);
  });

  it('ends by itself after 24 months, and a request that nobody decides after 90 days', async () => {
    const { id } = await excluded('Tim Timed');
    const { coordinator, path } = await caseOf(await participant(app, { subject: 'Una Undecided', lab: 'liris' }));
    await coordinator.send(`${path}/exclusion`, about('undecided@example.org'));
    const asked = await waitingId();
    app.clock.set(new Date(monday.getTime() + 91 * dayMs));
    await runAllOnce(app.service().jobs);
    expect(await ports().exclusions.find(asked))
      .to.include({ status: 'lapsed' })
      .and.not.have.any.keys('email');
    app.clock.set(new Date('2028-11-23T08:00:00Z'));
    await runAllOnce(app.service().jobs);
    expect((await ports().exclusions.find(id))?.status).to.equal('in_force');
    app.clock.set(new Date('2028-11-23T10:00:00Z'));
    await runAllOnce(app.service().jobs);
    expect((await ports().exclusions.find(id))?.status).to.equal('lifted');
    app.clock.set(new Date('2029-12-23T10:00:00Z'));
    await runAllOnce(app.service().jobs);
    expect(await ports().exclusions.find(id)).to.equal(undefined);
  });

  it('leaves traces with the reason and the person’s pseudonym, and no address anywhere', async () => {
    const name = 'Zoe Traced';
    const before = (await ports().trail.list({ limit: 1 }))[0]?.seq ?? 0;
    const { id } = await excluded(name);
    await decide(id, 'lift');
    await decide('none', 'lift');
    const added = (await ports().trail.list({ limit: 50 })).filter(({ seq }) => seq > before).reverse();
    const [asked, made, lifted, none, undone] = added.filter(({ act }) => act.startsWith('exclusion_'));
    expect([asked, made, lifted, none].map((one) => one?.act)).to.deep.equal([
      'exclusion_asked',
      'exclusion_made',
      'exclusion_lifted',
      'exclusion_lifted',
    ]);
    expect(undone?.notDone).to.equal(none?.seq);
    for (const one of [asked, made, lifted]) expect(one?.reason).to.equal('harassment');
    // The case stands where nobody is named, and the person where no case is: together they would tell who complained of whom.
    expect(asked?.object).to.match(/^[A-Z]{6}$/u);
    expect([made?.object, lifted?.object]).to.deep.equal(['liris', 'liris']);
    expect(asked).to.not.have.property('subject');
    const { personKey } = await memberNamed(name);
    const pseudonym = await ports().auditPeople.findPseudonym({ kind: 'member', key: personKey });
    expect(pseudonym).to.be.a('string');
    expect([made?.subject, lifted?.subject]).to.deep.equal([pseudonym, pseudonym]);
    const trail = plain((await (await administrator()).get('/admin/trail')).text);
    expect(trail).to.include('exclusion d’une personne').and.include('harcèlement');

    const everything = await Promise.all(
      (await app.service().connection.db!.collections()).map((one) => one.find().toArray()),
    );
    const words = JSON.stringify([everything, app.log]).toLowerCase();
    for (const word of [addressOf(name), 'traced@', 'undecided@', 'nowhere.example', addressOf('Hector Harasser')]) {
      expect(words).to.not.include(word);
    }
  });

  it('names nobody in a copy of the database: marks that no other record has, and nothing else', async () => {
    await excluded('Noah Nameless');
    const { id, personKey, ties } = await memberNamed('Noah Nameless');
    const exclusions = await kept('exclusions');
    const text = JSON.stringify(exclusions);
    for (const word of [id, personKey, ...ties.self]) expect(text).to.not.include(word);
    for (const one of exclusions.filter(({ status }) => status === 'in_force')) {
      expect(one).to.not.have.any.keys('email', 'memberId', 'unsettled');
    }
  });

  // The last group: afterwards the coordinator of these tests may ask for no more today.
  describe('and its number', () => {
    it('cannot be asked for without end', async () => {
      const { coordinator, path } = await caseOf(await participant(app, { subject: 'Lim Limited', lab: 'liris' }));
      const statuses: number[] = [];
      for (let number = 0; number < 81 && !statuses.includes(429); number += 1) {
        statuses.push((await coordinator.send(`${path}/exclusion`, about(`flood${number}@example.org`))).status);
      }
      expect(statuses.at(-1)).to.equal(429);
    });
  });
});
