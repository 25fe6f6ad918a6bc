import { expect } from 'chai';
import { daysAgo, inventedNow as now, proposalOf } from '../../service/demo/factories.ts';
import { ensureIndexes, missingIndexes, SchemaError } from '../../service/store/index.ts';
import { useStore } from '../support/store.ts';
import { inTurns } from '../support/in-turns.ts';

interface Explained {
  readonly executionStats: { readonly totalKeysExamined: number; readonly totalDocsExamined: number };
}

describe('store: indexes', () => {
  const { store, connection } = useStore();

  it('has every index that the room asks for, and can be asked again by several copies at once', async () => {
    await Promise.all([1, 2, 3].map(() => ensureIndexes(connection())));
    expect(await missingIndexes(connection())).to.deep.equal([]);
  });

  it('names an index that somebody dropped, and makes it again', async () => {
    await connection().db!.collection('members').dropIndex('one_record_a_person');
    expect(await missingIndexes(connection())).to.deep.equal(['members.one_record_a_person']);
    await ensureIndexes(connection());
    expect(await missingIndexes(connection())).to.deep.equal([]);
  });

  it('makes an index anew that an earlier version made otherwise, and leaves the others', async () => {
    const members = connection().db!.collection('members');
    await members.dropIndex('due_of_live');
    const partialFilterExpression = { status: { $in: ['draft'] }, 'due.at': { $exists: true } };
    await members.createIndex({ 'due.at': 1 }, { name: 'due_of_live', partialFilterExpression }, {});
    await ensureIndexes(connection());
    const due = (await members.indexes()).find(({ name }) => name === 'due_of_live');
    expect(JSON.stringify(due)).to.include('"erased"');
    expect(await missingIndexes(connection())).to.deep.equal([]);
  });

  it('names every index of a database in which nothing was made yet', async () => {
    const empty = connection().useDb(`${connection().name}_empty`);
    const missing = await missingIndexes(empty);
    expect(missing).to.include.members(['requests.one_live_a_member', 'dialogues.one_open_a_mentee', 'runs.latest']);
  });

  describe('beside an operator’s own', () => {
    const members = () => connection().db!.collection('members');
    const named = async () => (await members().indexes()).map(({ name }) => name);
    const refusal = async (): Promise<string> => {
      const error = await ensureIndexes(connection()).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(SchemaError);
      return (error as Error).message;
    };

    beforeEach(() => members().createIndex({ seenOn: 1 }, { name: 'operators' }, {}));
    afterEach('only the programme’s own are left', async () => {
      const { firstIndexes } = await import('../../service/store/first-indexes.ts');
      for (const name of await named()) {
        if (name !== '_id_' && !firstIndexes.includes(`members.${String(name)}`))
          await members().dropIndex(String(name));
      }
      await ensureIndexes(connection());
    });

    const otherwise: [string, Record<string, 1>, object][] = [
      ['other keys', { 'due.step': 1 }, {}],
      ['another filter', { 'due.at': 1 }, { partialFilterExpression: { status: 'draft' } }],
      ['a collation', { 'due.at': 1 }, { collation: { locale: 'fr' } }],
      ['an age', { 'due.at': 1 }, { expireAfterSeconds: 9 ** 9 }],
      ['nobody who sees it', { 'due.at': 1 }, { hidden: true }],
    ];
    for (const [what, key, more] of otherwise) {
      it(`makes its own index anew that has ${what}, and no other one`, async () => {
        const wanted = (await members().indexes()).find(({ name }) => name === 'due_of_live')!;
        const partialFilterExpression = wanted['partialFilterExpression'] as object;
        await members().dropIndex('due_of_live');
        await members().createIndex(key, { partialFilterExpression, ...more, name: 'due_of_live' }, {});
        expect(await missingIndexes(connection())).to.deep.equal(['members.due_of_live']);
        await ensureIndexes(connection());
        expect((await members().indexes()).find(({ name }) => name === 'due_of_live')).to.deep.equal(wanted);
        expect(await named()).to.include('operators');
      });
    }

    it('takes one that does the same under another name for its own, unique ones too', async () => {
      await members().dropIndex('one_record_a_person');
      await members().createIndex({ personKey: 1 }, { name: 'mine', unique: true }, {});
      await ensureIndexes(connection());
      expect(await missingIndexes(connection())).to.deep.equal([]);
      expect(await named())
        .to.include.members(['operators', 'mine'])
        .and.not.to.include('one_record_a_person');
    });

    it('stands beside one on the same keys that does something else', async () => {
      await members().dropIndex('one_record_a_person');
      await members().createIndex({ personKey: 1 }, { name: 'mine' }, {});
      await ensureIndexes(connection());
      expect(await named()).to.include.members(['operators', 'mine', 'one_record_a_person']);
    });

    for (const [what, more] of [
      ['is hidden', { hidden: true }],
      ['deletes by age', { expireAfterSeconds: 9 ** 9 }],
    ] as const) {
      it(`refuses in a sentence that names it one on the same keys that ${what}, and drops none`, async () => {
        await members().dropIndex('one_record_a_person');
        await members().createIndex({ personKey: 1 }, { name: 'mine', unique: true, ...more }, {});
        expect(await refusal())
          .to.include('"mine"')
          .and.include('members.one_record_a_person')
          .and.include('drop it');
        expect(await named()).to.include.members(['operators', 'mine']);
        expect(await missingIndexes(connection())).to.deep.equal(['members.one_record_a_person']);
      });
    }

    it('refuses one of an operator that has the name of one it never made here, and leaves it', async () => {
      await members().dropIndex('charter');
      await members().createIndex({ createdAt: 1 }, { name: 'charter' }, {});
      const error = await ensureIndexes(connection(), { own: [] }).catch((thrown: unknown) => thrown);
      expect((error as Error).message)
        .to.include('"charter"')
        .and.include('left alone');
      expect((await members().indexes()).find(({ name }) => name === 'charter')?.key).to.deep.equal({ createdAt: 1 });
    });

    it('says which records collide when a unique one cannot be made', async () => {
      await members().dropIndex('one_record_a_person');
      const twins = [1, 2].map(() => ({ personKey: 'a twin', status: 'draft' }));
      await members().insertMany(twins);
      expect(await refusal())
        .to.include('"one_record_a_person"')
        .and.include('the same personKey');
      await members().deleteMany({ personKey: 'a twin' });
    });
  });

  const unique = {
    members: ['one_member_a_feed', 'one_record_a_person'],
    requests: ['one_live_a_member'],
    proposals: ['one_live_a_request'],
    dialogues: ['one_open_a_mentee'],
    meetings: ['one_planned_a_dialogue', 'one_meeting_a_time'],
    cases: ['one_a_reason', 'one_a_reference', 'one_asked_a_member'],
    pair_marks: ['one_mark_a_pair'],
  };
  for (const [collection, names] of Object.entries(unique)) {
    it(`lets ${names.join(', ')} of ${collection} refuse twins`, async () => {
      const indexes = await connection().db!.collection(collection).indexes();
      expect(indexes.filter((index) => index.unique === true).map(({ name }) => name)).to.deep.equal(names);
    });
  }

  describe('cost', () => {
    before(async () => {
      const many = [
        ...Array.from({ length: 300 }, () =>
          proposalOf({ due: { step: 'lapse', at: daysAgo(-9) }, mentorId: 'another' }),
        ),
        ...Array.from({ length: 300 }, () => proposalOf({ status: 'lapsed', due: { step: 'lapse', at: daysAgo(9) } })),
        ...Array.from({ length: 7 }, () =>
          proposalOf({ due: { step: 'lapse', at: daysAgo(1) }, mentorId: 'somebody' }),
        ),
      ];
      await inTurns(many, (proposal) => store().proposals.insert(proposal));
      await inTurns(many.slice(0, 600), ({ id, status }) => store().proposals.settle(id, status));
    });

    const live = { $in: ['sent', 'half_accepted'] };
    const queries = {
      'what is due': { status: live, 'due.at': { $lte: now } },
      'what is unsettled': { unsettled: true, sentAt: { $lt: daysAgo(-1) } },
      'what lives of one person': {
        $or: [
          { menteeId: 'somebody', status: live },
          { mentorId: 'somebody', status: live },
        ],
      },
    };
    for (const [what, query] of Object.entries(queries)) {
      it(`reads 7 of 607 proposals to list ${what}`, async () => {
        const explained = await connection().db!.collection('proposals').find(query).explain('executionStats');
        const { totalDocsExamined, totalKeysExamined } = (explained as unknown as Explained).executionStats;
        expect(totalDocsExamined).to.equal(7);
        expect(totalKeysExamined).to.be.within(7, 9);
      });
    }
  });
});
