// Forms of one person in several tabs, or at once: nothing that was acknowledged is lost, and nothing is overwritten unseen.
import { expect } from 'chai';
import { untilResumed } from '../../service/domain/mentor-offer.ts';
import { plain, useApp, type Visitor } from '../support/app.ts';
import { mornings, offerAnswers, participant, profileAnswers } from '../support/people.ts';

describe('A form about oneself', () => {
  const app = useApp();
  /** What a form carries to know that it was overtaken. */
  const carriedIn = (text = '', name: string): string =>
    (new RegExp(`name="${name}" value="([^"]*)"`, 'u').exec(text)?.[1] ?? '')
      .replaceAll('&quot;', '"')
      .replaceAll('&#x27;', "'")
      .replaceAll('&amp;', '&');
  const carriedOn = ({ last }: Visitor, name = 'seen'): string => carriedIn(last?.text, name);
  const memberOf = async (name: string) => {
    const { ports, connection } = app.service();
    const ids = (await connection.collection('members').find().toArray()).map(({ _id }) => String(_id));
    return (await ports.members.findMany(ids)).find((one) => one.name === name)!;
  };
  /** A second tab of the same person: another launch, with a session of its own. */
  const tabOf = (subject: string): Promise<Visitor> => app.enter({ subject });

  const forms = {
    '/profile': {
      first: (name: string) => ({ ...profileAnswers(name), careerStage: 'postdoctoral' }),
      second: (name: string) => ({ ...profileAnswers(name), careerStage: 'engineer', otherLanguages: ['de'] }),
      stored: 'Postdoctorat ou contrat de recherche',
      area: 'profile',
      carries: 'seen',
    },
    '/availability': {
      first: () => ({ ...mornings, days0: '2', days1: '1', from1: '14:00', to1: '17:00' }),
      second: () => ({ ...mornings, days0: '2', days1: '1', from1: '07:00', to1: '08:30' }),
      stored: 'lundi de 14\u00a0h à 17\u00a0h',
      area: 'week',
      carries: 'base',
    },
    '/mentor': {
      first: () => ({ ...offerAnswers, capacity: '4' }),
      second: () => ({ ...offerAnswers, capacity: '3', formats: ['six_months'] }),
      stored: 'Une ou deux rencontres',
      area: 'offer',
      carries: 'base',
    },
  } as const;

  for (const [path, { first, second, stored, area, carries }] of Object.entries(forms)) {
    it(`at ${path} that was overtaken is shown with both texts, nothing is stored, and saving again keeps the second`, async () => {
      const name = `Ola ${area}`;
      const one = await participant(app, { subject: name });
      const other = await tabOf(name);
      await one.get(path);
      await other.get(path);
      const age = carriedOn(other, carries);
      expect(carriedOn(one, carries))
        .to.equal(age)
        .and.match(/^(?:\d+|\{.+\})$/u);
      expect((await one.send(path, { ...first(name), [carries]: age })).status).to.equal(303);
      const between = await memberOf(name);
      const overtaken = await other.send(path, { ...second(name), [carries]: age });
      expect(overtaken.status).to.equal(409);
      const text = plain(overtaken.text);
      const told = text.slice(text.indexOf('overtaken-title'), text.indexOf(`name="${carries}"`));
      expect(told).to.include('enregistrée ailleurs entre-temps').and.include(stored);
      for (const value of Object.values(second(name))
        .flat()
        .filter((typed) => typed !== ''))
        expect(text, value).to.include(value);
      expect(await memberOf(name)).to.deep.equal(between);
      expect(
        (await other.send(path, { ...second(name), [carries]: carriedIn(overtaken.text, carries) })).status,
      ).to.equal(303);
      const after = await memberOf(name);
      expect({ profile: after.profile, offer: after.offer }).to.not.deep.equal({
        profile: between.profile,
        offer: between.offer,
      });
    });

    it(`at ${path} sent twice is answered as the first time`, async () => {
      const name = `Tina ${area}`;
      const one = await participant(app, { subject: name });
      await one.get(path);
      const sent = { ...first(name), [carries]: carriedOn(one, carries) };
      const answers = [await one.send(path, sent), await one.send(path, sent)];
      expect(answers.map(({ status }) => status)).to.deep.equal([303, 303]);
      const [a, b] = answers.map(({ headers }) => headers['location']);
      expect(a).to.equal(b);
      const once = await memberOf(name);
      expect((await one.send(path, sent)).status).to.equal(303);
      const { profile, offer } = await memberOf(name);
      expect({ profile, offer }).to.deep.equal({ profile: once.profile, offer: once.offer });
    });
  }

  it('keeps what was typed where it is wrong and was overtaken: first the one, then the other', async () => {
    const name = 'Wanda Wrong';
    const one = await participant(app, { subject: name });
    const other = await tabOf(name);
    await other.get('/profile');
    const age = carriedOn(other);
    await one.get('/profile');
    await one.send('/profile', { ...forms['/profile'].first(name), seen: carriedOn(one) });
    const wrong = await other.send('/profile', { ...forms['/profile'].second(name), modalities: [], seen: age });
    expect(wrong.status).to.equal(422);
    expect(carriedIn(wrong.text, 'seen')).to.equal(age);
    expect((await other.send('/profile', { ...forms['/profile'].second(name), seen: age })).status).to.equal(409);
  });

  it('and another one, both sent at once, are both kept: 20 times', async () => {
    const name = 'Paula Parallel';
    const one = await participant(app, { subject: name });
    await one.submit('/mentor', offerAnswers);
    for (let round = 0; round < 20; round += 1) {
      const stages = ['doctoral', 'engineer', 'support'];
      const careerStage = stages[round % 3]!;
      const weekday = (round % 5) + 1;
      const capacity = String((round % 5) + 1);
      const answers = await Promise.all([
        one.send('/profile', { ...profileAnswers(name), careerStage }),
        one.send('/availability', { days0: String(weekday), from0: '14:00', to0: '17:00' }),
        one.send('/mentor', { ...offerAnswers, capacity }),
        round % 2 === 0 ? one.send('/mentor/pause', { until: '2027-03-01' }) : one.send('/mentor/resume', {}),
      ]);
      expect(answers.map(({ status }) => status)).to.deep.equal([303, 303, 303, 303]);
      const { profile, offer } = await memberOf(name);
      expect(profile?.careerStage).to.equal(careerStage);
      expect(profile?.availability.windows).to.deep.equal([{ weekday, from: 840, to: 1020 }]);
      expect(offer?.capacity).to.equal(Number(capacity));
      expect(offer?.pausedUntil).to.equal(round % 2 === 0 ? '2027-03-01' : undefined);
    }
  });

  it('that was changed elsewhere in another part is saved with it, whichever is sent last', async () => {
    const name = 'Mona Merges';
    const one = await participant(app, { subject: name });
    await one.submit('/mentor', { ...offerAnswers, capacity: '1' });
    const other = await tabOf(name);
    await one.get('/mentor');
    const base = carriedOn(one, 'base');
    await other.get('/mentor');
    const week = { week: 'yes', ...mornings };
    // One adds Thursday and an absence, the other takes Tuesday out, has one more place and pauses.
    const added = { ...week, days1: '4', from1: '12:00', to1: '14:00', awayFrom0: '2026-12-01', awayTo0: '2026-12-02' };
    expect((await one.send('/mentor', { ...offerAnswers, ...added, capacity: '1', base })).status).to.equal(303);
    const changed = { ...week, days0: '1', capacity: '2', pauseFrom: '2026-12-20' };
    expect((await other.send('/mentor', { ...offerAnswers, ...changed, base })).status).to.equal(303);
    const { profile, offer } = await memberOf(name);
    expect(profile?.availability.windows.map(({ weekday }) => weekday)).to.deep.equal([1, 4]);
    expect(profile?.availability.absences).to.deep.equal([{ fromOn: '2026-12-01', toOn: '2026-12-02' }]);
    expect(offer).to.include({ capacity: 2, pausedFrom: '2026-12-20', pausedUntil: untilResumed });
  });

  it('is never overtaken by nobody: a pause that has begun, a way to meet that is gone, an absence that is over', async () => {
    const name = 'Nadia Nobody';
    const one = await participant(app, { subject: name });
    const week = { week: 'yes', ...mornings, ways0: 'video' };
    await one.submit('/mentor', { ...offerAnswers, ...week, pauseFrom: '2026-12-01', awayFrom0: '2026-11-25' });
    await one.submit('/profile', { ...profileAnswers(name), modalities: ['video', 'phone'] });
    app.clock.set(new Date(app.clock.now().getTime() + 12 * 86_400_000));
    await one.get('/mentor');
    const base = carriedOn(one, 'base');
    const changed = { ...week, from0: '10:00', pauseFrom: '', pauseUntil: '2027-01-10', base };
    expect((await one.send('/mentor', { ...offerAnswers, ...changed })).status).to.equal(303);
    const { profile, offer } = await memberOf(name);
    expect(profile?.availability.absences).to.deep.equal([]);
    expect(profile?.availability.windows[0]).to.deep.equal({ weekday: 1, from: 600, to: 720, modalities: ['video'] });
    expect(offer).to.include({ pausedUntil: '2027-01-10' }).and.not.have.any.keys('pausedFrom');
  });

  it('is told that the offer was withdrawn elsewhere, and opens none again unseen', async () => {
    const name = 'Wilma Withdraws';
    const one = await participant(app, { subject: name });
    await one.submit('/mentor', offerAnswers);
    await one.get('/mentor');
    const base = carriedOn(one, 'base');
    await one.send('/mentor/withdraw', {});
    const late = await one.send('/mentor', { ...offerAnswers, week: 'yes', ...mornings, base });
    expect([late.status, (await memberOf(name)).offer]).to.deep.equal([409, undefined]);
  });

  it('that cannot say what it was shown with is shown again, and nothing is lost', async () => {
    const name = 'Uma Unreadable';
    const one = await participant(app, { subject: name });
    await one.get('/availability');
    for (const base of ['{', 'x'.repeat(30_000), '{"windows":"none"}']) {
      const answer = await one.send('/availability', { ...mornings, from0: '10:30', base });
      expect(answer.status, base.slice(0, 20)).to.equal(422);
      expect(answer.text).to.include('value="10:30"');
    }
  });

  it('of two that save the same at once with different words, one is kept and the other told', async () => {
    const name = 'Dora Double';
    const one = await participant(app, { subject: name });
    const other = await tabOf(name);
    for (let round = 0; round < 10; round += 1) {
      // The lists change a few times a day only.
      app.clock.set(new Date(app.clock.now().getTime() + 86_400_000));
      await one.get('/profile');
      await other.get('/profile');
      const supervisors = [`a${round}@x.example`, `b${round}@x.example`];
      const answers = await Promise.all(
        [one, other].map((tab, index) =>
          tab.send('/profile', { ...profileAnswers(name), supervisors: supervisors[index]!, seen: carriedOn(tab) }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([303, 409]);
    }
    expect((await memberOf(name)).ties.supervisors).to.have.length(10);
  });
});
