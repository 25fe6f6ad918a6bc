// What goes by its age alone: due, not yet, again, and by two copies at once.
import { expect } from 'chai';
import type { Connection } from 'mongoose';
import { programmeJobs, runAllOnce, type Turn } from '../../service/jobs/schedule.ts';
import { createAdminPasses } from '../../service/store/admin-passes.ts';
import { createLtiStores } from '../../service/store/lti/index.ts';
import { createOutbox } from '../../service/store/outbox.ts';
import { useProgramme } from '../support/programme.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

interface Purge {
  readonly what: string;
  readonly collection: string;
  /** What a record needs beside its id, when it ended so many milliseconds before the purge. */
  readonly record: (endedAt: Date) => Record<string, unknown>;
  readonly run: (connection: Connection, now: Date) => Promise<unknown>;
  /** Age at which it goes. */
  readonly afterMs: number;
}

describe('What is purged by its age', () => {
  const programme = useProgramme();

  const purgeOutbox = async (connection: Connection): Promise<Turn | undefined> => {
    const outbox = createOutbox(connection);
    const jobs = programmeJobs({
      ports: programme.ports(),
      deliverDue: () => Promise.resolve({}),
      purgeOutbox: (before) => outbox.purge(before),
    });
    const [turn] = await runAllOnce(jobs.filter(({ name }) => name === 'purge-outbox'));
    return turn;
  };
  const notice = { kind: 'proposal_sent', memberId: 'm', subjectId: 's', tries: 1 };

  const purges: readonly Purge[] = [
    ...['sent', 'refused', 'exhausted', 'dropped'].map((status) => ({
      what: `mails that were ${status}, 90 days later`,
      collection: 'outbox',
      record: (endedAt: Date) => ({ ...notice, status, notBefore: endedAt, settledAt: endedAt }),
      run: purgeOutbox,
      afterMs: 90 * dayMs,
    })),
    {
      what: 'sessions past their absolute end',
      collection: 'lti_sessions',
      record: (expiresAt) => ({ purpose: 'visit', expiresAt }),
      run: (connection, now) => createLtiStores(connection).sessions.purge(now),
      afterMs: 0,
    },
    ...['link', 'session'].map((kind) => ({
      what: `the administrators’ ${kind}s past their end`,
      collection: 'admin_passes',
      record: (expiresAt: Date) => ({ kind, expiresAt }),
      run: (connection: Connection, now: Date) => createAdminPasses(connection.useDb(connection.name)).purge(now),
      afterMs: 0,
    })),
  ];

  for (const { what, collection, record, run, afterMs } of purges) {
    const keep = async (ids: Record<string, number>): Promise<string[]> => {
      const records = programme.connection().collection<{ _id: string } & Record<string, unknown>>(collection);
      await records.deleteMany({});
      const before = (ms: number): Date => new Date(programme.now().getTime() - ms);
      const all = Object.entries(ids).map(([_id, age]) => ({ _id, ...record(before(afterMs + age)) }));
      await records.insertMany(all);
      return all.map(({ _id }) => _id);
    };
    const left = async (): Promise<string[]> => {
      const records = await programme.connection().collection(collection).find().sort({ _id: 1 }).toArray();
      return records.map(({ _id }) => String(_id));
    };
    const purge = () => run(programme.connection(), programme.now());

    it(`${what}: go when they are due, and not before`, async () => {
      await keep({ due: 1000, long: 400 * dayMs, not_yet: -1000, new: -hourMs });
      await purge();
      expect(await left()).to.deep.equal(['new', 'not_yet']);
    });

    it(`${what}: go once, twice in a row or by two copies at once`, async () => {
      await keep({ due: 1000, not_yet: -1000 });
      await Promise.all([purge(), purge()]);
      await purge();
      expect(await left()).to.deep.equal(['not_yet']);
    });
  }

  it('keeps a mail that still waits, however old it is', async () => {
    const waiting = { ...notice, status: 'pending', notBefore: new Date(programme.now().getTime() - 400 * dayMs) };
    const outbox = programme.connection().collection<{ _id: string } & Record<string, unknown>>('outbox');
    await outbox.insertOne({ _id: 'waits', ...waiting });
    const turn = await purgeOutbox(programme.connection());
    expect(turn).to.deep.include({ name: 'purge-outbox', report: { done: 0 } });
    expect(await outbox.countDocuments()).to.equal(1);
  });
});
