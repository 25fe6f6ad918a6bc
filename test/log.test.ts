// The log as an operator has it, when errors that carry a person's name are thrown in every part of the service.
import { expect } from 'chai';
import { useApp } from './support/app.ts';
import { allMarked, mark } from './support/marked-errors.ts';
import { participant } from './support/people.ts';

type Line = Record<string, unknown>;

describe('the log, when an error with a person’s name in it is thrown', () => {
  const app = useApp();
  const restores: (() => void)[] = [];
  /** Lets a method of a part of the service throw, until the test is over. */
  const fault = (part: object, method: string, make: () => unknown): void => {
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
  const open: Record<(typeof errorPlaces)[number], (make: () => unknown) => Promise<{ status: number; text: string }>> =
    {
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
        fault(app.service().ports.members, 'findByFeed', make);
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
});
