import { expect } from 'chai';
import { daysAgo } from '../../service/demo/factories.ts';
import { createStore } from '../../service/store/index.ts';
import { testSecret, useStore } from '../support/store.ts';

describe('store: pair marks', () => {
  const { store, connection } = useStore();

  it('finds the pairs that were proposed, in their roles and among the persons asked for', async () => {
    const { pairMarks } = store();
    await pairMarks.add([
      { menteeId: 'ana', mentorId: 'ben', sentAt: daysAgo(10) },
      { menteeId: 'ana', mentorId: 'cyd', sentAt: daysAgo(10) },
      { menteeId: 'dov', mentorId: 'ben', sentAt: daysAgo(10) },
    ]);
    expect(await pairMarks.among(['ana', 'eve'], ['ben', 'fay'], daysAgo(365))).to.deep.equal([['ana', 'ben']]);
    expect(await pairMarks.among(['ben'], ['ana'], daysAgo(365))).to.deep.equal([]);
    expect(await pairMarks.among([], [], daysAgo(365))).to.deep.equal([]);
  });

  it('lets a pair be proposed again when its mark is older than asked for', async () => {
    await store().pairMarks.add([{ menteeId: 'old mentee', mentorId: 'old mentor', sentAt: daysAgo(400) }]);
    const since = (days: number): Promise<unknown[]> =>
      store().pairMarks.among(['old mentee'], ['old mentor'], daysAgo(days));
    expect(await since(365)).to.deep.equal([]);
    expect(await since(400)).to.have.length(1);
  });

  it('keeps one mark, the latest, of a pair that is marked 50 times at once', async () => {
    const { pairMarks } = store();
    const ages = Array.from({ length: 50 }, (_, index) => (index * 7) % 50);
    await Promise.all(
      ages.map((days) => pairMarks.add([{ menteeId: 'often', mentorId: 'again', sentAt: daysAgo(days) }])),
    );
    expect(await pairMarks.among(['often'], ['again'], daysAgo(0))).to.deep.equal([['often', 'again']]);
    const latest = await connection()
      .db!.collection('pair_marks')
      .countDocuments({ at: daysAgo(0) });
    expect(latest).to.equal(1);
  });

  it('forgets the marks older than an instant', async () => {
    await store().pairMarks.add([
      { menteeId: 'forgotten mentee', mentorId: 'forgotten mentor', sentAt: daysAgo(3000) },
    ]);
    expect(await store().pairMarks.forgetBefore(daysAgo(2999))).to.equal(1);
    expect(await store().pairMarks.among(['forgotten mentee'], ['forgotten mentor'], daysAgo(4000))).to.deep.equal([]);
  });

  it('cannot be read with another secret', async () => {
    await store().pairMarks.add([{ menteeId: 'private', mentorId: 'pair', sentAt: daysAgo(1) }]);
    const stranger = createStore(connection(), `${testSecret}, changed`);
    expect(await stranger.pairMarks.among(['private'], ['pair'], daysAgo(2))).to.deep.equal([]);
  });

  it('tells apart the tags of one person as mentee and as mentor', async () => {
    await store().pairMarks.add([{ menteeId: 'same person', mentorId: 'same person', sentAt: daysAgo(1) }]);
    const marks = await connection().db!.collection('pair_marks').find().toArray();
    const mentees = new Set(marks.map(({ menteeTag }) => String(menteeTag)));
    expect(marks.some(({ mentorTag }) => mentees.has(String(mentorTag)))).to.equal(false);
  });

  it('answers for 2,000 mentees and 2,000 mentors at once', async () => {
    const ids = (role: string): string[] => Array.from({ length: 2000 }, (_, index) => `${role} ${index}`);
    await Promise.all(
      [0, 1, 2, 3].map((index) =>
        store().pairMarks.add([{ menteeId: `e ${index}`, mentorId: `r ${index * 3}`, sentAt: daysAgo(1) }]),
      ),
    );
    const found = await store().pairMarks.among(ids('e'), ids('r'), daysAgo(2));
    expect(found).to.have.deep.members([0, 1, 2, 3].map((index) => [`e ${index}`, `r ${index * 3}`]));
  });
});
