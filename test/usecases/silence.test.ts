import { expect } from 'chai';
import { inventedNow, proposalOf, requestOf } from '../../service/demo/factories.ts';
import { untilResumed } from '../../service/domain/mentor-offer.ts';
import { answerProposal } from '../../service/usecases/answer-proposal.ts';
import { lapseProposal } from '../../service/usecases/end-proposal.ts';
import type { Ports } from '../../service/usecases/ports.ts';
import { settleProposals } from '../../service/usecases/settle-proposals.ts';
import { sweepProposals } from '../../service/usecases/sweep-proposals.ts';
import { dyingAt } from '../support/dying.ts';
import { dayMs, useProgramme } from '../support/programme.ts';

describe('A proposal that nobody took up', () => {
  const programme = useProgramme();
  const follow = async (days: number): Promise<void> => {
    for (let day = 0; day < days; day += 1) {
      programme.moveBy(dayMs);
      await sweepProposals(programme.ports());
    }
  };
  const mentorOf = async (id: string) => (await programme.ports().members.find(id))!;

  afterEach('no record failed', () => {
    expect(programme.failures()).to.deep.equal([]);
  });

  const stories: Record<string, readonly ('mentee' | 'mentor')[]> = {
    'nobody answered': [],
    'only the mentee answered': ['mentee'],
    'only the mentor answered': ['mentor'],
  };
  for (const [story, answering] of Object.entries(stories)) {
    it(`leaves nothing in the database that tells the two sides apart when ${story}`, async () => {
      const pair = await programme.propose();
      const { proposalId } = pair;
      for (const side of answering) {
        await answerProposal(programme.ports(), { memberId: pair[side].id, proposalId, answer: 'yes' });
      }
      await follow(7);
      expect(await programme.notices('proposal_reminder')).to.have.length((2 - answering.length) * 2);
      await follow(1);
      const notices = await programme.connection().collection('outbox').find({ subjectId: proposalId }).toArray();
      const told = [pair.mentee, pair.mentor].map(({ id }) =>
        notices
          .filter(({ memberId }) => memberId === id)
          .map(({ kind }) => String(kind))
          .sort(),
      );
      expect(told).to.deep.equal(Array(2).fill(['proposal_lapsed', 'proposal_sent']));
      const kept = await programme.connection().collection('proposals').findOne({});
      expect(kept)
        .to.deep.include({ status: 'lapsed', answers: {} })
        .and.not.have.any.keys('mentorSilent', 'lapseAt', 'due');
      expect(JSON.stringify(await programme.connection().collection('members').find({}).toArray())).not.to.include(
        proposalId,
      );
    });
  }

  it('leaves no reminder behind either that another copy was writing when it ended', async () => {
    const { mentor, mentee, proposalId } = await programme.propose();
    programme.moveBy(3 * dayMs);
    const { outbox } = programme.ports();
    const slow: Ports = {
      ...programme.ports(),
      outbox: {
        ...outbox,
        enqueue: async (...notices) => {
          await lapseProposal(programme.ports(), (await programme.ports().proposals.find(proposalId))!);
          await outbox.enqueue(...notices);
        },
      },
    };
    await sweepProposals(slow);
    expect((await programme.ports().proposals.find(proposalId))?.status).to.equal('lapsed');
    expect(await programme.notices('proposal_reminder')).to.deep.equal([]);
    expect((await programme.notices('proposal_lapsed')).map(([, to]) => to)).to.have.members([mentor.id, mentee.id]);
  });

  it('leaves no reminder behind when it became a dialogue', async () => {
    const { mentor, mentee, proposalId } = await programme.propose();
    await follow(3);
    for (const { id: memberId } of [mentor, mentee]) {
      await answerProposal(programme.ports(), { memberId, proposalId, answer: 'yes' });
    }
    expect(await programme.notices('proposal_reminder')).to.deep.equal([]);
  });

  it('counts as one silence of its mentor, at whatever write a copy dies and however many settle it', async () => {
    for (let write = 1; write < 12; write += 1) {
      for (const name of ['members', 'requests', 'proposals', 'outbox', 'pair_marks']) {
        await programme.connection().collection(name).deleteMany({});
      }
      programme.moveTo(inventedNow);
      const { mentor } = await programme.propose();
      programme.moveBy(9 * dayMs);
      await sweepProposals({ ...dyingAt(programme.ports(), { write }), noteFailure: () => undefined });
      programme.moveBy(11 * 60_000);
      await Promise.all([1, 2, 3].map(() => settleProposals(programme.ports())));
      await sweepProposals(programme.ports());
      const { silent, held, offer } = await mentorOf(mentor.id);
      expect([silent?.count, held, offer?.pausedUntil], `killed at ${String(write)}`).to.deep.equal([1, [], undefined]);
    }
  });

  it('is not a silence of a mentor who answered, or who had not all the days to do so', async () => {
    const { mentor, mentee, proposalId } = await programme.propose();
    await answerProposal(programme.ports(), { memberId: mentee.id, proposalId, answer: 'no' });
    await follow(9);
    expect((await mentorOf(mentor.id)).silent).to.equal(undefined);
  });

  it('pauses a mentor who lets two of one run lapse, in two copies at once, and writes one letter', async () => {
    const mentor = await programme.join({ labId: 'lix', offer: { capacity: 5 }, held: ['one', 'two', 'three'] });
    for (const id of ['one', 'two', 'three']) {
      const mentee = await programme.join();
      const request = requestOf({ memberId: mentee.id, status: 'proposed', proposalId: id });
      await programme.ports().requests.insert(request);
      const due = { step: 'reminder_1', at: programme.now() };
      const pair = { id, requestId: request.id, menteeId: mentee.id, mentorId: mentor.id };
      await programme.ports().proposals.insert(proposalOf({ ...pair, sentAt: programme.now(), due }));
      await programme.ports().proposals.settle(id, 'sent');
    }
    programme.moveBy(9 * dayMs);
    await Promise.all([1, 2].map(() => sweepProposals(programme.ports())));
    await settleProposals(programme.ports());
    expect((await mentorOf(mentor.id)).offer?.pausedUntil).to.equal(untilResumed);
    expect(await programme.notices('mentor_auto_paused')).to.deep.equal([['mentor_auto_paused', mentor.id]]);
    const keys = (await programme.connection().collection('outbox').find({ kind: 'mentor_auto_paused' }).toArray()).map(
      ({ _id }) => String(_id),
    );
    expect(keys).to.deep.equal([`mentor_auto_paused:${mentor.id}:${mentor.id}:2026-11-25`]);
  });
});
