// What a page says of another person: the same, whatever that person did, declared or decided; by real forms.
import { expect } from 'chai';
import { useApp, type Visitor } from '../support/app.ts';
import { introducedPair } from '../support/people.ts';

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
