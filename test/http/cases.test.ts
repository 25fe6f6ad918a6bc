// Cases from both sides, by the forms that everybody uses: who finds which page, and what it says.
import { expect } from 'chai';
import { openCase } from '../../service/usecases/open-case.ts';
import { crossLabCoordinator, labCoordinator, plain, useApp, type Visitor } from '../support/app.ts';
import { participant, requestAnswers } from '../support/people.ts';

describe('the pages of a case', () => {
  const app = useApp();

  const attemptOn = (visitor: Visitor): string =>
    /name="attempt" value="([^"]+)"/u.exec(visitor.last?.text ?? '')?.[1] ?? '';
  const ofLiris = (): Promise<Visitor> => app.enter({ subject: labCoordinator, lab: 'liris' });
  const ofAll = (): Promise<Visitor> => app.enter({ subject: crossLabCoordinator });
  const memberNamed = async (name: string) => {
    const members = await Promise.all(
      (await app.service().connection.collection('members').find().toArray()).map(({ _id }) =>
        app.service().ports.members.find(String(_id)),
      ),
    );
    return members.find((one) => one?.name === name)!;
  };

  /** Asks a lab's coordinators, and gives the path of the page it leads to. */
  async function ask(visitor: Visitor, lab = 'liris', message = 'Puis-je vous parler ?'): Promise<string> {
    await visitor.get('/help');
    await visitor.submit('/help', { attempt: attemptOn(visitor), lab, message });
    const id = /\/help\/([\w-]+)\/messages/u.exec(visitor.last?.text ?? '')?.[1];
    if (id === undefined) throw new Error(`no conversation was opened: ${visitor.last?.text ?? ''}`);
    return id;
  }

  /** A conversation needs the page whose form it sends. */
  async function write(visitor: Visitor, page: string, message: string): Promise<void> {
    await visitor.get(page);
    await visitor.submit(`${page}/messages`, { attempt: attemptOn(visitor), message });
  }

  it('lead a person from their space and from the referral page to a coordinator, the own lab chosen', async () => {
    const visitor = await participant(app, { subject: 'Hana Help' });
    expect((await visitor.get('/')).text).to.include('href="/help"');
    expect((await visitor.get('/referral')).text).to.include('href="/help"');
    const { text } = await visitor.get('/help');
    expect(text).to.include('Parler à une coordinatrice ou un coordinateur');
    expect(text)
      .to.match(/value="etis" checked/u)
      .and.to.include('value="liris"')
      .and.to.include('value="all"');
  });

  it('do not offer a coordinator to somebody who has not signed', async () => {
    const stranger = await app.enter({ subject: 'Una Unsigned', target: '/referral' });
    expect(stranger.last?.text).not.to.include('href="/help"');
    expect((await stranger.get('/help')).text).to.include('La charte du programme');
  });

  it('carry a conversation, and tell the coordinator neither name nor address nor id before the person opens it', async () => {
    const name = 'Perpetua Pseudonym';
    const visitor = await participant(app, { subject: name });
    const id = await ask(visitor);
    const coordinator = await ofLiris();
    const member = await memberNamed(name);
    const traces = [name, 'Perpetua', member.email, member.id, member.personKey, `asked:`];
    const pages = async (): Promise<string> =>
      plain((await coordinator.get('/cases')).text + (await coordinator.get(`/cases/${id}`)).text).toLowerCase();
    const hidden = await pages();
    for (const trace of traces) expect(hidden, trace).not.to.include(trace.toLowerCase());
    expect(hidden).to.include('puis-je vous parler ?').and.include('une personne souhaite parler');

    await write(coordinator, `/cases/${id}`, 'Bien sûr. De quoi s’agit-il ?');
    expect(coordinator.last?.text).to.include('La réponse de la personne est attendue');
    expect((await visitor.get(`/help/${id}`)).text)
      .to.include('De quoi s’agit-il')
      .and.include('La coordination vous a écrit');
    expect((await visitor.get('/')).text)
      .to.include('Lire le message')
      .and.include(`href="/help/${id}"`);
    await write(visitor, `/help/${id}`, 'D’une question <délicate>\nsur deux lignes');
    expect(await pages()).to.include('d’une question <délicate>\nsur deux lignes');

    await visitor.submit(`/help/${id}/identity/open`);
    expect(visitor.last?.text).to.include('voit maintenant qui vous êtes');
    expect(await pages())
      .to.include(name.toLowerCase())
      .and.include(member.email)
      .and.not.include(member.id.toLowerCase());
    const common = await ofAll();
    const elsewhere = plain((await common.get('/cases')).text + (await common.get(`/cases/${id}`)).text).toLowerCase();
    expect(elsewhere).to.include('puis-je vous parler ?').and.include('seule la coordination du laboratoire');
    for (const trace of traces) expect(elsewhere, trace).not.to.include(trace.toLowerCase());
    await visitor.get(`/help/${id}`);
    await visitor.submit(`/help/${id}/identity/hide`);
    const again = await pages();
    for (const trace of traces) expect(again, trace).not.to.include(trace.toLowerCase());
  });

  it('are not there for another lab’s coordinator, for other members, and for oneself as coordinator', async () => {
    const visitor = await participant(app, { subject: 'Nina Nobody' });
    const id = await ask(visitor, 'etis');
    for (const person of [await ofLiris(), await participant(app, { subject: 'Otto Other' }), visitor]) {
      expect((await person.get(`/cases/${id}`)).status).to.equal(404);
      for (const act of ['messages', 'widen', 'match', 'close']) {
        expect((await person.send(`/cases/${id}/${act}`, { attempt: 'a', message: 'Bonjour' })).status).to.equal(404);
      }
    }
    const other = await participant(app, { subject: 'Olga Other' });
    expect((await other.get(`/help/${id}`)).status).to.equal(404);
    for (const act of ['messages', 'identity/open', 'identity/hide', 'close']) {
      expect((await other.send(`/help/${id}/${act}`, { attempt: 'a', message: 'Bonjour' })).status).to.equal(404);
    }
    expect((await other.send(`/help/${id}/lab`, { lab: 'lix' })).status).to.equal(404);
    const coordinator = await participant(app, { subject: crossLabCoordinator });
    const own = await ask(coordinator, 'all', 'De moi à moi');
    expect((await coordinator.get('/cases')).text)
      .to.include(id)
      .and.not.include(own);
    expect((await coordinator.get(`/cases/${own}`)).status).to.equal(404);
    expect((await coordinator.get(`/help/${own}`)).text).to.include('De moi à moi');
  });

  it('say to a coordinator without cases that there is none', async () => {
    await app.service().connection.collection('cases').deleteMany({});
    const coordinator = await ofLiris();
    const { text } = await coordinator.get('/cases');
    expect(text).to.include('Aucun dossier n’est ouvert').and.include('aria-current="page">Dossiers');
    expect((await (await participant(app, { subject: 'Paul Plain' })).get('/')).text).not.to.include('href="/cases"');
    expect((await (await participant(app, { subject: 'Pia Plain' })).get('/cases')).status).to.equal(404);
  });

  it('let a coordinator of all labs suggest widening, search again and close; the person sees the suggestion', async () => {
    const name = 'Wanda Waiting';
    const visitor = await participant(app, { subject: name });
    await visitor.submit('/request', requestAnswers);
    const { ports } = app.service();
    const { id: memberId, labId } = await memberNamed(name);
    const request = (await ports.requests.findLive(memberId))!;
    const { id } = await openCase(ports, { kind: 'waiting', memberId, requestId: request.id, labId });

    const coordinator = await ofAll();
    const shown = (await coordinator.get(`/cases/${id}`)).text;
    expect(shown).to.include('Une demande attend depuis longtemps').and.include('la recherche continue');
    expect(shown).to.include('Durée souhaitée').and.include('Propositions sans suite');
    for (const trace of [name, memberId, request.id]) expect(shown).not.to.include(trace);
    await coordinator.submit(`/cases/${id}/widen`);
    expect(coordinator.last?.text).to.include('La suggestion est faite').and.include('Suggéré le 23 novembre 2026');
    expect((await coordinator.send(`/cases/${id}/widen`)).status).to.equal(409);
    await coordinator.submit(`/cases/${id}/match`);
    expect(coordinator.last?.text).to.include('relancée dans les prochaines minutes');
    expect(await ports.wishes.find()).not.to.equal(undefined);

    expect((await visitor.get('/help')).text).to.include('Votre demande attend depuis longtemps');
    expect((await visitor.get(`/help/${id}`)).text).to.include('vous a suggéré d’élargir votre demande');
    await coordinator.get(`/cases/${id}`);
    await coordinator.submit(`/cases/${id}/close`);
    expect(coordinator.last?.text).to.include('Dossiers fermés').and.include('Aucun dossier n’est ouvert');
    expect((await visitor.get(`/help/${id}`)).text)
      .to.include('Cet échange est fermé')
      .and.not.include('<textarea');
    expect((await visitor.send(`/help/${id}/messages`, { attempt: 'a', message: 'Trop tard' })).status).to.equal(409);
  });

  it('hand a conversation to another lab’s coordinators: it appears there, and is gone here', async () => {
    const visitor = await participant(app, { subject: 'Mona Move' });
    const id = await ask(visitor);
    const coordinator = await ofLiris();
    expect((await coordinator.get(`/cases/${id}`)).status).to.equal(200);
    await visitor.submit(`/help/${id}/lab`, { lab: 'lix' });
    expect(visitor.last?.text).to.include('confié à la coordination que vous avez choisie');
    expect(visitor.last?.text).to.match(/value="lix" checked/u);
    expect((await coordinator.get(`/cases/${id}`)).status).to.equal(404);
    expect((await visitor.send(`/help/${id}/lab`)).status).to.equal(422);
    expect((await visitor.send(`/help/${id}/lab`, { lab: 'nowhere' })).status).to.equal(404);
  });

  it('open one conversation when the form is sent twice, and refuse another as long as it is open', async () => {
    const visitor = await participant(app, { subject: 'Dora Double' });
    await visitor.get('/help');
    const form = { attempt: attemptOn(visitor), lab: 'etis', message: '' };
    const [one, other] = [await visitor.send('/help', form), await visitor.send('/help', form)];
    expect(one.headers['location']).to.equal(other.headers['location']);
    expect((await visitor.send('/help', { ...form, attempt: 'another' })).status).to.equal(409);
    expect((await visitor.get('/help')).text)
      .to.include('Vous avez déjà un échange ouvert')
      .and.not.include('<textarea');
  });

  it('say what to put right, keep what was typed, and keep the attempt', async () => {
    const visitor = await participant(app, { subject: 'Wim Wrong' });
    const id = await ask(visitor);
    await visitor.get(`/help/${id}`);
    const attempt = attemptOn(visitor);
    const empty = await visitor.send(`/help/${id}/messages`, { attempt, message: '  ' });
    expect(empty.status).to.equal(422);
    expect(empty.text).to.include('Écrivez votre message').and.include(`value="${attempt}"`);
    const long = await visitor.send(`/help/${id}/messages`, { attempt, message: 'é'.repeat(1001) });
    expect(long.status).to.equal(422);
    expect(long.text).to.include('Ce texte est trop long').and.include('ééé');
    expect((await visitor.send(`/help/${id}/messages`, { message: 'Sans numéro' })).status).to.equal(422);
    const coordinator = await ofLiris();
    expect((await coordinator.send(`/cases/${id}/messages`, { attempt: 'a', message: '' })).status).to.equal(422);
    await visitor.submit(`/help/${id}/close`);
    await visitor.get('/help');
    const long2 = await visitor.send('/help', { attempt: 'b', lab: 'liris', message: 'é'.repeat(1001) });
    expect(long2.status).to.equal(422);
    expect(long2.text)
      .to.match(/value="liris" checked/u)
      .and.include('ééé');
  });

  it('export a person’s conversations with their data', async () => {
    const visitor = await participant(app, { subject: 'Eli Export' });
    await ask(visitor, 'all', 'Une question à emporter');
    const { text } = await visitor.get('/my-data/export.json');
    expect(text).to.include('Une question à emporter');
  });

  it('write no line of a case, of who wrote and of what into the access log', () => {
    const log = JSON.stringify(app.log);
    for (const trace of ['Puis-je', 'emporter', 'Perpetua', 'Wanda']) expect(log).not.to.include(trace);
  });
});
