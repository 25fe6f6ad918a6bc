// A member's open sessions, by real launches: seen on "my data", ended one by one or all, and forgotten at once.
import { expect } from 'chai';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { wire } from '../../service/wiring.ts';
import { plain, useApp, type Visitor } from '../support/app.ts';
import { participant, signed } from '../support/people.ts';

describe('A member’s sessions', () => {
  const app = useApp();
  const sessionsOn = (visitor: Visitor) => {
    const { text } = visitor.last!;
    const lines = [
      ...text.matchAll(/<li><span id="session-\d+">([^<]*)<\/span>[\s\S]*?name="session" value="([^"]*)"/gu),
    ];
    return lines.map(([, what = '', handle = '']) => ({ what: plain(what), handle }));
  };
  const isIn = async (visitor: Visitor): Promise<boolean> => (await visitor.get('/my-data')).status === 200;

  it('are listed with their platform and since when, this one marked', async () => {
    const one = await participant(app, { subject: 'Sol Several' });
    await app.enter({ subject: 'Sol Several' });
    await app.enter({ subject: 'Una Other' });
    await one.get('/my-data');
    const listed = sessionsOn(one).map(({ what }) => what);
    expect(listed).to.have.length(2);
    expect(listed.filter((what) => what.includes('(cette session)'))).to.have.length(1);
    for (const what of listed) expect(what).to.match(/^etis, depuis le \p{L}+ \d+(?:er)? \p{L}+/u);
  });

  it('are shown also to somebody who has not signed yet', async () => {
    const visitor = await app.enter({ subject: 'Nora Newcomer', target: '/my-data' });
    expect(sessionsOn(visitor)).to.have.length(1);
  });

  it('end one by one: the other is out at its next click, and gone from the list at once', async () => {
    const one = await signed(app, { subject: 'Olaf One' });
    const other = await app.enter({ subject: 'Olaf One' });
    await one.get('/my-data');
    const ended = sessionsOn(one).find(({ what }) => !what.includes('(cette session)'))!;
    await one.submit('/my-data/sessions/end', { session: ended.handle });
    expect(one.last?.text).to.include('La session est terminée');
    expect(sessionsOn(one)).to.have.length(1);
    expect(await isIn(other)).to.equal(false);
    expect(await isIn(one)).to.equal(true);
  });

  it('end at the next click in every copy when one of them switches the platform off or gives its deployment to another lab', async () => {
    const copy = await wire(app.config(), { clock: app.clock, logger: pino({ level: 'silent' }) });
    try {
      const { administration } = copy.tool;
      const id = (await administration.listPlatforms()).find(({ registration }) => registration.name === 'etis')!
        .registration.id;
      for (const [take, giveBack] of [
        [() => administration.setActive(id, false), () => administration.setActive(id, true)],
        [
          () => administration.approveDeployment(id, '1', 'lix'),
          () => administration.approveDeployment(id, '1', 'etis'),
        ],
      ] as const) {
        const visitor = await signed(app, { subject: 'Oda Off' });
        const elsewhere = await signed(app, { subject: 'Lou Liris', lab: 'liris' });
        expect(await isIn(visitor)).to.equal(true);
        await take();
        expect(await isIn(visitor)).to.equal(false);
        expect(await isIn(elsewhere)).to.equal(true);
        await giveBack();
        // The other copy knows the platform anew after a second.
        await pause(1_100);
      }
    } finally {
      await copy.close();
    }
  });

  it('end this one like signing out', async () => {
    const one = await signed(app, { subject: 'Tess This' });
    await one.get('/my-data');
    const [mine] = sessionsOn(one);
    expect((await one.send('/my-data/sessions/end', { session: mine!.handle })).status).to.equal(200);
    expect(await isIn(one)).to.equal(false);
  });

  it('end all others, or all', async () => {
    const visitors = [await signed(app, { subject: 'Max Many' })];
    for (let more = 0; more < 3; more += 1) visitors.push(await app.enter({ subject: 'Max Many' }));
    const [first, ...others] = visitors as [Visitor, ...Visitor[]];
    await first.get('/my-data');
    await first.submit('/my-data/sessions/end-all', { which: 'others' });
    expect(first.last?.text).to.include('Les autres sessions sont terminées');
    for (const other of others) expect(await isIn(other)).to.equal(false);
    const again = await app.enter({ subject: 'Max Many' });
    await first.get('/my-data');
    expect((await first.send('/my-data/sessions/end-all', { which: 'all' })).status).to.equal(200);
    expect(await isIn(first)).to.equal(false);
    expect(await isIn(again)).to.equal(false);
  });

  it('are nobody else’s to end: another’s handle, an id of the database and nonsense end nothing', async () => {
    const victim = await signed(app, { subject: 'Vera Victim' });
    await victim.get('/my-data');
    const [{ handle } = { handle: '' }] = sessionsOn(victim);
    const attacker = await signed(app, { subject: 'Ada Attacker' });
    await attacker.get('/my-data');
    const ids = await app.service().connection.collection('lti_sessions').find().toArray();
    for (const session of [handle, ...ids.map(({ _id }) => String(_id)), 'x', '']) {
      expect((await attacker.send('/my-data/sessions/end', { session })).status).to.equal(303);
    }
    expect(await isIn(victim)).to.equal(true);
    expect(await isIn(attacker)).to.equal(true);
    expect((await app.stranger().send('/my-data/sessions/end', { session: handle })).status).to.equal(401);
    expect((await attacker.send('/my-data/sessions/end', { session: handle, _csrf: 'x' })).status).to.equal(403);
  });

  it('have a handle that opens nothing, and is not what the database calls them', async () => {
    const visitor = await signed(app, { subject: 'Hal Handle' });
    await visitor.get('/my-data');
    const [{ handle } = { handle: '' }] = sessionsOn(visitor);
    const kept = JSON.stringify(await app.service().connection.collection('lti_sessions').find().toArray());
    expect(kept).not.to.include(handle);
    const cookies = visitor.cookies().map(({ value }) => value);
    expect(cookies).not.to.include(handle);
  });
});
