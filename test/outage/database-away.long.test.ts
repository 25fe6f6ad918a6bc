import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { useApp, type Visitor } from '../support/app.ts';
import { sharedEnginePort } from '../support/engine.ts';
import { offerAnswers, participant } from '../support/people.ts';
import { rounds } from '../support/rounds.ts';
import { openGate, type Gate } from './gate.ts';

/** Of each kind of absence. */
const halfSeconds = rounds({ short: 2, long: 10 });
const halfMs = halfSeconds * 1000;
/** Far longer than the service needs, even on a busy machine: that nobody waits for ever. */
const patienceMs = 60_000;

describe(`the database is away for ${halfSeconds} seconds in silence, and as long altogether`, () => {
  let gate: Gate;
  const failures: unknown[] = [];
  const note = (error: unknown): void => void failures.push(error);

  before('put a gate before the database', async function () {
    this.timeout(300_000);
    gate = await openGate(sharedEnginePort());
    process.on('unhandledRejection', note);
  });
  // The settings are read when the service starts, and its gate has a port by then.
  const app = useApp({
    get MONGODB_URI() {
      return `mongodb://127.0.0.1:${gate.port}/outage?directConnection=true&w=1&journal=true`;
    },
  });
  after('take the gate away', async () => {
    process.off('unhandledRejection', note);
    await gate.shut();
  });

  const answers = { statuses: new Set<number>(), slowestMs: 0 };
  const ask = async (visitor: Visitor): Promise<void> => {
    const since = performance.now();
    const { status, text, headers } = await visitor.get('/');
    answers.slowestMs = Math.max(answers.slowestMs, performance.now() - since);
    answers.statuses.add(status);
    if (status !== 503) return;
    expect(headers['retry-after']).to.equal('30');
    expect(text).to.include('momentanément indisponible').and.include('Réessayez dans quelques minutes');
  };
  const askFor = async (visitor: Visitor, ms: number): Promise<void> => {
    const until = performance.now() + ms;
    while (performance.now() < until) {
      await ask(visitor);
      await pause(100);
    }
  };
  const isReady = async (visitor: Visitor): Promise<boolean> => (await visitor.get('/health/ready')).status === 200;
  const capacities = async (): Promise<(number | undefined)[]> => {
    const members = await app.service().connection.collection('members').find({}).toArray();
    return members.map(({ offer }) => (offer as { capacity?: number } | undefined)?.capacity);
  };
  const lastTurn = async (): Promise<Date> => {
    const jobs = app.service().connection.collection('jobs');
    const [latest] = await jobs.find({ name: 'mail' }).toArray();
    return (latest?.['lastFinishedAt'] as Date | undefined) ?? new Date(0);
  };

  it('says so to each person in their language, takes up its work by itself, and has lost nothing', async function () {
    this.timeout(300_000);
    const visitor = await participant(app, { subject: 'Odile Outage', lab: 'liris' });
    await app.service().worker.start();
    await visitor.submit('/mentor', offerAnswers);

    const before = app.log.length;
    const since = Date.now();
    gate.fallSilent();
    await askFor(visitor, halfMs);
    expect(await isReady(visitor)).to.equal(false);
    await gate.shut();
    await askFor(visitor, halfMs);
    expect([...answers.statuses]).to.deep.equal([503]);
    expect(answers.slowestMs).to.be.below(patienceMs);
    expect((await visitor.get('/health/live')).status).to.equal(200);
    expect(await isReady(visitor)).to.equal(false);
    const refused = await visitor.send('/mentor', { ...offerAnswers, capacity: '3' });
    expect(refused.status).to.equal(503);
    const cookie = visitor.cookies().map(({ name, value }) => `${name}=${value}`);
    const english = await fetch(app.baseUrl(), { headers: { 'Accept-Language': 'en', Cookie: cookie.join('; ') } });
    expect(english.status).to.equal(503);
    expect(await english.text()).to.include('Try again in a few minutes');

    await gate.open();
    const opened = new Date();
    while (!(await isReady(visitor))) expect(Date.now() - opened.getTime()).to.be.below(patienceMs);
    expect((await visitor.get('/')).text).to.include('Bonjour Odile Outage');
    expect(await capacities(), 'what was refused was not done').to.deep.equal([1]);
    await visitor.submit('/mentor', { ...offerAnswers, capacity: '3' });
    expect(await capacities()).to.deep.equal([3]);
    while ((await lastTurn()) < opened) {
      expect(Date.now() - opened.getTime(), 'until a job takes a turn again').to.be.below(60_000);
      await pause(100);
    }
    await app.service().worker.stop();
    // One line a kind in half a minute, whoever asks and however many jobs fail: requests have lines of their own.
    const lines = app.log.slice(before).filter(({ level, req }) => Number(level) >= 40 && req === undefined);
    const kinds = lines.map(({ msg, kind }) => `${String(msg)} ${String(kind)}`);
    const most = 1 + Math.ceil((Date.now() - since) / 30_000);
    for (const kind of kinds) expect(kinds.filter((one) => one === kind).length, kind).to.be.at.most(most);
    expect(lines.length, JSON.stringify(kinds)).to.be.within(1, 8 * most);
    expect(failures).to.deep.equal([]);
  });
});
