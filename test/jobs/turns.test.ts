// What is written down of each turn, and what becomes of turns that hang, are cut off, or are taken by a copy that dies.
import { EventEmitter, once } from 'node:events';
import { expect } from 'chai';
import { jobCollection, listJobs, turnCollection } from '../../service/jobs/health.ts';
import { programmeJobs, type Job, type JobReport } from '../../service/jobs/schedule.ts';
import { noteTurn, type TurnFacts } from '../../service/jobs/turns.ts';
import { createWorker, jobIndexes, type Worker, type WorkerParts } from '../../service/jobs/worker.ts';
import { ensureIndexes } from '../../service/store/index.ts';
import { useProgramme } from '../support/programme.ts';

describe('turns of a job', () => {
  const programme = useProgramme();
  const events = new EventEmitter();
  const started: Worker[] = [];
  let logs: string[] = [];

  const database = () => programme.connection().db!;
  const worker = (run: Job['run'], parts: Partial<WorkerParts> = {}): Worker => {
    const note = (facts: object, sentence: string): void => void logs.push(`${sentence} ${JSON.stringify(facts)}`);
    const made = createWorker({
      ...{ connection: programme.connection(), pollMs: 40, lockMs: 300, logger: { info: note, error: note } },
      jobs: [{ name: 'sweep', every: '0.1 seconds', run }],
      ...parts,
    });
    started.push(made);
    return made;
  };
  const health = async (wallNow = new Date()) => (await listJobs(database(), wallNow))[0];
  /** Runs a worker until its job took so many turns, and stops it. */
  const taking = async (turns: number, run: (turn: number) => Promise<JobReport>): Promise<void> => {
    let taken = 0;
    const one = worker(() => {
      taken += 1;
      events.emit('turn');
      return run(taken);
    });
    await one.start();
    while (taken < turns) await once(events, 'turn');
    await one.stop();
  };

  const stopAll = async (): Promise<void> => {
    await Promise.all(started.splice(0).map((each) => each.stop(100)));
  };

  before('make the indexes', () => ensureIndexes(programme.connection(), { others: jobIndexes }));
  beforeEach(() => (logs = []));
  afterEach(stopAll);

  it('tell what the last one did, how long it took and how many there were', async () => {
    await taking(3, () => Promise.resolve({ done: 5, failed: 2 }));
    const told = await health();
    expect(told).to.include({ name: 'sweep', done: 5, failedRecords: 2, failures: 0 });
    expect(told?.turns).to.be.at.least(3);
    expect(told?.lastMs).to.be.within(0, 1000);
    expect(told?.lateMs).to.be.within(0, 5000);
    expect(told?.lastSucceededAt).to.be.instanceOf(Date);
  });

  it('count failures, and keep the last success apart from them', async () => {
    await taking(2, (turn) => (turn === 1 ? Promise.resolve({ done: 1 }) : Promise.reject(new Error('Ada Martin'))));
    const told = await health();
    expect(told?.failures).to.be.at.least(1);
    expect(told?.lastSucceededAt?.getTime()).to.be.at.most(told!.lastFinishedAt!.getTime());
    expect(told?.failReason).to.match(/^Error [0-9a-f]{8}$/);
    expect(JSON.stringify(await database().collection(turnCollection).find().toArray())).not.to.match(/Ada/);
  });

  it('say how late one began, by what the one before it promised', async () => {
    const at = (seconds: number): Date => new Date(Date.UTC(2026, 10, 23, 9, 0, seconds));
    const turn = (begunAt: Date, nextRunAt: Date): TurnFacts => ({
      ...{ name: 'sweep', begunAt, endedAt: begunAt, nextRunAt },
      report: {},
    });
    await database().collection(jobCollection).insertOne({ name: 'sweep' });
    const lateness: unknown[] = [];
    for (const [begun, next] of [
      [0, 60],
      [63, 123],
      [100, 160],
    ] as const) {
      await noteTurn(database(), turn(at(begun), at(next)));
      lateness.push((await health())?.lateMs);
    }
    expect(lateness).to.deep.equal([undefined, 3000, 0]);
  });

  it('count even where they cannot be written down, and the log is told once', async () => {
    let turns = 0;
    const one = worker(() => {
      turns += 1;
      events.emit('turn');
      return Promise.resolve({});
    });
    await database()
      .dropCollection(turnCollection)
      .catch(() => undefined);
    await database().createCollection(turnCollection, { validator: { nothing: { $exists: true } } });
    await one.start();
    while (turns < 4) await once(events, 'turn');
    await one.stop();
    await database().dropCollection(turnCollection);
    expect((await health())?.failReason).to.equal(undefined);
    expect(logs.filter((line) => line.startsWith('How a job went could not be written down'))).to.have.length(1);
    expect(logs).to.have.length(1);
  });

  it('are forgotten with jobs that the schedule no longer names', async () => {
    await noteTurn(database(), { name: 'old', begunAt: new Date(), endedAt: new Date(), report: {} });
    await taking(1, () => Promise.resolve({}));
    expect(await database().collection(turnCollection).distinct('_id')).to.deep.equal(['sweep']);
  });

  describe('that hang', () => {
    let begun = 0;
    /** As long as the test lasts: what hung for ever would keep the process of the tests alive. */
    const hang = async (): Promise<JobReport> => {
      begun += 1;
      events.emit('turn');
      await once(events, 'end of the test');
      return {};
    };
    const goOn = (): Promise<JobReport> => {
      begun += 1;
      events.emit('turn');
      return Promise.resolve({ done: 1 });
    };

    beforeEach(() => (begun = 0));
    afterEach('end them', async () => {
      events.emit('end of the test');
      await stopAll();
      // A worker waits neither for turns that it gave up nor for those that outlast its stop.
      while ((await health())?.turns !== begun);
    });

    it('are given to another copy in the end', async () => {
      const copies = [1, 2].map(() => worker(() => (begun === 0 ? hang() : goOn()), { lockMs: 150, longestMs: 200 }));
      await Promise.all(copies.map((copy) => copy.start()));
      while (begun < 2) await once(events, 'turn');
      expect(begun).to.be.at.least(2);
    });

    it('are told of at the stop, and the copy stops all the same', async () => {
      const turn = once(events, 'turn');
      const one = worker(hang);
      await one.start();
      await turn;
      await one.stop(50);
      expect(logs.filter((line) => line.startsWith('Jobs were still running at the stop'))).to.have.length(1);
    });
  });

  it('are not begun any more once a copy is told to stop', async () => {
    let turns = 0;
    await taking(1, () => {
      turns += 1;
      return Promise.resolve({});
    });
    const stopped = turns;
    await database()
      .collection(jobCollection)
      .updateMany({}, { $set: { nextRunAt: new Date() } });
    const other = once(events, 'other');
    await worker(() => {
      events.emit('other');
      return Promise.resolve({});
    }).start();
    await other;
    expect(turns).to.equal(stopped);
  });

  it('of a copy that died are overdue, not running, as soon as its lock is old', async () => {
    const ago = (seconds: number): Date => new Date(Date.now() - seconds * 1000);
    const record = { name: 'sweep', type: 'single', repeatInterval: '1 minute', lastFinishedAt: ago(900) };
    await database()
      .collection(jobCollection)
      .insertOne({ ...record, nextRunAt: ago(540), lastRunAt: ago(600), lockedAt: ago(600) });
    expect(await health()).to.include({ isRunning: false, isOverdue: true });
    await database()
      .collection(jobCollection)
      .updateOne({}, { $set: { lockedAt: ago(5) } });
    expect(await health()).to.include({ isRunning: true, isOverdue: false });
  });

  it('of several copies at once, each with every job of the programme, never overlap', async () => {
    const inside = new Map<string, number>();
    const taken = new Set<string>();
    let most = 0;
    const names = programmeJobs({
      ports: programme.ports(),
      deliverDue: () => Promise.resolve({}),
      purgeOutbox: () => Promise.resolve(0),
    }).map(({ name }) => name);
    const jobs = names.map((name): Job => {
      const run = async (): Promise<JobReport> => {
        inside.set(name, (inside.get(name) ?? 0) + 1);
        most = Math.max(most, inside.get(name) ?? 0);
        await database().collection(jobCollection).countDocuments();
        inside.set(name, (inside.get(name) ?? 0) - 1);
        taken.add(name);
        events.emit('turn');
        return {};
      };
      return { name, every: '0.2 seconds', run };
    });
    // No busy machine keeps a turn so long: one that outlives its lock is rightly taken over.
    const copies = [1, 2, 3].map(() => worker(() => Promise.resolve({}), { jobs, lockMs: 120_000 }));
    await Promise.all(copies.map((copy) => copy.start()));
    while (taken.size < names.length) await once(events, 'turn');
    await Promise.all(copies.map((copy) => copy.stop(5000)));
    expect(most).to.equal(1);
    expect(await database().collection(jobCollection).countDocuments()).to.equal(names.length);
  });

  it('of the programme’s own schedule have intervals that Agenda understands', async () => {
    const jobs = programmeJobs({
      ports: programme.ports(),
      deliverDue: () => Promise.resolve({}),
      purgeOutbox: () => Promise.resolve(0),
    }).map(({ name, every }): Job => ({ name, every, run: () => Promise.resolve({}) }));
    const one = worker(() => Promise.resolve({}), { jobs });
    await one.start();
    await one.stop();
    const known = await database().collection(jobCollection).find().toArray();
    expect(known.map(({ name }) => String(name)).sort()).to.deep.equal(jobs.map(({ name }) => name).sort());
    for (const { name, nextRunAt } of known) expect(nextRunAt, String(name)).to.be.instanceOf(Date);
  });
});
