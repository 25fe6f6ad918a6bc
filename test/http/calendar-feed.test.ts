// The personal calendar feed: off until asked for, one secret address, and nothing in it that tells on anybody.
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { useApp, type Visitor } from '../support/app.ts';
import { readCalendar, the } from '../support/calendar-program.ts';
import { closeFeed } from '../../service/usecases/close-feed.ts';
import { openFeed } from '../../service/usecases/open-feed.ts';
import { purgeEnded } from '../../service/usecases/purge-ended.ts';
import { introducedPair, participant } from '../support/people.ts';

describe('the calendar feed', () => {
  const app = useApp();

  const addressIn = (text: string): string =>
    /value="https?:[^"]*(\/calendar\/[\w-]+\/agenda\.ics)"/u.exec(text)?.[1] ?? '';
  const switchOn = async (visitor: Visitor): Promise<string> => {
    await visitor.get('/calendar-feed');
    return addressIn((await visitor.submit('/calendar-feed')).text);
  };
  const statusOf = async (address: string): Promise<number> => (await app.stranger().get(address)).status;

  it('is off, and shows no address, until the person asks for one', async () => {
    const visitor = await participant(app, { subject: 'Off Olga' });
    const { text } = await visitor.get('/calendar-feed');
    expect(text).to.include('n’est pas activée').and.include('Créer mon adresse secrète');
    expect(addressIn(text)).to.equal('');
    expect((await visitor.get('/my-data')).text).to.include('href="/calendar-feed"');
  });

  it('shows its address once, and keeps nothing of it but a hash', async () => {
    const visitor = await participant(app, { subject: 'Once Odile' });
    const address = await switchOn(visitor);
    expect(address).to.match(/^\/calendar\/[\w-]{43}\/agenda\.ics$/u);
    const token = address.slice('/calendar/'.length, -'/agenda.ics'.length);
    const page = await visitor.get('/calendar-feed');
    expect(page.text).to.include('L’adresse est activée').and.not.include(token);
    const stored = await app.service().connection.collection('members').find({}).toArray();
    expect(JSON.stringify(stored)).to.not.include(token);
    expect(stored.map(({ feedHash }) => feedHash as unknown)).to.include(
      createHash('sha256').update(token).digest('hex'),
    );
  });

  it('gives agreed hours only, under a neutral title, without a name of anybody', async () => {
    const { mentee, mentor, dialogue } = await introducedPair(app, { mentee: 'Mia Feed', mentor: 'Marc Feed' });
    const feed = await switchOn(mentee);
    const read = async () => readCalendar((await app.stranger().get(feed)).text);
    const [time = ''] = /\d{4}-\d\d-\d\dT[\d:.]+Z/u.exec((await mentee.get(dialogue)).text) ?? [];
    await mentee.submit(`${dialogue}/meetings`, { startsAt: time, modality: 'video' });
    expect((await read()).components).to.deep.equal([]);
    const agree = /\/meetings\/[\w-]+\/agree/u.exec((await mentor.get(dialogue)).text)?.[0] ?? '';
    await mentor.submit(agree, { sequence: '0' });
    const [event] = (await read()).components;
    expect(the(event!, 'SUMMARY').value).to.equal('Échange');
    expect(the(event!, 'CLASS').value).to.equal('PRIVATE');
    expect(the(event!, 'DTSTART').value).to.equal(time.replaceAll(/[-:]|\.000/gu, ''));
    const { text } = await app.stranger().get(feed);
    expect(text).to.not.match(/Mia|Marc|example\.org|LIRIS|ETIS|visio|carri/iu);
  });

  it('is for programs without a session: no cookie, not kept, not framed, not found by search', async () => {
    const feed = await switchOn(await participant(app, { subject: 'Header Hana' }));
    const { status, headers } = await app.stranger().get(feed);
    expect(status).to.equal(200);
    expect(headers).to.include({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'private, no-store',
      'x-robots-tag': 'noindex',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
    });
    expect(headers).to.not.have.any.keys('set-cookie', 'etag', 'access-control-allow-origin');
  });

  it('is found at the address of before as well, which ended in its secret', async () => {
    const feed = await switchOn(await participant(app, { subject: 'Former Fanny' }));
    expect(await statusOf(feed.replace('/agenda.ics', '.ics'))).to.equal(200);
  });

  it('is empty with a new address, when it is switched off, and when the person leaves: programs forget; then it is gone', async () => {
    const { mentee, mentor, dialogue } = await introducedPair(app, { mentee: 'Ends Elsa', mentor: 'Ends Emil' });
    const first = await switchOn(mentee);
    const [time = ''] = /\d{4}-\d\d-\d\dT[\d:.]+Z/u.exec((await mentee.get(dialogue)).text) ?? [];
    await mentee.submit(`${dialogue}/meetings`, { startsAt: time, modality: 'video' });
    const agree = /\/meetings\/[\w-]+\/agree/u.exec((await mentor.get(dialogue)).text)?.[0] ?? '';
    await mentor.submit(agree, { sequence: '0' });
    const shown = async (address: string): Promise<number | string> => {
      const { status, text } = await app.stranger().get(address);
      return status === 200 ? readCalendar(text).components.length : status;
    };
    expect(await shown(first)).to.equal(1);
    const second = await switchOn(mentee);
    expect([await shown(first), await shown(second)]).to.deep.equal([0, 1]);
    await mentee.get('/calendar-feed');
    expect((await mentee.submit('/calendar-feed/off')).text).to.include('est désactivée');
    expect(await shown(second)).to.equal(0);
    const third = await switchOn(mentee);
    expect(await shown(third)).to.equal(1);
    await mentee.get('/my-data');
    await mentee.submit('/my-data/leave');
    const all = [first, second, third];
    expect(await Promise.all(all.map(shown))).to.deep.equal([0, 0, 0]);
    const [one] = await app.service().connection.collection('endedFeeds').find({}).toArray();
    expect(Object.keys(one ?? {})).to.have.members(['_id', 'endedAt']);

    const now = app.clock.now().getTime();
    const inDays = (days: number): Date => new Date(now + days * 86_400_000);
    app.clock.set(inDays(89));
    expect(await Promise.all(all.map(shown))).to.deep.equal([0, 0, 0]);
    app.clock.set(inDays(91));
    expect(await Promise.all(all.map(shown))).to.deep.equal([410, 410, 410]);
    await purgeEnded(app.service().ports);
    expect(await app.service().connection.collection('endedFeeds').countDocuments()).to.equal(0);
    expect(await Promise.all(all.map(shown))).to.deep.equal([410, 410, 410]);
  });

  it('ends every address that was ever shown, also when two pages make one at once, and counts its days from the last end', async () => {
    const visitor = await participant(app, { subject: 'Twice Tess' });
    await visitor.get('/calendar-feed');
    const { ports } = app.service();
    const { id: memberId } = await app.memberOf({ subject: 'Twice Tess' });
    const tokens = await Promise.all([1, 2, 3, 4].map(() => openFeed(ports, { memberId })));
    const read = (token: string): Promise<number> => statusOf(`/calendar/${token}/agenda.ics`);
    expect(await Promise.all(tokens.map(read))).to.deep.equal([200, 200, 200, 200]);
    await Promise.all([closeFeed(ports, { memberId }), openFeed(ports, { memberId })]);
    expect(await Promise.all(tokens.map(read))).to.deep.equal([200, 200, 200, 200]);

    const token = await openFeed(ports, { memberId });
    const now = app.clock.now().getTime();
    const inDays = (days: number): Date => new Date(now + days * 86_400_000);
    // A crash before the act: the feed goes on.
    await ports.feeds.keepEnded(ports.secrets.hash(token), app.clock.now());
    app.clock.set(inDays(85));
    expect(await read(token)).to.equal(200);
    await closeFeed(ports, { memberId });
    app.clock.set(inDays(170));
    expect(await read(token)).to.equal(200);
  });

  it('answers every address that is none alike, whatever it looks like: it is gone, and programs stop asking', async () => {
    const strange = ['A'.repeat(43), 'x', '$where'].flatMap((token) => [
      `/calendar/${token}.ics`,
      `/calendar/${token}/agenda.ics`,
    ]);
    const answers = await Promise.all(strange.map((address) => app.stranger().get(address)));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).to.equal(1);
    expect(answers[0]!.status).to.equal(410);
    expect(answers[0]!.text).to.include('n’affiche aucun agenda');
  });

  it('leaves no secret in the log', async () => {
    const feed = await switchOn(await participant(app, { subject: 'Log Lea' }));
    app.log.length = 0;
    await statusOf(feed);
    await statusOf(feed.replace('/agenda.ics', 'x.ics'));
    expect(app.log.map(({ route, status }) => [route, status])).to.deep.equal([
      ['/calendar/:token', 200],
      ['/calendar/:token', 410],
    ]);
    expect(JSON.stringify(app.log)).to.not.include(feed.slice(10, 40));
  });

  it('takes the place of the entries that mails bring, once a program has read it', async () => {
    const visitor = await participant(app, { subject: 'Read Rosa' });
    const members = app.service().connection.collection('members');
    const isRead = async (address: string): Promise<unknown> => {
      const [, , token = ''] = address.split('/');
      return (
        (await members.findOne({ feedHash: createHash('sha256').update(token).digest('hex') }))?.['feedReadAt'] !==
        undefined
      );
    };
    const feed = await switchOn(visitor);
    expect(await isRead(feed)).to.equal(false);
    await fetch(app.baseUrl() + feed, { headers: { accept: 'text/html,*/*' } });
    await fetch(app.baseUrl() + feed, { method: 'HEAD' });
    expect(await isRead(feed), 'looked at in a browser').to.equal(false);
    await visitor.get('/calendar-feed');
    expect(visitor.last?.text).to.not.include('Un logiciel d’agenda la lit');
    await statusOf(feed);
    expect((await visitor.get('/calendar-feed')).text).to.include('Un logiciel d’agenda la lit');
    expect(await isRead(feed)).to.equal(true);
    expect(await isRead(await switchOn(visitor))).to.equal(false);
  });
});
