import { expect } from 'chai';
import { healthFigures, median, recordHealth, type JobHealth } from '../../service/domain/health.ts';
import { memberOf, proposalOf } from '../../service/demo/factories.ts';
import { sweepHealth } from '../../service/usecases/sweep-health.ts';
import { viewHealth, viewHealthFigures } from '../../service/usecases/view-health.ts';
import { useProgramme } from '../support/programme.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

describe('The look at the health', () => {
  const programme = useProgramme();
  const none = () => Promise.resolve([]);
  const sound: JobHealth = {
    name: 'sweep',
    every: '1 minute',
    isRunning: false,
    isOverdue: false,
    turns: 1,
    failures: 0,
  };
  const look = (...jobs: readonly Partial<JobHealth>[]) =>
    sweepHealth(programme.ports(), () => Promise.resolve(jobs.map((job) => ({ ...sound, ...job }))));
  const dueSince = (ms: number) => ({ step: 'lapse', at: new Date(programme.now().getTime() - ms) });
  const kept = () => programme.connection().collection('health').find().toArray();

  for (const [what, dueForMs, due, overdue, alarms] of [
    ['nothing that is due later', -minuteMs, 0, 0, []],
    ['what is due, without an alert', minuteMs, 1, 0, []],
    ['what has been due for an hour as not yet overdue', hourMs, 1, 0, []],
    ['what has been due for more than an hour as overdue', hourMs + 1, 1, 1, ['items_overdue']],
    ['what has been due for months as overdue', 90 * 24 * hourMs, 1, 1, ['items_overdue']],
  ] as const) {
    it(`counts ${what}`, async () => {
      await programme.ports().proposals.insert(proposalOf({ due: dueSince(dueForMs) }));
      const record = await look();
      expect(record.items['proposals']).to.include({ due, overdue });
      expect(record.alarms).to.deep.equal(alarms);
    });
  }

  it('counts nothing that has ended', async () => {
    await programme.ports().proposals.insert(proposalOf({ status: 'lapsed', due: dueSince(3 * hourMs) }));
    expect((await look()).items['proposals']).to.deep.equal({ due: 0, overdue: 0 });
  });

  for (const [alarm, job] of [
    ['job_failed', { failReason: 'ECONNREFUSED 1a2b3c4d' }],
    ['job_overdue', { isOverdue: true }],
    ['records_failed', { failedRecords: 2 }],
  ] as const) {
    it(`sounds ${alarm} and names the job`, async () => {
      const record = await look({}, { name: 'other', ...job });
      expect(record.alarms).to.deep.equal([alarm]);
      const { failedJobs, overdueJobs, failedRecords } = record;
      expect(JSON.stringify([failedJobs, overdueJobs, failedRecords]))
        .to.include('other')
        .and.not.include('1a2b3c4d');
    });
  }

  it('sounds an alert when a mail has waited for more than an hour, and not before', async () => {
    const notBefore = programme.now();
    await programme
      .ports()
      .outbox.enqueue({ key: 'k', kind: 'draft_reminder', memberId: 'm', subjectId: 'm', notBefore });
    programme.moveBy(hourMs);
    expect((await look()).alarms).to.deep.equal([]);
    programme.moveBy(1);
    const record = await look();
    expect(record.alarms).to.deep.equal(['mails_late']);
    expect(record.outbox).to.include({ pending: 1, due: 1 }).and.deep.include({ oldestDueAt: notBefore });
  });

  it('keeps one record a quarter of an hour, however often and from however many copies it is asked', async () => {
    await Promise.all([look(), look(), look()]);
    await look();
    expect(await kept()).to.have.length(1);
    programme.moveBy(15 * minuteMs);
    await look();
    expect(await kept()).to.have.length(2);
  });

  it('keeps a day of records and nobody’s data', async () => {
    const member = memberOf({ status: 'withdrawn', due: dueSince(2 * hourMs) });
    await programme.ports().members.insert(member);
    for (let hours = 0; hours < 30; hours += 1) {
      await look();
      programme.moveBy(hourMs);
    }
    const records = await kept();
    expect(records).to.have.length(25);
    const text = JSON.stringify(records);
    for (const secret of [member.id, member.name, member.email]) expect(text).not.to.include(secret);
  });

  it('tells the report of the last look and the median lateness of the day', async () => {
    for (const lateMs of [100, 9000, 300]) {
      await look({ lateMs }, { name: 'other', failReason: 'X', isOverdue: true, failedRecords: 3, lateMs });
      programme.moveBy(hourMs);
    }
    expect(await viewHealthFigures(programme.ports())).to.deep.equal({
      ...{ overdue: 1, failed: 4, medianLatenessMs: 300, looks: 3, alarmed: 3 },
    });
    programme.moveBy(2 * 24 * hourMs);
    expect(await viewHealthFigures(programme.ports())).to.deep.equal({ overdue: 0, failed: 0, looks: 0, alarmed: 0 });
  });

  it('shows everything live without keeping a look of its own', async () => {
    await programme.ports().proposals.insert(proposalOf({ due: dueSince(2 * hourMs) }));
    const { now, steps } = await viewHealth(programme.ports(), none);
    expect(now.alarms).to.deep.equal(['items_overdue']);
    expect(steps).to.have.length(1);
    expect(await kept()).to.deep.equal([]);
  });

  it('names the quarter of an hour by its beginning', () => {
    const outbox = { pending: 0, due: 0, sent: 0, refused: 0, exhausted: 0, dropped: 0 };
    const keyAt = (at: string) => recordHealth({ items: {}, outbox, jobs: [] }, new Date(at)).key;
    expect(['2026-11-23T09:14:59.999Z', '2026-11-23T09:15:00Z'].map(keyAt)).to.deep.equal([
      '2026-11-23T09:00',
      '2026-11-23T09:15',
    ]);
  });

  it('takes for a median the lower one of two in the middle, and none of nothing', () => {
    expect([median([]), median([5]), median([9, 1]), median([3, 1, 2])]).to.deep.equal([undefined, 5, 1, 2]);
    expect(healthFigures([])).to.deep.equal({ overdue: 0, failed: 0, looks: 0, alarmed: 0 });
  });
});
