import { expect } from 'chai';
import { daysAgo, inventedNow as now, proposalOf } from '../../service/demo/factories.ts';
import type { Answer, Proposal, ProposalStatus } from '../../service/domain/proposal.ts';
import { useStore } from '../support/store.ts';

describe('store: proposals', () => {
  const { store } = useStore();
  const keep = async (proposal: Proposal): Promise<Proposal> => {
    expect(await store().proposals.insert(proposal)).to.equal(true);
    return proposal;
  };
  const unsettled = async (): Promise<string[]> =>
    (await store().proposals.listUnsettled(daysAgo(-1), 1000)).map(({ id }) => id);

  it('gives back a proposal exactly as the domain made it, empty answers included', async () => {
    const proposal = await keep(proposalOf());
    expect(await store().proposals.find(proposal.id)).to.deep.equal(proposal);
  });

  it('keeps one live proposal of a request for which 30 are made at once', async () => {
    const requestId = 'wanted by many';
    const kept = await Promise.all(
      Array.from({ length: 30 }, () => store().proposals.insert(proposalOf({ requestId }))),
    );
    expect(kept.filter(Boolean)).to.have.length(1);
  });

  it('makes another proposal for a request once the first lapsed', async () => {
    const first = await keep(proposalOf());
    const second = proposalOf({ requestId: first.requestId });
    expect(await store().proposals.insert(second)).to.equal(false);
    await store().proposals.change(first.id, ['sent'], { status: 'lapsed', answers: {}, due: null });
    expect(await store().proposals.insert(second)).to.equal(true);
  });

  it('does not make a proposal twice', async () => {
    const proposal = await keep(proposalOf());
    expect(await store().proposals.insert({ ...proposal, requestId: 'another' })).to.equal(false);
  });

  it('lists the live proposals of a person on either side', async () => {
    const memberId = 'both sides';
    const [asMentee, asMentor] = [
      proposalOf({ menteeId: memberId, sentAt: daysAgo(1) }),
      proposalOf({ mentorId: memberId }),
    ];
    for (const proposal of [asMentor, asMentee, proposalOf({ mentorId: memberId, status: 'lapsed' })])
      await keep(proposal);
    expect(await store().proposals.listLiveOf(memberId)).to.deep.equal([asMentee, asMentor]);
  });

  describe('answers', () => {
    type Said = readonly [side: 'mentee' | 'mentor', answer: Answer];
    const stories: readonly { said: readonly Said[]; status: ProposalStatus }[] = [
      { said: [['mentee', 'yes']], status: 'half_accepted' },
      { said: [['mentor', 'yes']], status: 'half_accepted' },
      { said: [['mentee', 'no']], status: 'sent' },
      {
        said: [
          ['mentee', 'yes'],
          ['mentor', 'yes'],
        ],
        status: 'confirmed',
      },
      {
        said: [
          ['mentor', 'no'],
          ['mentee', 'yes'],
        ],
        status: 'half_accepted',
      },
      {
        said: [
          ['mentor', 'yes'],
          ['mentor', 'no'],
        ],
        status: 'sent',
      },
      {
        said: [
          ['mentor', 'yes'],
          ['mentor', 'no'],
          ['mentee', 'yes'],
        ],
        status: 'half_accepted',
      },
    ];
    for (const { said, status } of stories) {
      it(`is ${status} after ${said.map((one) => one.join(' ')).join(', ')}`, async () => {
        const proposal = await keep(proposalOf());
        let answered: Proposal | undefined;
        for (const [side, answer] of said) answered = await store().proposals.answer(proposal.id, side, answer);
        expect(answered).to.deep.equal({ ...proposal, status, answers: Object.fromEntries(said) });
        expect(await store().proposals.find(proposal.id)).to.deep.equal(answered);
      });
    }

    it('is confirmed once when both say yes 20 times at the same moment, in 25 rounds', async () => {
      for (let round = 0; round < 25; round += 1) {
        const { id } = await keep(proposalOf());
        const sides = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? 'mentee' : 'mentor'));
        const answered = await Promise.all(sides.map((side) => store().proposals.answer(id, side, 'yes')));
        expect(answered.filter((one) => one?.status === 'confirmed')).to.have.length(1);
        expect(answered.filter((one) => one?.status === 'half_accepted')).to.have.length(1);
      }
    });

    it('takes no second yes of a side, and no yes after its no', async () => {
      const { id } = await keep(proposalOf());
      await store().proposals.answer(id, 'mentee', 'yes');
      expect(await store().proposals.answer(id, 'mentee', 'yes')).to.equal(undefined);
      await store().proposals.answer(id, 'mentee', 'no');
      expect(await store().proposals.answer(id, 'mentee', 'no')).to.equal(undefined);
      expect(await store().proposals.answer(id, 'mentee', 'yes')).to.equal(undefined);
    });

    for (const status of ['confirmed', 'lapsed', 'superseded'] as const) {
      it(`takes no answer on a proposal that is ${status}`, async () => {
        const proposal = await keep(proposalOf({ status }));
        expect(await store().proposals.answer(proposal.id, 'mentor', 'yes')).to.equal(undefined);
        expect(await store().proposals.answer(proposal.id, 'mentor', 'no')).to.equal(undefined);
        expect(await store().proposals.find(proposal.id)).to.deep.equal(proposal);
      });
    }

    it('forgets every answer when the proposal ends', async () => {
      const { id } = await keep(proposalOf());
      await store().proposals.answer(id, 'mentee', 'no');
      const lapsed = await store().proposals.change(id, ['sent', 'half_accepted'], {
        status: 'lapsed',
        answers: {},
        due: null,
      });
      expect(lapsed?.answers).to.deep.equal({});
      expect(lapsed).to.not.have.any.keys('due');
      expect(await store().proposals.find(id)).to.deep.equal(lapsed);
    });

    it('either is confirmed or lapses when the last yes and the lapse come at the same moment', async () => {
      for (let round = 0; round < 25; round += 1) {
        const { id } = await keep(proposalOf({ status: 'half_accepted', answers: { mentee: 'yes' } }));
        const [answered, lapsed] = await Promise.all([
          store().proposals.answer(id, 'mentor', 'yes'),
          store().proposals.change(id, ['sent', 'half_accepted'], { status: 'lapsed', answers: {} }),
        ]);
        expect([answered?.status, lapsed?.status].filter(Boolean)).to.have.length(1);
      }
    });
  });

  describe('what waits', () => {
    it('lists the live proposals whose step is due, oldest first and no more than asked for', async () => {
      const due = (days: number, facts: Partial<Proposal> = {}): Proposal =>
        proposalOf({ due: { step: 'lapse', at: daysAgo(days) }, ...facts });
      const [second, first, third, over] = [due(201), due(202), due(200), due(203, { status: 'lapsed' })];
      const later = proposalOf({ due: { step: 'lapse', at: new Date(now.getTime() + 1) } });
      for (const proposal of [second, first, third, over, later]) await keep(proposal);
      expect(await store().proposals.listDue(now, 2)).to.deep.equal([first, second]);
      const ids = (await store().proposals.listDue(now, 1000)).map(({ id }) => id);
      expect(ids).to.include(third.id).and.not.include.members([over.id]);
      expect(ids).to.not.include(later.id);
    });

    it('lets one of 20 copies of the service move a step on', async () => {
      const proposal = await keep(proposalOf());
      const next = { step: 'reminder_2', at: daysAgo(-6) };
      const moved = await Promise.all(
        Array.from({ length: 20 }, () => store().proposals.advance(proposal.id, proposal.due!, next)),
      );
      expect(moved.filter(Boolean)).to.have.length(1);
      expect((await store().proposals.find(proposal.id))?.due).to.deep.equal(next);
    });

    it('keeps the instant at which it is to lapse, the earliest of all, whoever moves a step on meanwhile', async () => {
      const reminder = { step: 'reminder_1', at: daysAgo(1) };
      const inDays = (days: number): Date => daysAgo(-days);
      for (let round = 0; round < 25; round += 1) {
        const { id } = await keep(proposalOf({ due: reminder }));
        await Promise.all([
          store().proposals.lapseBy(id, inDays(3)),
          store().proposals.advance(id, reminder, { step: 'reminder_2', at: inDays(4) }),
          store().proposals.lapseBy(id, inDays(2)),
        ]);
        const { due, lapseAt } = (await store().proposals.find(id))!;
        expect([due, lapseAt]).to.deep.equal([{ step: 'lapse', at: inDays(2) }, inDays(2)]);
      }
    });

    it('still has what comes before it is to lapse', async () => {
      const { id, due } = await keep(proposalOf({ due: { step: 'reminder_1', at: daysAgo(-1) } }));
      expect(await store().proposals.lapseBy(id, daysAgo(-3))).to.deep.include({ due, lapseAt: daysAgo(-3) });
      const next = { step: 'reminder_2', at: daysAgo(-2) };
      await store().proposals.advance(id, due!, next);
      expect((await store().proposals.find(id))?.due).to.deep.equal(next);
    });

    it('is not brought forward any more when it is over', async () => {
      const over = await keep(proposalOf({ status: 'confirmed' }));
      expect(await store().proposals.lapseBy(over.id, now)).to.equal(undefined);
      expect(await store().proposals.find(over.id)).to.deep.equal(over);
    });

    it('waits for nothing any more after the last step', async () => {
      const proposal = await keep(proposalOf());
      expect(await store().proposals.advance(proposal.id, proposal.due!, undefined)).to.equal(true);
      expect(await store().proposals.find(proposal.id)).to.not.have.any.keys('due');
    });
  });

  describe('what a crash left half done', () => {
    it('is unsettled when made, and no more once its consequences are there', async () => {
      const { id } = await keep(proposalOf());
      expect(await unsettled()).to.include(id);
      await store().proposals.settle(id, 'sent');
      expect(await unsettled()).to.not.include(id);
    });

    it('is unsettled again when confirmed, though not when half accepted', async () => {
      const { id } = await keep(proposalOf());
      await store().proposals.settle(id, 'sent');
      await store().proposals.answer(id, 'mentee', 'yes');
      expect(await unsettled()).to.not.include(id);
      await store().proposals.answer(id, 'mentor', 'yes');
      expect(await unsettled()).to.include(id);
    });

    it('stays unsettled when what was settled is an earlier status', async () => {
      const { id } = await keep(proposalOf());
      await store().proposals.change(id, ['sent'], { status: 'lapsed', answers: {} });
      await store().proposals.settle(id, 'sent');
      expect(await unsettled()).to.include(id);
      await store().proposals.settle(id, 'lapsed');
      expect(await unsettled()).to.not.include(id);
    });

    it('lists what was sent before an instant only, oldest first', async () => {
      const [second, first] = [
        await keep(proposalOf({ sentAt: daysAgo(300) })),
        await keep(proposalOf({ sentAt: daysAgo(301) })),
      ];
      const listed = await store().proposals.listUnsettled(daysAgo(299), 10);
      expect(listed).to.deep.equal([first, second]);
    });
  });
});
