import { expect } from 'chai';
import { answerableUntil, sideOf, viewOf, type Proposal } from '../../service/domain/proposal.ts';
import { usualSteps } from '../../service/domain/usual-steps.ts';
import { MentoringError } from '../../service/domain/errors.ts';

const proposal = (facts: Partial<Proposal>) =>
  ({ menteeId: 'mentee', mentorId: 'mentor', status: 'sent', answers: {}, ...facts }) as Proposal;

describe('What one side sees of a proposal', () => {
  it('is the same whether the other side said yes, said no or nothing', () => {
    const others: Partial<Proposal>[] = [
      {},
      { status: 'half_accepted', answers: { mentor: 'yes' } },
      { answers: { mentor: 'no' } },
    ];
    expect(others.map((facts) => viewOf(proposal(facts), 'mentee'))).to.deep.equal(Array(3).fill('waiting_for_you'));
  });

  it('is that it is over, whatever ended it', () => {
    const ended = (['lapsed', 'superseded', 'confirmed'] as const).map((status) =>
      viewOf(proposal({ status }), 'mentor'),
    );
    expect(ended).to.deep.equal(['over', 'over', 'over']);
  });

  it('is nothing at all for anybody else', () => {
    expect(() => sideOf(proposal({}), 'stranger')).to.throw(MentoringError, 'not_found');
  });
});

const calendar = { zone: 'Europe/Paris', closures: [] };
const sentAt = new Date('2026-11-16T08:00:00Z');

describe('The last day to answer a proposal', () => {
  it('is that of the step that ends it, in whatever order an operator lists the steps', () => {
    const orders = [usualSteps.proposal, usualSteps.proposal.toReversed()];
    const days = orders.map((steps) =>
      answerableUntil({ sentAt }, { steps: { ...usualSteps, proposal: steps }, calendar }),
    );
    expect(days).to.deep.equal(Array(2).fill(new Date('2026-11-23T08:00:00Z')));
  });
});
