// The operators' page of job health: who sees it, and what it says in words of each state.
import { expect } from 'chai';
import supertest from 'supertest';
import { daysAgo, memberOf } from '../../service/demo/factories.ts';
import { runAllOnce } from '../../service/jobs/schedule.ts';
import { plain, useApp, type Visitor } from '../support/app.ts';

describe('the page of job health', () => {
  const app = useApp();

  async function entered(locale: 'fr' | 'en' = 'fr'): Promise<Visitor> {
    const { url } = await app.service().admin.createLink({ name: 'Ada Admin' });
    const visitor = app.stranger();
    await visitor.submit('/admin/enter', { token: url.split('/').at(-1) ?? '' });
    if (locale === 'en') await visitor.submit('/admin/language', { locale, back: '/admin/jobs' });
    return visitor;
  }
  const pageOf = async (visitor: Visitor): Promise<string> => plain((await visitor.get('/admin/jobs')).text);
  const collection = (name: string) =>
    app.service().connection.collection<{ _id: string } & Record<string, unknown>>(name);
  const job = (name: string, facts: object) => ({ name, type: 'single', repeatInterval: '1 minute', ...facts });

  afterEach(async () => {
    for (const name of ['jobs', 'job_turns', 'members', 'health', 'outbox']) await collection(name).deleteMany({});
  });

  it('does not exist for whoever has no session of administration', async () => {
    const { status, text } = await supertest(app.baseUrl()).get('/admin/jobs');
    expect(status).to.equal(401);
    expect(text).not.to.include('sweep');
  });

  it('says that everything is on time when nothing waits, and leads there from every page', async () => {
    const visitor = await entered();
    const { text } = await visitor.get('/admin');
    expect(text).to.include('<a href="/admin/jobs"');
    const page = await pageOf(visitor);
    expect(page).to.include('Tout est à l’heure.').and.include('Aucun travail n’est encore inscrit');
    expect(page).not.to.include('À regarder maintenant');
  });

  it('says in words which job is on time, running, overdue or failed, with the code of the failure', async () => {
    const soon = new Date(Date.now() + 30_000);
    const longAgo = new Date(Date.now() - 600_000);
    await app
      .service()
      .connection.collection('jobs')
      .insertMany([
        job('a-sound', { nextRunAt: soon, lastFinishedAt: longAgo }),
        job('b-running', { nextRunAt: soon, lastRunAt: new Date(), lockedAt: new Date() }),
        job('c-overdue', { nextRunAt: longAgo }),
        job('d-failed', {
          nextRunAt: soon,
          lastFinishedAt: longAgo,
          failedAt: longAgo,
          failReason: 'ECONNREFUSED 1a2b3c4d',
        }),
      ]);
    const page = await pageOf(await entered('en'));
    const stateOf = (name: string): string | undefined =>
      new RegExp(`<th scope="row">${name}</th><td>([^<]*)</td>`, 'u').exec(page)?.[1];
    expect(['a-sound', 'b-running', 'c-overdue', 'd-failed'].map(stateOf)).to.deep.equal([
      'on time',
      'running',
      'overdue',
      'failed: ECONNREFUSED 1a2b3c4d',
    ]);
    expect(page).to.include('Something needs your attention.').and.include('1\u00a0min');
    expect(page).to.include('The last turn of a job failed.').and.include('A job did not begin when it should have.');
  });

  it('counts what is due and overdue by collection and step, without naming anybody', async () => {
    const now = app.clock.now();
    const hourAgo = (hours: number): Date => new Date(now.getTime() - hours * 3_600_000);
    const { members } = app.service().ports;
    const late = memberOf({ status: 'withdrawn', name: 'Ada Martin', due: { step: 'erase', at: hourAgo(2) } });
    await members.insert(late);
    await members.insert(memberOf({ status: 'withdrawn', due: { step: 'erase', at: hourAgo(0.5) } }));
    await members.insert(memberOf({ status: 'withdrawn', due: { step: 'erase', at: daysAgo(-400) } }));
    const page = await pageOf(await entered());
    expect(page).to.match(/<th scope="row">Membres<\/th><td>2<\/td><td>1<\/td><td>23 novembre 2026/u);
    expect(page).to.match(/<th scope="row">Membres<\/th><td>erase<\/td><td>2<\/td><td>1<\/td>/u);
    expect(page).to.include('Des échéances sont passées depuis plus d’une heure.');
    expect(page).not.to.include(late.id).and.not.include('Ada');
  });

  it('tells the looks of the last day, and leaves one line in the log for each', async () => {
    const look = app.service().jobs.filter(({ name }) => name === 'sweep-health');
    await runAllOnce(look);
    app.clock.set(new Date(app.clock.now().getTime() + 15 * 60_000));
    await collection('outbox').insertOne({
      ...{ _id: 'k', kind: 'draft_reminder', memberId: 'm', subjectId: 'm', status: 'pending', tries: 0 },
      notBefore: new Date(app.clock.now().getTime() - 2 * 3_600_000),
    });
    await runAllOnce(look);
    expect(await pageOf(await entered())).to.include('2, dont 1 avec une alerte');
    const lines = app.log.filter(({ msg }) => msg === 'health' || msg === 'alert');
    expect(lines.map(({ level, msg, alarms }) => [level, msg, alarms])).to.deep.equal([
      [30, 'health', undefined],
      [50, 'alert', ['mails_late']],
    ]);
  });
});
