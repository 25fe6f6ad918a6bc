// Migration 5: planned meetings of before claim the time of the two, as new ones do.
import { expect } from 'chai';
import type { Connection } from 'mongoose';
import type { StoredRecord } from '../../service/store/collection.ts';
import { connect, ensureIndexes } from '../../service/store/index.ts';
import { meetingsTakeTime } from '../../service/store/migrations/0005-meetings-take-time.ts';
import { empty, useDatabase } from '../support/database.ts';

const half = 1_800_000;
const startsAt = new Date('2026-12-01T09:00:00Z');
const first = startsAt.getTime() / half;

describe('store: planned meetings of before', () => {
  const database = useDatabase();
  let connection: Connection;
  const of = (name: string) => connection.db!.collection<StoredRecord>(name);
  const meeting = (id: string, dialogueId: string, more: object = {}) => ({
    ...{ _id: id, dialogueId, status: 'agreed', suggestedById: 'ada', startsAt, minutes: 60, modality: 'video' },
    ...{ sequence: 1, ...more },
  });
  const migrate = async (): Promise<void> => {
    await meetingsTakeTime.up({ db: connection.db!, secret: 'x', progress: () => undefined });
  };

  before('connect', async () => (connection = await connect(database.uri())));
  after('disconnect', () => connection.close());
  beforeEach('store what the version before stored', async () => {
    await empty(connection, []);
    await ensureIndexes(connection, { others: [] });
    const dialogue = (id: string, menteeId: string) => ({ _id: id, menteeId, mentorId: 'mona' });
    await of('dialogues').insertMany([dialogue('a', 'ada'), dialogue('b', 'ben'), dialogue('c', 'cleo')]);
  });

  it('take the half-hours of both, and those of a move that waits', async () => {
    const move = { startsAt: new Date(startsAt.getTime() + half), modality: 'phone', suggestedById: 'mona' };
    await of('meetings').insertMany([meeting('one', 'a', { move }), meeting('over', 'b', { status: 'held' })]);
    await migrate();
    const one = await of('meetings').findOne({ _id: 'one' });
    const keys = (...halves: number[]) => ['ada', 'mona'].flatMap((id) => halves.map((at) => `${id} ${first + at}`));
    expect(one?.['claims']).to.have.members(keys(0, 1));
    expect((one?.['move'] as { claims: string[] }).claims).to.have.members(keys(1, 2));
    expect(one?.['taken']).to.have.members(keys(0, 1, 2));
    expect(await of('meetings').findOne({ _id: 'over' })).to.not.have.any.keys('claims', 'taken');
  });

  it('leave one of two at the same time as it was, are found once, and can be done again', async () => {
    await of('meetings').insertMany([
      meeting('one', 'a'),
      meeting('two', 'b'),
      meeting('three', 'c', { status: 'suggested' }),
    ]);
    await of('meetings').updateOne({ _id: 'three' }, { $set: { startsAt: new Date(startsAt.getTime() + 4 * half) } });
    for (let times = 0; times < 2; times += 1) {
      await migrate();
      const taken = await of('meetings')
        .find({ taken: { $exists: true } })
        .toArray();
      expect(taken.map(({ _id }) => _id).sort()).to.deep.equal(['one', 'three']);
    }
    expect(await of('meetings').countDocuments()).to.equal(3);
  });
});
