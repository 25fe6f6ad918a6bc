import { expect } from 'chai';
import { daysAgo, inventedNow as now } from '../../service/demo/factories.ts';
import { caseTimers, closingOf, mayAskToWiden, turnOf, type CaseMessage } from '../../service/domain/case.ts';
import { nextDue } from '../../service/domain/follow-up.ts';
import { usualSteps } from '../../service/domain/usual-steps.ts';

const calendar = { zone: 'Europe/Paris', closures: [{ from: '12-22', to: '01-03' }] };
const dueOf = (facts: Parameters<typeof caseTimers>[0], at = now) =>
  nextDue(caseTimers(facts, { steps: usualSteps, calendar }), at);
const message = (from: CaseMessage['from'], at = now): CaseMessage => ({ id: 'm', from, text: 'Bonjour', at });

describe('a case', () => {
  it('waits for a reminder after seven open days, then every fourteen, whatever its age', () => {
    expect(dueOf({ quietSince: now })).to.deep.equal({ step: 'case_reminder_1', at: daysAgo(-7) });
    expect(dueOf({ quietSince: now }, daysAgo(-7))).to.deep.equal({ step: 'case_reminder_2', at: daysAgo(-21) });
    expect(dueOf({ quietSince: daysAgo(700) })?.step).to.match(/^case_reminder_\d+$/u);
  });

  it('looks every day at the request that it is about', () => {
    expect(dueOf({ quietSince: now, requestId: 'r' })).to.deep.equal({ step: 'case_look_1', at: daysAgo(-1) });
    expect(dueOf({ quietSince: daysAgo(30), requestId: 'r' })).to.deep.equal({ step: 'case_look_31', at: daysAgo(-1) });
  });

  it('looks at its request before it reminds anybody, when both have come', () => {
    const [first] = caseTimers({ quietSince: now, requestId: 'r' }, { steps: usualSteps, calendar });
    expect(first?.steps).to.equal(usualSteps.caseLook);
  });

  it('waits ninety days of any kind from its closing on, and hides whose it is', () => {
    const closing = closingOf(now, usualSteps);
    expect(closing).to.deep.equal({
      status: 'closed',
      closedAt: now,
      identityOpenedAt: null,
      due: { step: 'case_purge', at: daysAgo(-90) },
    });
    expect(dueOf({ quietSince: daysAgo(3), requestId: 'r', closedAt: now })).to.deep.equal(closing.due);
    // Late by a month, it is still to be deleted.
    expect(dueOf({ quietSince: daysAgo(3), closedAt: now }, daysAgo(-120))).to.deep.equal(closing.due);
  });

  it('is the coordinators’ turn until they write or suggest, and again when the person answers', () => {
    expect(turnOf({ messages: [] })).to.equal('coordinator');
    expect(turnOf({ messages: [message('member')] })).to.equal('coordinator');
    expect(turnOf({ messages: [message('member'), message('coordinator')] })).to.equal('member');
    expect(turnOf({ messages: [], widenAskedAt: now })).to.equal('member');
    expect(turnOf({ messages: [message('member', daysAgo(-1))], widenAskedAt: now })).to.equal('coordinator');
  });

  it('takes a suggestion to widen every five days', () => {
    expect(mayAskToWiden({}, now)).to.equal(true);
    expect(mayAskToWiden({ widenAskedAt: daysAgo(4.99) }, now)).to.equal(false);
    expect(mayAskToWiden({ widenAskedAt: daysAgo(5) }, now)).to.equal(true);
  });
});
