// Counting what is due and what waits in the outbox: right, and at the cost of what is due, never of what exists.
import { expect } from 'chai';
import { daysAgo, inventedNow as now, memberOf, proposalOf } from '../../service/demo/factories.ts';
import { dueStages, outboxStages } from '../../service/store/health.ts';
import { schemas } from '../../service/store/indexes.ts';
import { useStore } from '../support/store.ts';

interface Stage {
  readonly stage?: string;
  readonly inputStage?: Stage;
  readonly inputStages?: readonly Stage[];
}
interface Explained {
  readonly queryPlanner?: { readonly winningPlan: Stage & { readonly queryPlan?: Stage } };
  readonly executionStats?: { readonly totalDocsExamined: number; readonly totalKeysExamined: number };
  readonly stages?: readonly { readonly $cursor?: Explained }[];
}

/** The stages of a plan, from outside in. */
function stagesOf({ queryPlanner, stages }: Explained): string[] {
  const plan = queryPlanner ?? stages?.find(({ $cursor }) => $cursor)?.$cursor?.queryPlanner;
  const walk = (stage: Stage | undefined): string[] =>
    stage ? [stage.stage ?? '', ...walk(stage.inputStage), ...(stage.inputStages ?? []).flatMap(walk)] : [];
  return walk(plan?.winningPlan.queryPlan ?? plan?.winningPlan);
}

function statsOf({ executionStats, stages }: Explained): NonNullable<Explained['executionStats']> {
  const stats = executionStats ?? stages?.find(({ $cursor }) => $cursor)?.$cursor?.executionStats;
  return stats ?? { totalDocsExamined: -1, totalKeysExamined: -1 };
}

describe('store: health', () => {
  const { store, connection } = useStore();
  const hourAgo = (hours: number): Date => new Date(now.getTime() - hours * 3_600_000);
  const day = 86_400_000;

  before('400 proposals, 9 of them due, 2 overdue; 300 notices', async () => {
    const proposals = [
      ...Array.from({ length: 391 }, () => proposalOf({ due: { step: 'lapse', at: daysAgo(-9) } })),
      ...Array.from({ length: 7 }, () => proposalOf({ due: { step: 'reminder_1', at: hourAgo(0.5) } })),
      proposalOf({ due: { step: 'lapse', at: hourAgo(5) } }),
      proposalOf({ due: { step: 'reminder_2', at: hourAgo(2) } }),
    ];
    await store().proposals.insertAll(proposals);
    await store().members.insert(memberOf({ status: 'withdrawn', due: { step: 'erase', at: hourAgo(0) } }));
    const notice = (index: number, facts: object) => ({
      ...{ _id: `n${String(index)}`, kind: 'proposal_sent', memberId: `m${String(index)}`, subjectId: 's', tries: 0 },
      ...facts,
    });
    const old = { status: 'sent', notBefore: daysAgo(30), settledAt: daysAgo(30) };
    const lately = { notBefore: hourAgo(3), settledAt: hourAgo(3) };
    await connection()
      .collection<{ _id: string } & Record<string, unknown>>('outbox')
      .insertMany([
        ...Array.from({ length: 290 }, (_, index) => notice(index, old)),
        ...['sent', 'sent', 'refused', 'dropped'].map((status, index) => notice(300 + index, { status, ...lately })),
        ...[1, 4].map((hours) => notice(400 + hours, { status: 'pending', notBefore: hourAgo(hours) })),
        notice(500, { status: 'pending', notBefore: daysAgo(-2) }),
      ]);
  });

  it('counts what is due and overdue in every collection that has due instants', async () => {
    const counts = await store().health.countDue(now, hourAgo(1));
    expect(Object.keys(counts)).to.include.members([
      ...['members', 'requests', 'proposals', 'dialogues', 'meetings', 'cases', 'referral_sheets'],
    ]);
    expect(counts['proposals']).to.deep.equal({ due: 9, overdue: 2, oldestDueAt: hourAgo(5) });
    expect(counts['members']).to.deep.equal({ due: 1, overdue: 0, oldestDueAt: hourAgo(0) });
    expect(counts['meetings']).to.deep.equal({ due: 0, overdue: 0 });
  });

  it('leaves out no collection whose records wait', () => {
    const waiting = schemas.filter((schema) => Object.keys(schema.paths).includes('due'));
    const indexed = waiting.filter((schema) => schema.indexes().some(([, { name }]) => name === 'due_of_live'));
    expect(waiting.length).to.be.at.least(7);
    expect(indexed).to.deep.equal(waiting);
  });

  it('counts the same by step', async () => {
    const steps = await store().health.countSteps(now, hourAgo(1));
    expect(steps.map(({ collection, step, due, overdue }) => [collection, step, due, overdue])).to.deep.equal([
      ['members', 'erase', 1, 0],
      ['proposals', 'lapse', 1, 1],
      ['proposals', 'reminder_1', 7, 0],
      ['proposals', 'reminder_2', 1, 1],
    ]);
  });

  it('counts the outbox: what waits, what is due and since when, what was settled lately', async () => {
    expect(await store().health.countOutbox(now, new Date(now.getTime() - day))).to.deep.equal({
      ...{ pending: 3, due: 2, oldestDueAt: hourAgo(4) },
      ...{ sent: 2, refused: 1, exhausted: 0, dropped: 1 },
    });
  });

  const live = ['sent', 'half_accepted'];
  const settledSince = new Date(now.getTime() - day);
  const queries = {
    'what is due': ['proposals', dueStages(live, { now, overdueBefore: hourAgo(1), by: null }), 9],
    'what is due by step': ['proposals', dueStages(live, { now, overdueBefore: hourAgo(1), by: '$due.step' }), 9],
    'mails that wait': ['outbox', outboxStages(now, settledSince).pending, 3],
    'mails settled lately': ['outbox', outboxStages(now, settledSince).settled, 4],
  } as const;
  for (const [what, [collection, stages, examined]] of Object.entries(queries)) {
    it(`reads ${String(examined)} records of ${collection} to count ${what}, by an index`, async () => {
      const cursor = connection()
        .db!.collection(collection)
        .aggregate([...stages]);
      const explained = (await cursor.explain('executionStats')) as unknown as Explained;
      expect(stagesOf(explained)).to.include('IXSCAN').and.not.include('COLLSCAN');
      expect(statsOf(explained).totalDocsExamined).to.be.within(0, examined);
      expect(statsOf(explained).totalKeysExamined).to.be.within(1, examined + 2);
    });
  }

  it('keeps one look a key and those of the last day only', async () => {
    const none = { items: {}, outbox: await store().health.countOutbox(now, now), failedJobs: [], overdueJobs: [] };
    const look = (key: string, at: Date) => ({ key, at, ...none, failedRecords: {}, alarms: [] });
    await store().health.keep(look('old', daysAgo(2)), daysAgo(3));
    await Promise.all([1, 2].map(() => store().health.keep(look('new', now), daysAgo(1))));
    expect((await store().health.listSince(daysAgo(9))).map(({ key }) => key)).to.deep.equal(['new']);
  });
});
