import { expect } from 'chai';
import { sideOf, viewOf, type Proposal } from '../../service/domain/proposal.ts';
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
