// What somebody who steals the database files reads. Searched in the raw documents, past every mapper.
import { expect } from 'chai';
import { inventedNow, memberOf, requestOf } from '../../service/demo/factories.ts';
import { createStore } from '../../service/store/index.ts';
import { testSecret, useStore } from '../support/store.ts';

const secrets = {
  name: 'Oriane Quintrell-Åström',
  email: 'oriane.quintrell@liris.example',
  supervisor: 'basile.thesisdirector@liris.example',
  avoided: 'malik.avoided@lix.example',
  team: 'Équipe Graphes Paisibles',
  message: 'Je préférerais en parler hors de mon équipe',
  'case message': 'Bonjour, personne ne répond à ma question embarrassante',
};

describe('store: confidentiality at rest', () => {
  const { store, connection } = useStore();
  const member = memberOf({ name: secrets.name, email: secrets.email, offer: {} });
  const request = requestOf({ memberId: member.id, message: secrets.message });

  /** Every collection as text, and every string that looks like base64 also decoded. */
  async function rawText(): Promise<string> {
    const collections = await connection().db!.collections();
    const documents = (await Promise.all(collections.map((one) => one.find().toArray()))).flat();
    const text = JSON.stringify(documents);
    const decoded = [...text.matchAll(/[\w+/-]{8,}={0,2}/g)].map(([match]) => Buffer.from(match, 'base64').toString());
    return [text, ...decoded].join('\n').toLowerCase();
  }

  before(async () => {
    const { cases, hasher, members, requests, pairMarks } = store();
    const ties = {
      self: [hasher.email(secrets.email)],
      team: hasher.team(secrets.team),
      supervisors: [hasher.email(secrets.supervisor)],
      avoid: [hasher.email(secrets.avoided)],
    };
    await members.insert({ ...member, ties });
    await requests.insert(request);
    const about = { id: 'case', key: 'asked:case', kind: 'asked', labId: 'etis', memberId: member.id } as const;
    const times = { openedAt: inventedNow, quietSince: inventedNow, due: { step: 'case_reminder_1', at: inventedNow } };
    const messages = [{ id: 'one', from: 'member', text: secrets['case message'], at: inventedNow } as const];
    await cases.insert({ ...about, ...times, status: 'open', messages });
    await pairMarks.add([{ menteeId: 'only-in-a-mark', mentorId: 'only-in-a-mark-too', sentAt: inventedNow }]);
  });

  it('holds the records that are searched', async () => {
    const raw = await rawText();
    expect(raw).to.include(member.id).and.include(request.id);
    expect((await store().members.find(member.id))?.email).to.equal(secrets.email);
    expect((await store().requests.find(request.id))?.message).to.equal(secrets.message);
    expect((await store().cases.find('case'))?.messages[0]?.text).to.equal(secrets['case message']);
  });

  for (const [what, secret] of Object.entries(secrets)) {
    it(`keeps no clear ${what} in any collection, nor a word of it`, async () => {
      const raw = await rawText();
      for (const word of [secret, ...secret.split(/[\s@.]+/).filter((part) => part.length > 5)]) {
        expect(raw).to.not.include(word.toLowerCase());
      }
    });
  }

  it('keeps no clear value after a change either', async () => {
    await store().members.change(member.id, ['active'], { name: 'Renamed Unforgettable' });
    expect(await rawText()).to.not.include('unforgettable');
    expect((await store().members.find(member.id))?.name).to.equal('Renamed Unforgettable');
  });

  it('does not say in a pair mark whom it is about', async () => {
    expect(await rawText()).to.not.include('only-in-a-mark');
  });

  it('opens nothing for a service with another secret', async () => {
    const stranger = createStore(connection(), `${testSecret}, changed`);
    const outcome = await stranger.members.find(member.id).catch((error: unknown) => (error as Error).message);
    expect(outcome).to.include('authenticate');
  });

  it('does not show one person under the name of another when sealed fields are swapped in the database', async () => {
    const other = memberOf();
    await store().members.insert(other);
    const raw = connection().db!.collection<{ _id: string; email: string }>('members');
    const { email } = (await raw.findOne({ _id: member.id }))!;
    await raw.updateOne({ _id: other.id }, { $set: { email } });
    const outcome = await store()
      .members.find(other.id)
      .catch((error: unknown) => (error as Error).message);
    expect(outcome).to.include('authenticate');
  });
});
