import { expect } from 'chai';
import { dueAfter, firstDue, stepToDo, usualSteps, type Timer } from '../../service/domain/follow-up.ts';
import { leaveAt } from '../../service/domain/notice.ts';

const day = (n: number): Date => new Date(Date.UTC(2026, 10, n, 9));
const calendar = { zone: 'Europe/Paris', closures: [] };
const timer: Timer = { steps: usualSteps.proposal, since: day(1), calendar };

describe('The steps of what waits', () => {
  it('begin with the first one', () => {
    expect(firstDue(timer)).to.deep.equal({ step: 'reminder_1', at: day(4) });
  });

  it('wait for their day', () => {
    expect(stepToDo(timer, day(3))).to.equal(undefined);
  });

  it('come one after the other', () => {
    expect(dueAfter(timer, 'reminder_1')).to.deep.equal({ step: 'reminder_2', at: day(7) });
    expect(dueAfter(timer, 'lapse')).to.equal(undefined);
  });

  it('come down to the last one when a service wakes up after a month', () => {
    expect(stepToDo(timer, day(30))?.step).to.equal('lapse');
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
