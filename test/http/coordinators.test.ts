// Coordinators appointed by a link: given inside a launch to that person of that registration, once, and gone at the next
// click after somebody took it away.
import { expect } from 'chai';
import { RoguePlatform } from '../support/rogue-platform.ts';
import { crossLabCoordinator, monday, plain, useApp, type Visitor } from '../support/app.ts';
import { signed } from '../support/people.ts';

const dayMs = 86_400_000;

describe('A coordinator appointed by a link', function () {
  this.timeout(300_000);
  const app = useApp();
  const ports = () => app.service().ports;
  let names = 0;
  const stranger = (): string => `nobody-${(names += 1)}`;

  async function administrator(): Promise<Visitor> {
    const { url } = await app.service().admin.createLink({ name: 'Ada Admin' });
    const visitor = app.stranger();
    await visitor.submit('/admin/enter', { token: url.split('/').at(-1) ?? '' });
    await visitor.get('/admin/coordinators');
    return visitor;
  }

  /** The link that an administrator's form gives. */
  async function linkFor(lab: string, more: Record<string, string> = {}): Promise<string> {
    const visitor = await administrator();
    const { text, status } = await visitor.send('/admin/coordinators', {
      lab,
      locale: 'fr',
      name: '',
      email: '',
      ...more,
    });
    expect(status).to.equal(201);
    return /<code[^>]*>([^<]*\/coordinator\/[\w-]{43})<\/code>/u.exec(text)?.[1] ?? '';
  }

  const use = (visitor: Visitor, link: string) => visitor.send('/coordinator', { invitation: link });
  const mayRead = async (visitor: Visitor) => (await visitor.get('/cases')).status === 200;
  const idOf = async (lab: string): Promise<string> =>
    (await ports().coordinators.list()).filter(({ labId, person }) => labId === lab && person).at(-1)?.id ?? '';

  it('may be a newcomer whose name for the platform nobody knows, and who signs nothing', async () => {
    const visitor = await app.enter({ subject: stranger(), lab: 'liris' });
    expect(await mayRead(visitor)).to.equal(false);
    await visitor.get('/coordinator');
    const { text, status } = await visitor.submit('/coordinator', { invitation: await linkFor('liris') });
    expect(status).to.equal(200);
    expect(text).to.include('Vous coordonnez maintenant');
    expect(await mayRead(visitor)).to.equal(true);
    expect((await visitor.get('/report')).status).to.equal(200);
    expect((await visitor.get('/report?scope=all')).text).to.not.include('href="/report?lab=etis"');
  });

  it('of all labs comes in by any lab, and reads the consolidated report', async () => {
    const visitor = await app.enter({ subject: stranger(), lab: 'liris' });
    await visitor.get('/coordinator');
    await visitor.submit('/coordinator', { invitation: await linkFor('all_labs') });
    const { text } = await visitor.get('/report');
    expect(text).to.include('action="/report/match"');
  });

  it('uses the code alone as well as the whole link, in the page that the link opens too', async () => {
    const link = await linkFor('etis');
    const visitor = await app.enter({ subject: stranger() });
    const shown = await visitor.get(new URL(link).pathname);
    expect(shown.text).to.include('name="invitation"').and.include(link.split('/').at(-1));
    expect((await use(visitor, link.split('/').at(-1) ?? '')).status).to.equal(303);
    expect(await mayRead(visitor)).to.equal(true);
  });

  it('is told outside a launch what to do, and nothing is looked up or used', async () => {
    const link = await linkFor('etis');
    for (const path of [new URL(link).pathname, `/coordinator/${'x'.repeat(43)}`]) {
      const { status, text } = await app.stranger().get(path);
      expect(status).to.equal(200);
      expect(plain(text)).to.include('Il reste une étape');
    }
    expect((await app.stranger().get('/coordinator/short')).status).to.equal(404);
    const visitor = await app.enter({ subject: stranger() });
    await visitor.get('/coordinator');
    expect((await use(visitor, link)).status).to.equal(303);
  });

  it('is one person: of twelve who use the link at once, one; and that one may send it again', async () => {
    const link = await linkFor('liris');
    const visitors = await Promise.all(
      Array.from({ length: 12 }, () => app.enter({ subject: stranger(), lab: 'liris' })),
    );
    for (const visitor of visitors) await visitor.get('/coordinator');
    const answers = await Promise.all(visitors.map((visitor) => use(visitor, link)));
    expect(answers.filter(({ status }) => status === 303)).to.have.length(1);
    expect(answers.filter(({ status }) => status === 410)).to.have.length(11);
    const winner = visitors[answers.findIndex(({ status }) => status === 303)]!;
    expect((await use(winner, link)).status).to.equal(303);
    for (const visitor of visitors) expect(await mayRead(visitor)).to.equal(visitor === winner);
  });

  it('of one lab is refused in another, and the link stays good', async () => {
    const link = await linkFor('liris');
    const elsewhere = await app.enter({ subject: stranger() });
    await elsewhere.get('/coordinator');
    const { status, text } = await use(elsewhere, link);
    expect(status).to.equal(403);
    expect(plain(text)).to.include('pour un autre laboratoire');
    const there = await app.enter({ subject: stranger(), lab: 'liris' });
    await there.get('/coordinator');
    expect((await use(there, link)).status).to.equal(303);
  });

  it('has fourteen days', async () => {
    const [early, late] = [await linkFor('etis'), await linkFor('etis')];
    const visitor = await app.enter({ subject: stranger() });
    await visitor.get('/coordinator');
    app.clock.set(new Date(monday.getTime() + 14 * dayMs - 1));
    expect((await use(visitor, early)).status).to.equal(303);
    const other = await app.enter({ subject: stranger() });
    await other.get('/coordinator');
    app.clock.set(new Date(monday.getTime() + 14 * dayMs));
    const { status, text } = await use(other, late);
    expect(status).to.equal(410);
    expect(plain(text)).to.include('ne peut plus servir');
  });

  it('is the person of that registration: the same sub of another platform gets nothing', async () => {
    const subject = stranger();
    const visitor = await app.enter({ subject, lab: 'liris' });
    await visitor.get('/coordinator');
    await use(visitor, await linkFor('liris'));
    const rogue = await RoguePlatform.start(app);
    try {
      const id = await rogue.connect('liris', { clientId: 'other-platform' });
      await app.service().tool.administration.approvePlatform(id);
      const { agent, answer } = await rogue.launch({
        issuer: rogue.platform.issuer,
        clientId: 'other-platform',
        subject,
      });
      expect(answer.status).to.equal(303);
      expect((await agent.get('/cases')).status).to.equal(404);
      await app.service().tool.administration.setActive(id, false);
    } finally {
      await rogue.stop();
    }
    expect(await mayRead(visitor)).to.equal(true);
  });

  for (const [who, subject, lab, office] of [
    ['somebody appointed by a link', undefined, 'liris', 'liris'],
    ['somebody whom the file names', crossLabCoordinator, 'etis', undefined],
  ] as const) {
    it(`loses the right at the next click: ${who}`, async () => {
      const visitor = await app.enter({ subject: subject ?? stranger(), lab });
      if (subject === undefined) {
        await visitor.get('/coordinator');
        await use(visitor, await linkFor(lab));
      }
      for (const page of ['/cases', '/report']) expect((await visitor.get(page)).status).to.equal(200);
      const all = await ports().coordinators.list();
      const id =
        subject === undefined
          ? await idOf(lab)
          : (all.find(({ from, role }) => from === 'file' && role === 'cross_lab_coordinator')?.id ?? '');
      expect(all.find((one) => one.id === id)?.labId).to.equal(office);
      const admin = await administrator();
      const answers = [
        await admin.send(`/admin/coordinators/${id}/revoke`),
        await admin.send(`/admin/coordinators/${id}/revoke`),
      ];
      expect(answers.map(({ status }) => status)).to.deep.equal([303, 303]);
      for (const page of ['/cases', '/report', '/report.csv']) expect((await visitor.get(page)).status).to.equal(404);
      expect((await visitor.send('/referral/verify')).status).to.equal(404);
      const again = await app.enter({ subject: subject ?? 'nobody-again', lab });
      expect(await mayRead(again)).to.equal(false);
      const kept = await app.service().connection.collection<{ _id: string }>('appointments').findOne({ _id: id });
      expect(kept).to.not.have.any.keys('person', 'registrationId', 'tokenHash', 'name', 'email');
    });
  }

  it('can be taken back before anybody used the link', async () => {
    const link = await linkFor('etis', { name: 'Camille Retirée' });
    const waiting = (await ports().coordinators.list()).find(({ name }) => name === 'Camille Retirée');
    await (await administrator()).send(`/admin/coordinators/${waiting?.id ?? ''}/revoke`);
    const visitor = await app.enter({ subject: stranger() });
    await visitor.get('/coordinator');
    expect((await use(visitor, link)).status).to.equal(410);
  });

  it('has a deputy: a second one, who stays when the first goes', async () => {
    const two = await Promise.all([0, 1].map(() => app.enter({ subject: stranger(), lab: 'liris' })));
    for (const visitor of two) {
      await visitor.get('/coordinator');
      await use(visitor, await linkFor('liris'));
    }
    const first = (await ports().coordinators.list()).filter(({ labId, person }) => labId === 'liris' && person).at(-2);
    await ports().coordinators.revoke(first?.id ?? '', monday);
    expect([await mayRead(two[0]!), await mayRead(two[1]!)]).to.deep.equal([false, true]);
  });

  it('is written to at the address given with the invitation, from the acceptance to the end', async () => {
    const email = 'deputy@liris.example';
    const link = await linkFor('liris', { name: 'Dominique', email });
    const contacts = async () => (await ports().coordinators.contacts()).filter((one) => one.email === email);
    expect(await contacts()).to.deep.equal([]);
    const visitor = await app.enter({ subject: stranger(), lab: 'liris' });
    await visitor.get('/coordinator');
    await use(visitor, link);
    const [contact] = await contacts();
    expect(contact).to.deep.include({ role: 'lab_coordinator', labId: 'liris', name: 'Dominique', locale: 'fr' });
    expect(contact).to.not.have.any.keys('person', 'tokenHash');
    await ports().coordinators.revoke(contact?.id ?? '', monday);
    expect(await contacts()).to.deep.equal([]);
  });

  it('leaves traces: who invited, who accepted, who took it away; and of a link that is no good, none', async () => {
    const before = (await ports().trail.list({ limit: 1 }))[0]?.seq ?? 0;
    const link = await linkFor('liris');
    const visitor = await app.enter({ subject: stranger(), lab: 'liris' });
    await visitor.get('/coordinator');
    await use(visitor, 'y'.repeat(43));
    await use(visitor, link);
    await (await administrator()).send(`/admin/coordinators/${await idOf('liris')}/revoke`);
    const added = (await ports().trail.list({ limit: 50 })).filter(({ seq }) => seq > before).reverse();
    const about = added.filter(({ act }) => act.startsWith('coordinator_'));
    expect(about.map(({ act, object }) => [act, object])).to.deep.equal([
      ['coordinator_invited', 'liris'],
      ['coordinator_accepted', 'liris'],
      ['coordinator_revoked', 'liris'],
    ]);
    expect(about[2]?.subject).to.equal(about[1]?.actor.id);
    expect(JSON.stringify(added)).to.not.include(link.split('/').at(-1));
  });

  it('has no token in the database, and no token or address of theirs in the log', async () => {
    const link = await linkFor('liris', { email: 'sealed@liris.example' });
    const token = link.split('/').at(-1) ?? '';
    await app.stranger().get(`/coordinator/${token}`);
    const kept = JSON.stringify(await app.service().connection.collection('appointments').find().toArray());
    expect(kept).to.not.include(token).and.not.include('sealed@liris');
    expect(JSON.stringify(app.log)).to.not.include(token).and.not.include('sealed@liris');
  });

  it('is told what to put right when the invitation was pasted in part, or the form sent empty', async () => {
    const visitor = await signed(app, { subject: 'Pia Partly' });
    await visitor.get('/coordinator');
    for (const invitation of ['', 'https://example.org/coordinator/abc', 'a b c']) {
      const { status, text } = await use(visitor, invitation);
      expect(status, invitation).to.equal(422);
      expect(plain(text)).to.include('Collez le lien entier');
    }
    const admin = await administrator();
    const { status, text } = await admin.send('/admin/coordinators', {
      lab: 'mars',
      locale: 'fr',
      name: '',
      email: 'x',
    });
    expect(status).to.equal(422);
    expect(plain(text)).to.include('Choisissez un laboratoire, ou tous').and.include('value="x"');
    expect((await admin.send('/admin/coordinators/none/revoke')).status).to.equal(404);
  });
});
