// What people declare about others, as the form takes it: what the lists do, how long they are, and how often they change.
import { expect } from 'chai';
import { mostTieChanges } from '../../service/domain/tie.ts';
import { plain, useApp, type Visitor } from '../support/app.ts';
import { participant, profileAnswers } from '../support/people.ts';

describe('The lists of people not to be proposed', () => {
  const app = useApp();
  const textOf = ({ last }: Visitor): string => plain(last?.text ?? '');
  const save = (visitor: Visitor, name: string, answers: object = {}) =>
    visitor.submit('/profile', { ...profileAnswers(name), ...answers });
  const avoided = async (subject: string) => (await app.memberOf({ subject })).ties.avoid.length;

  it('say what they do, how long they are and how often they change, in both languages', async () => {
    for (const [locale, sentences] of [
      [
        'fr',
        [
          'aucune proposition ne vous réunira',
          '80 personnes à éviter',
          'cinq changements par jour',
          'Elles ne l’apprennent pas',
        ],
      ],
      ['en', ['never proposed to each other', '80 people to avoid', 'five changes a day', 'They are not told']],
    ] as const) {
      const visitor = await participant(app, { subject: `Lia Lists ${locale}`, locale });
      await visitor.get('/profile');
      for (const sentence of sentences) expect(textOf(visitor)).to.include(sentence);
    }
  });

  it('take five changes a day, so that nobody tries names out, and keep what was typed beyond', async () => {
    const visitor = await participant(app, { subject: 'Tom Tries' });
    for (let change = 1; change <= mostTieChanges; change += 1) {
      expect((await save(visitor, 'Tom Tries', { avoid: `one-${change}@lix.example` })).status).to.equal(200);
      // The same again is no change, nor is anything else on the page.
      const again = { avoid: `one-${change}@lix.example`, careerStage: 'engineer' };
      expect((await save(visitor, 'Tom Tries', again)).status).to.equal(200);
    }
    const { status } = await save(visitor, 'Tom Tries', { avoid: 'one-too-many@lix.example', replace: 'yes' });
    expect(status).to.equal(422);
    expect(textOf(visitor)).to.include('ont déjà changé cinq fois').and.include('one-too-many@lix.example');
    expect(await avoided('Tom Tries')).to.equal(mostTieChanges);
    expect((await save(visitor, 'Tom Tries', { careerStage: 'doctoral' })).status).to.equal(200);
    app.clock.set(new Date(app.clock.now().getTime() + 86_400_000));
    expect((await save(visitor, 'Tom Tries', { avoid: 'next-day@lix.example' })).status).to.equal(200);
    expect(await avoided('Tom Tries')).to.equal(mostTieChanges + 1);
  });

  it('count every change that comes at once', async () => {
    const visitor = await participant(app, { subject: 'Ana Atonce' });
    await visitor.get('/profile');
    const sent = Array.from({ length: 12 }, (_, at) =>
      visitor.send('/profile', { ...profileAnswers('Ana Atonce'), avoid: `at-once-${at}@lix.example` }),
    );
    const saved = (await Promise.all(sent)).filter(({ status }) => status === 303);
    expect(saved.length).to.be.within(1, mostTieChanges);
    expect(await avoided('Ana Atonce')).to.equal(saved.length);
  });
});
