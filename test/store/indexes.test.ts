import { expect } from 'chai';
import { daysAgo, inventedNow as now, proposalOf } from '../../service/demo/factories.ts';
import { ensureIndexes, missingIndexes } from '../../service/store/index.ts';
import { useStore } from '../support/store.ts';

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

  const unique = {
    members: ['one_member_a_feed', 'one_record_a_person'],
    requests: ['one_live_a_member'],
    proposals: ['one_live_a_request'],
    dialogues: ['one_open_a_mentee'],
    meetings: ['one_planned_a_dialogue'],
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
      await Promise.all(many.map((proposal) => store().proposals.insert(proposal)));
      await Promise.all(many.slice(0, 600).map(({ id, status }) => store().proposals.settle(id, status)));
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
