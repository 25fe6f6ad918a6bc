// GET /metrics: for whom it exists, and that what it says is Prometheus' format, true, and about nobody.
import { expect } from 'chai';
import supertest, { type Response } from 'supertest';
import { memberOf } from '../../service/demo/factories.ts';
import { healthSamples, textOf } from '../../service/http/present/metrics.ts';
import { useApp } from '../support/app.ts';

const token = 'a-token-of-the-tests-only';

describe('metrics', () => {
  const app = useApp({ METRICS_TOKEN: token });
  const ask = (authorization?: string): Promise<Response> => {
    const asking = supertest(app.baseUrl()).get('/metrics');
    return Promise.resolve(authorization === undefined ? asking : asking.set('Authorization', authorization));
  };

  for (const [what, authorization] of [
    ['nothing', undefined],
    ['another token', 'Bearer another-token-altogether'],
    ['the token without its kind', token],
    ['the token of another kind', `Basic ${token}`],
    ['a part of the token', `Bearer ${token.slice(0, -1)}`],
  ] as const) {
    it(`do not exist for whoever sends ${what}: the answer is that of any address that is none`, async () => {
      const [answer, nowhere] = [await ask(authorization), await supertest(app.baseUrl()).get('/metrics-of-nobody')];
      expect(answer.status).to.equal(404);
      expect(answer.text).to.equal(nowhere.text).and.not.include('mentorat_');
    });
  }

  it('tell figures in the text format to whoever sends the token', async () => {
    const { status, headers, text } = await ask(`Bearer ${token}`);
    expect(status).to.equal(200);
    expect(headers['content-type']).to.equal('text/plain; version=0.0.4; charset=utf-8');
    expect(headers['cache-control']).to.equal('no-store');
    const line = /^(?:# (?:HELP \w+ .+|TYPE \w+ (?:gauge|counter))|[a-z_]+(?:\{[a-z]+="[^"\n]*"\})? -?[\d.e+-]+)$/u;
    expect(text.endsWith('\n')).to.equal(true);
    expect(
      text
        .trimEnd()
        .split('\n')
        .filter((one) => !line.test(one)),
    ).to.deep.equal([]);
    for (const name of [
      'database_up 1',
      'process_resident_memory_bytes ',
      'event_loop_delay_seconds{quantile="0.99"} ',
    ]) {
      expect(text).to.include(`\nmentorat_${name}`);
    }
  });

  it('count jobs, what is overdue and the outbox, by closed labels without an id', async () => {
    const { connection, ports } = app.service();
    const hourAgo = (hours: number): Date => new Date(app.clock.now().getTime() - hours * 3_600_000);
    const late = memberOf({ status: 'withdrawn', due: { step: 'erase', at: hourAgo(3) } });
    await ports.members.insert(late);
    const mail = { kind: 'draft_reminder', memberId: late.id, subjectId: late.id, tries: 0 };
    await connection.collection<{ _id: string } & Record<string, unknown>>('outbox').insertMany([
      { _id: 'a', ...mail, status: 'pending', notBefore: hourAgo(2) },
      { _id: 'b', ...mail, status: 'pending', notBefore: hourAgo(-2) },
      { _id: 'c', ...mail, status: 'sent', notBefore: hourAgo(5), settledAt: hourAgo(5) },
      { _id: 'd', ...mail, status: 'refused', notBefore: hourAgo(5), settledAt: hourAgo(5) },
      { _id: 'e', ...mail, status: 'sent', notBefore: hourAgo(50), settledAt: hourAgo(50) },
    ]);
    const failed = {
      nextRunAt: new Date(),
      lastFinishedAt: new Date(),
      failedAt: new Date(),
      failReason: 'X 1a2b3c4d',
    };
    await connection
      .collection('jobs')
      .insertOne({ name: 'mail', type: 'single', repeatInterval: '1 minute', ...failed });
    await connection.collection<{ _id: string } & Record<string, unknown>>('job_turns').insertOne({
      ...{ _id: 'mail', turns: 7, failures: 2, lastMs: 250, lateMs: 1500, failedRecords: 3 },
      succeededAt: new Date(Date.now() - 60_000),
    });
    const { text } = await ask(`Bearer ${token}`);
    for (const said of [
      'items_due{collection="members"} 1',
      'items_overdue{collection="members"} 1',
      'items_overdue{collection="proposals"} 0',
      'items_oldest_due_age_seconds{collection="members"} 10800',
      'outbox_pending 2',
      'outbox_due 1',
      'outbox_oldest_due_age_seconds 7200',
      'outbox_settled_last_day{outcome="sent"} 1',
      'outbox_settled_last_day{outcome="refused"} 1',
      'job_failed{job="mail"} 1',
      'job_turns_total{job="mail"} 7',
      'job_failures_total{job="mail"} 2',
      'job_failed_records{job="mail"} 3',
      'job_lateness_seconds{job="mail"} 1.5',
    ]) {
      expect(text).to.include(`\nmentorat_${said}\n`);
    }
    const age = Number(/job_last_success_age_seconds\{job="mail"\} ([\d.]+)/u.exec(text)?.[1]);
    expect(age).to.be.within(60, 90);
    expect(text).not.to.include(late.id).and.not.include('1a2b3c4d');
  });

  it('leave no line in the access log', async () => {
    const before = app.log.length;
    await ask(`Bearer ${token}`);
    expect(app.log.slice(before)).to.deep.equal([]);
  });

  it('say that the database is away instead of saying nothing', () => {
    expect(textOf(healthSamples(undefined, new Date()))).to.match(/\nmentorat_database_up 0\n$/u);
  });

  it('write quotes, backslashes and new lines in labels as the format wants', () => {
    const samples = [{ labels: { job: 'a"b\\c\nd' }, value: 1 }];
    const text = textOf([{ name: 'm', help: 'h', type: 'gauge', samples }]);
    expect(text).to.equal('# HELP m h\n# TYPE m gauge\nm{job="a\\"b\\\\c\\nd"} 1\n');
  });
});

describe('metrics without a token in the settings', () => {
  const app = useApp();

  for (const sent of [`Bearer ${token}`, 'Bearer ', 'Bearer undefined']) {
    it(`do not exist for whoever sends "${sent}"`, async () => {
      const { status } = await supertest(app.baseUrl()).get('/metrics').set('Authorization', sent);
      expect(status).to.equal(404);
    });
  }
});
