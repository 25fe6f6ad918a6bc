import { expect } from 'chai';
import { programmeJobs, runAllOnce, type Job } from '../../service/jobs/schedule.ts';
import { createLoad } from '../../service/mail/load.ts';
import type { OutboxStore } from '../../service/store/outbox.ts';
import { answerProposal } from '../../service/usecases/answer-proposal.ts';
import { aMailer, type TestMailer } from '../support/mail.ts';
import { dayMs, useProgramme } from '../support/programme.ts';
import { useSmtp } from '../support/smtp.ts';

const minute = 60_000;

describe('schedule', () => {
  const programme = useProgramme();
  const smtp = useSmtp();
  let mailer: TestMailer;
  const open: TestMailer[] = [];

  const schedule = (): readonly Job[] => {
    const ports = programme.ports();
    const own = aMailer(ports.outbox as OutboxStore, smtp.url(), { load: createLoad(ports), clock: ports.clock });
    open.push(own);
    mailer = own;
    return programmeJobs({
      ports,
      deliverDue: (options) => own.deliverDue(options),
      purgeOutbox: (before) => own.queue.purge(before),
    });
  };
  const subjects = (): string[] =>
    smtp.mails().map(({ subject = '', to }) => `${to?.[0]?.address ?? ''} ${subject.replace(/^[^:]*: /, '')}`);

  afterEach(() => {
    for (const each of open.splice(0)) each.close();
  });

  it('names every job once and gives each an interval', () => {
    const jobs = schedule();
    expect(new Set(jobs.map(({ name }) => name)).size).to.equal(jobs.length);
    for (const { every } of jobs) expect(every).to.match(/^\d+ (second|minute|hour|day)s?$/);
  });

  it('matches, proposes and writes to both in one go', async () => {
    const { mentor, mentee } = await programme.joinPair();
    programme.moveBy(7 * dayMs);
    const turns = await runAllOnce(schedule());
    expect(turns.filter(({ error }) => error)).to.deep.equal([]);
    programme.moveBy(5 * dayMs);
    await runAllOnce(schedule());
    const told = smtp.mails().map(({ to }) => to?.[0]?.address);
    expect(told).to.include.members([mentor.email, mentee.email]);
    expect(programme.failures()).to.deep.equal([]);
  });

  it('does the same once when it is run twice or by two copies at once', async () => {
    await programme.joinPair();
    programme.moveBy(7 * dayMs);
    const [one, other] = [schedule(), schedule()];
    await Promise.all([runAllOnce(one), runAllOnce(other)]);
    programme.moveBy(5 * dayMs);
    await Promise.all([runAllOnce(one), runAllOnce(other)]);
    await runAllOnce(one);
    expect([...smtp.arrivals().values()].filter((count) => count > 1)).to.deep.equal([]);
    expect(new Set(subjects()).size).to.equal(subjects().length);
  });

  it('introduces two who said yes without a sweep in between, by mail at once', async () => {
    const { mentor, mentee, proposalId } = await programme.propose();
    for (const { id: memberId } of [mentor, mentee]) {
      await answerProposal(programme.ports(), { memberId, proposalId, answer: 'yes' });
    }
    await runAllOnce(schedule());
    const introductions = subjects().filter((line) => /dialogue (can begin|peut commencer)/.test(line));
    expect(introductions).to.have.length(2);
  });

  it('purges the outbox after ninety days', async () => {
    const { mentor, mentee, proposalId } = await programme.propose();
    for (const { id: memberId } of [mentor, mentee]) {
      await answerProposal(programme.ports(), { memberId, proposalId, answer: 'yes' });
    }
    await runAllOnce(schedule());
    const sent = (await mailer.queue.stats(programme.now())).sent;
    expect(sent).to.be.greaterThan(0);
    programme.moveBy(91 * dayMs + minute);
    const turns = await runAllOnce(schedule());
    expect(turns.find(({ name }) => name === 'purge-outbox')?.report?.['done']).to.be.at.least(sent);
  });

  it('goes on with the next job when one fails, and gives back what it threw for whoever reports it', async () => {
    const failure = new Error('Ada Martin');
    const jobs: Job[] = [
      { name: 'broken', every: '1 minute', run: () => Promise.reject(failure) },
      { name: 'sound', every: '1 minute', run: () => Promise.resolve({ done: 1 }) },
    ];
    schedule();
    const [broken, sound] = await runAllOnce(jobs);
    expect(sound).to.deep.equal({ name: 'sound', report: { done: 1 } });
    expect(broken).to.deep.equal({ name: 'broken', error: failure });
  });
});
