// The log as an operator has it, when errors that carry a person's name are thrown in every part of the service.
import { EventEmitter, once } from 'node:events';
import { expect } from 'chai';
import { jobCollection } from '../service/jobs/health.ts';
import { runAllOnce } from '../service/jobs/schedule.ts';
import { createWorker } from '../service/jobs/worker.ts';
import { createLogger } from '../service/log.ts';
import { createMailer } from '../service/mail/mailer.ts';
import { sweep } from '../service/usecases/sweep.ts';
import { useApp } from './support/app.ts';
import { aNotice, morning } from './support/mail.ts';
import { allMarked, mark } from './support/marked-errors.ts';
import { participant } from './support/people.ts';

type Line = Record<string, unknown>;

describe('the log, when an error with a person’s name in it is thrown', () => {
  const app = useApp();
  const restores: (() => void)[] = [];
  /** Lets a method of a part of the service throw, until the test is over. */
  const fault = (part: object, method: string, make: () => Error): void => {
    const own = Object.getOwnPropertyDescriptor(part, method);
    const reject = (): Promise<never> => Promise.reject(make());
    Object.defineProperty(part, method, { value: reject, configurable: true, writable: true });
    restores.push(() => {
      if (own) Object.defineProperty(part, method, own);
      else Reflect.deleteProperty(part, method);
    });
  };
  /** Lines about errors: those with a kind. */
  const told = (): Line[] => app.log.filter(({ kind }) => kind !== undefined);
  const errorPlaces = ['page', 'administrators’ page', 'survey', 'calendar feed'] as const;
  const open: Record<(typeof errorPlaces)[number], (make: () => Error) => Promise<{ status: number; text: string }>> = {
    page: async (make) => {
      fault(app.service().ports.members, 'findByPerson', make);
      return visitor.get('/');
    },
    'administrators’ page': (make) => {
      fault(app.service().admin, 'find', make);
      return app.stranger().get('/admin');
    },
    survey: (make) => {
      fault(app.service().ports.surveys, 'isAnswered', make);
      const token = app.service().ports.surveys.issue({ side: 'mentee', until: '2026-12-14' });
      return app.stranger().get(`/survey/${token}`);
    },
    'calendar feed': (make) => {
      fault(app.service().ports.feeds, 'find', make);
      return app.stranger().get('/calendar/abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq.ics');
    },
  };
  let visitor: Awaited<ReturnType<typeof participant>>;

  before('let somebody in', async () => {
    visitor = await participant(app, { subject: 'Lin Log' });
  });
  beforeEach(() => {
    app.log.length = 0;
  });
  afterEach(() => {
    for (const restore of restores.splice(0)) restore();
  });

  for (const place of errorPlaces) {
    it(`on a ${place}, holds its kind and place under the reference that the page shows`, async () => {
      for (const { what, make, kind, hasPlaces } of allMarked) {
        app.log.length = 0;
        const { status, text } = await open[place](make);
        for (const restore of restores.splice(0)) restore();
        expect(status, what).to.equal(500);
        const [line, ...more] = told();
        expect(more, what).to.deep.equal([]);
        expect(JSON.stringify(app.log), what).to.not.match(mark);
        expect(text).to.not.match(mark);
        if (!['undefined', 'null'].includes(kind)) expect(line, what).to.include({ kind });
        if (hasPlaces) expect(line?.['at'], what).to.be.an('array').that.is.not.empty;
        expect(text, what).to.include(String(line?.['reference']));
      }
    });
  }

  it('in a job, a record of a sweep and a mail, holds kind and place; and the job’s record kind and reference only', async () => {
    const { ports, connection, errors, queue } = app.service();
    const { outbox } = ports;
    const note = { info: () => undefined, error: () => undefined };
    for (const { what, make, kind } of allMarked) {
      app.log.length = 0;
      const fail = (): Promise<never> => Promise.reject(make());
      const events = new EventEmitter();
      const failing = { name: 'failing', every: '0.1 seconds', run: () => fail().finally(() => events.emit('turn')) };
      const worker = createWorker({ ...{ connection, errors, pollMs: 20 }, jobs: [failing], logger: note });
      const turn = once(events, 'turn');
      await worker.start();
      await turn;
      await worker.stop();
      const job = await connection.collection(jobCollection).findOne({ name: 'failing' });
      await connection.collection(jobCollection).deleteMany({ name: 'failing' });
      const items = [{ id: 'x' }];
      await sweep(ports, { name: 'sweep', list: () => Promise.resolve(items), act: fail });
      await outbox.enqueue(aNotice({ key: what }));
      const mailer = createMailer({
        ...{ queue, errors, logger: note, clock: { now: () => morning }, wallClock: { now: () => morning } },
        ...{ load: fail, render: fail as never, transport: { send: fail, wordsOn: () => '', close: () => undefined } },
      });
      await mailer.deliverDue();
      await connection.collection('outbox').deleteMany({});

      expect(JSON.stringify([app.log, job]), what).to.not.match(mark);
      expect(job?.['failReason'], what).to.match(/^\w+ [0-9a-f]{8}$/);
      const sentences = told().map(({ msg }) => String(msg));
      for (const begin of ['A job failed', 'one record of a sweep failed', 'A mail was not written']) {
        const line = told().find(({ msg }) => String(msg).startsWith(begin));
        expect(line, `${what}: ${begin} in ${sentences.join(', ')}`).to.include({ kind });
      }
    }
  });

  it('is described by the logger itself where somebody forgets to', () => {
    for (const { what, make } of allMarked.filter(({ kind }) => kind.endsWith('Error'))) {
      const lines: string[] = [];
      const logger = createLogger({ level: 'info' }, { write: (line) => void lines.push(line) });
      const error = make();
      logger.error(error);
      logger.error({ error, err: error, deep: [{ error }] }, 'forgotten');
      logger.error(error, 'forgotten');
      logger.error('forgotten %s', error);
      logger.child({ error }).error('forgotten');
      expect(lines).to.have.length(5);
      expect(lines.join(''), what).to.not.match(mark);
      expect(lines[0]).to.include('"kind"');
    }
  });

  it('has one line of a kind while the database is away, however many pages are asked for and jobs tried', async () => {
    const { connection, jobs, errors } = app.service();
    await connection.close();
    app.log.length = 0;
    for (let times = 0; times < 20; times += 1) {
      const { status, text } = await visitor.get('/');
      expect(status).to.equal(503);
      expect(text).to.not.include('Référence');
    }
    for (const { name, error } of await runAllOnce(jobs)) if (error) errors.report(error, 'a job failed', { name });
    await connection.openUri(app.databaseUri());
    const kinds = app.log.map(({ kind, msg }) => String(kind ?? msg));
    expect(kinds).to.deep.equal([...new Set(kinds)]);
    expect(kinds.length).to.be.within(2, 6);
  });
});
