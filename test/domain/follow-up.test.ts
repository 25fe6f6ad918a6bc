import { expect } from 'chai';
import fc from 'fast-check';
import { nextDue, openDaysTimer, plainTimer, stepsToDo, type Step } from '../../service/domain/follow-up.ts';
import { leaveAt } from '../../service/domain/notice.ts';
import { usualSteps } from '../../service/domain/usual-steps.ts';

const day = (n: number): Date => new Date(Date.UTC(2026, 10, n, 9));
const calendar = { zone: 'Europe/Paris', closures: [] };
const open = (steps: readonly Step[]) => openDaysTimer(steps, day(1), calendar);
const waiting = [open(usualSteps.waiting), open(usualSteps.escalation), open(usualSteps.expiry)];
const names = (dues: readonly { step: string }[]): string[] => dues.map(({ step }) => step);

describe('What a record waits for', () => {
  it('is the first step of all its timers', () => {
    expect(nextDue(waiting, day(1))).to.deep.equal({ step: 'news_1', at: day(8) });
  });

  it('comes one after the other, a repeated step turn by turn', () => {
    const seen: string[] = [];
    for (let now = day(1); ;) {
      const due = nextDue(waiting, now);
      if (!due) break;
      seen.push(`${due.step} ${String((due.at.getTime() - day(1).getTime()) / 86_400_000)}`);
      if (due.step === 'expire') break;
      now = due.at;
    }
    expect(seen).to.deep.equal([
      ...['news_1 7', 'news_2 21', 'news_3 35', 'news_4 49', 'news_5 63', 'expiry_notice 76', 'news_6 77', 'expire 90'],
    ]);
  });

  it('is the step that ends its state even when its day has passed', () => {
    expect(nextDue(waiting, day(200))?.step).to.equal('expire');
  });

  it('is nothing after the last letter of timers that end nothing', () => {
    expect(nextDue([open(usualSteps.fit)], day(10))).to.equal(undefined);
  });
});

describe('What there is to do', () => {
  const due = { step: 'news_1', at: day(8) };

  it('is nothing before its day', () => {
    expect(stepsToDo(waiting, due, day(7))).to.deep.equal([]);
  });

  it('is the step whose day has come', () => {
    expect(names(stepsToDo(waiting, due, day(8)))).to.deep.equal(['news_1']);
  });

  it('is one step of each timer when several have come', () => {
    expect(names(stepsToDo(waiting, { step: 'news_2', at: day(22) }, day(22)))).to.deep.equal(['news_2', 'escalate']);
  });

  it('is the last letter only when a service wakes up after a month, but the act all the same', () => {
    expect(names(stepsToDo(waiting, due, day(40)))).to.deep.equal(['news_3', 'escalate']);
  });

  it('is the end alone when that has come', () => {
    expect(names(stepsToDo(waiting, due, day(120)))).to.deep.equal(['expire']);
  });

  it('never is a letter that was sent before', () => {
    expect(names(stepsToDo(waiting, { step: 'news_3', at: day(36) }, day(36)))).to.deep.equal(['news_3']);
  });

  it('never forgets the end when a closure is taken back after its day was written down', () => {
    const late = { step: 'expire', at: day(150) };
    expect(names(stepsToDo(waiting, late, day(100)))).to.deep.equal(['expire']);
  });

  it('waits when a closure was added after its day was written down', () => {
    const closed = { zone: 'Europe/Paris', closures: [{ from: '11-02', to: '11-20' }] };
    const timers = [openDaysTimer(usualSteps.waiting, day(1), closed)];
    expect(stepsToDo(timers, due, day(8))).to.deep.equal([]);
    expect(nextDue(timers, day(8))).to.deep.equal({ step: 'news_1', at: day(27) });
  });

  it('counts every day of a promise, closed or not', () => {
    expect(nextDue([plainTimer(usualSteps.inactive, day(1))], day(1))?.at).to.deep.equal(
      new Date(day(1).getTime() + 335 * 86_400_000),
    );
  });

  it('does every letter once and the end always, however the sweeps fall', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 60 }), (gaps) => {
        const done: string[] = [];
        let now = day(1);
        let waits = nextDue(waiting, now);
        for (const gap of [...gaps, 200]) {
          now = new Date(now.getTime() + gap * 86_400_000);
          if (!waits || waits.at > now) continue;
          const steps = names(stepsToDo(waiting, waits, now));
          done.push(...steps);
          if (steps.includes('expire')) break;
          waits = nextDue(waiting, now);
        }
        expect(new Set(done).size).to.equal(done.length);
        expect(done.at(-1)).to.equal('expire');
        let passed = 0;
        const daysOfSweeps = gaps.map((gap) => (passed += gap));
        expect(done.includes('escalate')).to.equal(daysOfSweeps.some((days) => days >= 21 && days < 90));
      }),
    );
  });
});

describe('A notice', () => {
  const sunday = day(1);
  it('waits for the sending hours when its hour could tell something', () => {
    expect(leaveAt('proposal_lapsed', calendar, { now: sunday })).to.deep.equal(new Date('2026-11-03T07:30:00Z'));
  });

  it('leaves at once when it follows from an act of somebody', () => {
    expect(leaveAt('dialogue_introduced', calendar, { now: sunday })).to.deep.equal(sunday);
  });

  it('leaves a moment after the act when it is written down before it', () => {
    expect(leaveAt('meeting_agreed', calendar, { now: sunday })).to.deep.equal(new Date(sunday.getTime() + 30_000));
  });

  it('leaves at once when the person would have to act before the sending hours', () => {
    expect(leaveAt('proposal_reminder', calendar, { now: sunday, actBy: day(2) })).to.deep.equal(sunday);
  });
});
