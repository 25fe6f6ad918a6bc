import { EventEmitter, once } from 'node:events';
import { expect } from 'chai';
import { jobCollection, listJobs } from '../../service/jobs/health.ts';
import type { Job } from '../../service/jobs/schedule.ts';
import { createWorker, jobIndexes, type Worker } from '../../service/jobs/worker.ts';
import { ensureIndexes } from '../../service/store/index.ts';
import { useDatabase } from '../support/database.ts';

const often = '0.1 seconds';

describe('job worker', () => {
  const database = useDatabase();
  const started: Worker[] = [];
  const events = new EventEmitter();
  let logs: string[] = [];

  const records = () => database.connection().db!.collection(jobCollection);
  const worker = (jobs: readonly Job[], lockMs = 600): Worker => {
    const note = (facts: object, sentence: string): void => void logs.push(`${sentence} ${JSON.stringify(facts)}`);
    const made = createWorker({
      ...{ connection: database.connection(), jobs, pollMs: 40, lockMs },
      logger: { info: note, error: note },
    });
    started.push(made);
    return made;
  };
  const job = (run: Job['run'], name = 'sweep'): Job => ({ name, every: often, run });
  let endings: (() => void)[] = [];
  /** A turn that stays open until the test lets it end, or is over. */
  const heldTurn = (): { run: Job['run']; end(): void; turns(): number } => {
    let turns = 0;
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    endings.push(release);
    const run = async (): Promise<Record<string, number>> => {
      turns += 1;
      events.emit('turn');
      await held;
      return { done: 1 };
    };
    return { run, end: release, turns: () => turns };
  };

  before('make the indexes', async () => {
    await ensureIndexes(database.connection(), { others: jobIndexes });
  });
  beforeEach(async () => {
    [logs, endings] = [[], []];
    await records().deleteMany({});
  });
  afterEach(async () => {
    for (const end of endings) end();
    await Promise.all(started.splice(0).map((each) => each.stop()));
  });

  it('takes each turn in one of two copies and never in both at once', async () => {
    let [turns, inside, most] = [0, 0, 0];
    const run = async (): Promise<Record<string, number>> => {
      inside += 1;
      most = Math.max(most, inside);
      await records().countDocuments();
      inside -= 1;
      turns += 1;
      events.emit('turn');
      return { done: 1 };
    };
    const copies = [worker([job(run)]), worker([job(run)])];
    await Promise.all(copies.map((copy) => copy.start()));
    while (turns < 8) await once(events, 'turn');
    expect(most).to.equal(1);
    expect(await records().countDocuments()).to.equal(1);
  });

  it('makes one record a job, however many copies start together', async () => {
    const jobs = ['one', 'two', 'three'].map((name) => job(() => Promise.resolve({}), name));
    await Promise.all(Array.from({ length: 5 }, () => worker(jobs).start()));
    expect((await records().distinct('name')).sort()).to.deep.equal(['one', 'three', 'two']);
    expect(await records().countDocuments()).to.equal(3);
  });

  for (const every of ['soon', '', '61 * * * *', '5 bananas']) {
    it(`refuses to start with a sentence when a schedule is "${every}"`, async () => {
      const broken = worker([{ ...job(() => Promise.resolve({})), every }]);
      const error = await broken.start().catch((reason: unknown) => reason);
      expect(String(error)).to.include('"sweep"').and.to.include('neither an interval nor a cron expression');
      expect(await records().countDocuments()).to.equal(0);
    });
  }

  it('refuses a schedule that names a job twice', async () => {
    const twice = [job(() => Promise.resolve({})), job(() => Promise.resolve({}))];
    const error = await worker(twice)
      .start()
      .catch((reason: unknown) => reason);
    expect(String(error)).to.include('names the job "sweep" twice');
  });

  it('waits at its stop for a turn under way, tells it to end, and leaves no lock behind', async () => {
    let told = false;
    const run: Job['run'] = async (signal) => {
      events.emit('turn');
      await once(signal, 'abort');
      await records().countDocuments();
      told = true;
      return { done: 1 };
    };
    const one = worker([job(run)]);
    const turn = once(events, 'turn');
    await one.start();
    await turn;
    await one.stop();
    expect(told).to.equal(true);
    expect(await records().countDocuments({ lockedAt: { $ne: null } })).to.equal(0);
  });

  it('keeps what an error says out of the log and out of the job’s record', async () => {
    const secret = 'no mail for Ada Martin <ada@etis.example>\n    at ada@etis.example';
    let turns = 0;
    const run = (): Promise<Record<string, number>> => {
      turns += 1;
      events.emit('turn');
      const error = Object.assign(new Error(secret), { name: 'SmtpError', code: 'EENVELOPE' });
      return turns === 1 ? Promise.reject(error) : Promise.resolve({});
    };
    const one = worker([job(run)]);
    await one.start();
    while (turns < 2) await once(events, 'turn');
    await one.stop();
    const record = await records().findOne({ name: 'sweep' });
    expect(record!['failReason']).to.match(/^EENVELOPE [0-9a-f]{8}$/);
    const [, errorId] = String(record!['failReason']).split(' ');
    expect(logs.filter((line) => line.includes(errorId!))).to.have.length(1);
    expect(JSON.stringify([record, logs])).to.not.match(/ada|martin|etis/i);
  });

  it('shows a failure until the job succeeds again', async () => {
    let turns = 0;
    const run = (): Promise<Record<string, number>> => {
      turns += 1;
      events.emit('turn');
      return turns === 1 ? Promise.reject(new TypeError('x')) : Promise.resolve({});
    };
    const failing = worker([{ ...job(run), every: '1 hour' }]);
    const turn = once(events, 'turn');
    await failing.start();
    await turn;
    await failing.stop();
    const [failed] = await listJobs(database.connection().db!, new Date());
    expect(failed).to.deep.include({ name: 'sweep', every: '1 hour', isRunning: false, isOverdue: false });
    expect(failed?.failReason).to.match(/^TypeError [0-9a-f]{8}$/);
    await records().updateOne({}, { $set: { nextRunAt: new Date() } });
    const sound = worker([{ ...job(run), every: '1 hour' }]);
    const next = once(events, 'turn');
    await sound.start();
    await next;
    await sound.stop();
    expect((await listJobs(database.connection().db!, new Date()))[0]).to.not.have.property('failReason');
  });

  it('says which jobs nobody takes', async () => {
    await worker([job(() => Promise.resolve({}))]).start();
    await started.pop()!.stop();
    const inAnHour = new Date(Date.now() + 3_600_000);
    expect((await listJobs(database.connection().db!, inAnHour))[0]).to.include({ name: 'sweep', isOverdue: true });
  });

  it('takes a turn over from a copy that died in it', async () => {
    const held = heldTurn();
    const dead = { name: 'sweep', type: 'single', repeatInterval: often, priority: 0, data: null };
    const longAgo = new Date(Date.now() - 60_000);
    await records().insertOne({ ...dead, nextRunAt: longAgo, lockedAt: longAgo, lastRunAt: longAgo });
    const turn = once(events, 'turn');
    await worker([job(held.run)]).start();
    await turn;
    held.end();
    expect(held.turns()).to.equal(1);
  });

  it('keeps a turn that outlasts its lock to itself as long as it is alive', async () => {
    const held = heldTurn();
    const copies = [worker([job(held.run)], 150), worker([job(held.run)], 150)];
    const turn = once(events, 'turn');
    await Promise.all(copies.map((copy) => copy.start()));
    await turn;
    const locks = new Set<number>();
    while (locks.size < 6) {
      const record = await records().findOne({ name: 'sweep' });
      locks.add((record!['lockedAt'] as Date).getTime());
    }
    expect(held.turns()).to.equal(1);
    held.end();
  });

  it('does not take the lock from a running turn when another copy starts', async () => {
    const held = heldTurn();
    const turn = once(events, 'turn');
    await worker([job(held.run)]).start();
    await turn;
    await worker([job(held.run)]).start();
    expect((await records().findOne({ name: 'sweep' }))!['lockedAt']).to.be.instanceOf(Date);
    held.end();
  });

  it('does not take it either when that copy has another schedule for the job', async () => {
    const held = heldTurn();
    const turn = once(events, 'turn');
    await worker([job(held.run)]).start();
    await turn;
    await worker([{ ...job(held.run), every: '1 hour' }]).start();
    const record = await records().findOne({ name: 'sweep' });
    expect(record!['lockedAt']).to.be.instanceOf(Date);
    expect(record!['repeatInterval']).to.equal('1 hour');
    held.end();
  });

  it('forgets jobs that the schedule no longer names', async () => {
    await worker([job(() => Promise.resolve({}), 'old')]).start();
    await started.pop()!.stop();
    await worker([job(() => Promise.resolve({}), 'new')]).start();
    expect(await records().distinct('name')).to.deep.equal(['new']);
  });
});
