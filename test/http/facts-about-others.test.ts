// What a page says of another person: the same, whatever that person did, declared or decided; by real forms.
import { expect } from 'chai';
import { plain, useApp, type Visitor } from '../support/app.ts';
import { charterAnswers, introducedPair, participant, profileAnswers } from '../support/people.ts';

/** Without what differs between any two pages: tokens, ids and names of people. */
const bare = (text: string, names: readonly string[]): string =>
  names
    .reduce((page, name) => page.replaceAll(name, 'X'), text)
    .replaceAll(/name="_csrf" value="[^"]*"/gu, '')
    .replaceAll(/\/(?:dialogues|proposals|meetings)\/[\w-]+/gu, '/id');

describe('A dialogue that has ended', () => {
  const app = useApp();
  const endings: Readonly<
    Record<string, (pair: { mentor: Visitor; mentee: Visitor; dialogue: string }) => Promise<unknown>>
  > = {
    'by the other person': async ({ mentor, dialogue }) => {
      await mentor.get(dialogue);
      await mentor.submit(`${dialogue}/end`);
    },
    'by the reader': async ({ mentee, dialogue }) => {
      await mentee.get(dialogue);
      await mentee.submit(`${dialogue}/end`);
    },
    'because the other person left': async ({ mentor }) => {
      await mentor.get('/my-data');
      await mentor.submit('/my-data/leave');
    },
  };

  it('says only that it has ended, in the same words, whoever ended it and whether the other person is still there', async () => {
    const pages: string[] = [];
    for (const [index, end] of Object.values(endings).entries()) {
      const names = { mentee: `Mia Ended ${index}`, mentor: `Marc Ended ${index}` };
      // Nobody of an earlier pair is proposed again.
      await app
        .service()
        .connection.collection('members')
        .updateMany({}, { $unset: { offer: 1 } });
      const pair = await introducedPair(app, names);
      await end(pair);
      const { text, status } = await pair.mentee.get(pair.dialogue);
      expect(status, Object.keys(endings)[index]).to.equal(200);
      expect(text).to.include('<h1>Votre dialogue</h1>').and.include('Ce dialogue est terminé.');
      expect(text).to.not.match(/quitté|Marc Ended|marc\.ended/u);
      pages.push(bare(text, Object.values(names)));
    }
    expect(new Set(pages).size).to.equal(1);
  });
});

describe('The name under which somebody is introduced', () => {
  const app = useApp();
  const refused = ['Zoé Belkacem (coordination)', 'Zoé\u202Eeinna', 'Zoé\nBelkacem', 'Admin', 'Zoé <zoe@x.example>'];

  it('is no other’s office and turns no line around, at the charter and on the profile', async () => {
    const newcomer = await app.enter({ subject: 'Nadia Named' });
    const member = await participant(app, { subject: 'Nora Renamed' });
    for (const name of refused) {
      await newcomer.get('/charter');
      const signing = await newcomer.send('/charter', { ...charterAnswers('Nadia Named'), name });
      await member.get('/profile');
      const saving = await member.send('/profile', { ...profileAnswers('Nora Renamed'), name });
      for (const { status, text } of [signing, saving]) {
        expect(status, JSON.stringify(name)).to.equal(422);
        expect(plain(text)).to.match(/Ce nom contient un mot de fonction|Écrivez le nom en lettres/u);
      }
    }
    const names = (await app.service().connection.collection('members').find().toArray()).length;
    expect(names).to.equal(1);
    expect((await member.get('/my-data')).text).to.include('Nora Renamed');
  });

  it('is marked for the partner as chosen unless the platform gives the same, in whatever order and case', async () => {
    for (const [mentor, known, isMarked] of [
      ['Zoe Vouched', { name: 'VOUCHED Zoé' }, false],
      ['Max Otherwise', { name: 'Maximilienne Legal' }, true],
      ['Sam Unsaid', {}, true],
    ] as const) {
      await app
        .service()
        .connection.collection('members')
        .updateMany({}, { $unset: { offer: 1 } });
      const { mentee, dialogue } = await introducedPair(app, { mentee: `Mia to ${mentor}`, mentor }, known);
      const { text } = await mentee.get(dialogue);
      expect(text).to.include(`${mentor} –`);
      expect(text.includes('sa plateforme ne le confirme pas'), mentor).to.equal(isMarked);
      expect(text).to.not.include('Legal');
    }
  });
});
