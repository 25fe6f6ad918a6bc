import { expect } from 'chai';
import { answerProposal } from '../../service/usecases/answer-proposal.ts';
import { endDialogue } from '../../service/usecases/end-dialogue.ts';
import { runMatching } from '../../service/usecases/run-matching.ts';
import { settleProposals } from '../../service/usecases/settle-proposals.ts';
import { sweepProposals } from '../../service/usecases/sweep-proposals.ts';
import type { Ports } from '../../service/usecases/ports.ts';
import { dyingAt, Killed } from '../support/dying.ts';
import { dayMs, useProgramme } from '../support/programme.ts';

describe('After a crash at any write', () => {
  const programme = useProgramme();

  /** Kills the deed at its first, second, third... write until it survives; each begins with what `prepare` adds. */
  async function atEveryWrite(
    prepare: () => Promise<unknown>,
    deed: (ports: Ports) => Promise<unknown>,
    halfWay: boolean,
  ): Promise<number> {
    for (let write = 1; ; write += 1) {
      await prepare();
      const died = await deed(dyingAt(programme.ports(), { write, halfWay })).then(
        () => false,
        (error: unknown) => {
          if (error instanceof Killed) return true;
          throw error;
        },
      );
      if (!died) return write - 1;
    }
  }

  const repair = async (): Promise<void> => {
    programme.moveBy(11 * 60_000);
    await settleProposals(programme.ports());
    await runMatching(programme.ports());
    expect(programme.failures()).to.deep.equal([]);
  };

  for (const halfWay of [false, true]) {
    const where = halfWay ? 'half way through any of its batches' : 'at any of its batches';
    it(`a matching run that dies ${where} leaves no place held by nothing and nobody without a proposal`, async () => {
      const joined: string[] = [];
      const joinThree = async (): Promise<void> => {
        for (let pair = 0; pair < 3; pair += 1) {
          joined.push((await programme.joinPair({ offer: { capacity: 1 } })).request.id);
        }
      };
      const writes = await atEveryWrite(joinThree, (ports) => runMatching(ports), halfWay);
      expect(writes).to.be.at.least(10);
      await repair();
      const requests = await Promise.all(joined.map((id) => programme.ports().requests.find(id)));
      expect(new Set(requests.map((request) => request?.status))).to.deep.equal(new Set(['proposed']));
      const held = await programme.ports().members.listHeld(new Date(programme.now().getTime() + 1));
      const holders = held.map(({ holderId }) => holderId).sort();
      expect(holders).to.deep.equal(requests.map((one) => one?.proposalId).sort());
      const told = await programme.notices('proposal_sent');
      expect(told).to.have.length(joined.length * 2);
      const marks = await programme.connection().collection('pair_marks').countDocuments();
      expect(marks).to.equal(joined.length);
    });
  }

  for (const yeses of [0, 2]) {
    it(`a place held for a proposal that went to another mentor is free again, after ${yeses} yeses`, async () => {
      const { mentor, mentee, proposalId } = await programme.propose();
      const other = await programme.join({ labId: 'isir', offer: {} });
      const ports = programme.ports();
      // Two copies of one run that begin apart may choose two mentors; one of them dies before it gives its place back.
      const when = { now: programme.now(), today: programme.now().toISOString().slice(0, 10) };
      await ports.members.holdPlaces([{ mentorId: other.id, holderId: proposalId }], when);
      for (const { id: memberId } of [mentee, mentor].slice(0, yeses)) {
        await answerProposal(ports, { memberId, proposalId, answer: 'yes' });
      }
      programme.moveBy(11 * 60_000);
      await settleProposals(ports);
      const held = await ports.members.listHeld(new Date(programme.now().getTime() + 1));
      expect(held).to.deep.equal([{ mentorId: mentor.id, holderId: proposalId }]);
    });
  }

  it('a second yes still becomes exactly one dialogue, with both told', async () => {
    const { mentor, mentee, request, proposalId } = await programme.propose();
    await answerProposal(programme.ports(), { memberId: mentor.id, proposalId, answer: 'yes' });
    for (let write = 1; write < 9; write += 1) {
      const answer = { memberId: mentee.id, proposalId, answer: 'yes' } as const;
      await answerProposal(dyingAt(programme.ports(), { write }), answer).catch(() => undefined);
    }
    await repair();
    expect((await programme.ports().dialogues.find(proposalId))?.status).to.equal('introduced');
    expect((await programme.ports().requests.find(request.id))?.status).to.equal('matched');
    expect(await programme.notices('dialogue_introduced')).to.have.length(2);
  });

  it('a lapse still frees the place, reopens the request once and tells both once', async () => {
    const { mentor, request } = await programme.propose();
    programme.moveBy(9 * dayMs);
    for (let write = 1; write < 9; write += 1) await sweepProposals(dyingAt(programme.ports(), { write }));
    programme.moveBy(11 * 60_000);
    await settleProposals(programme.ports());
    expect((await programme.ports().members.find(mentor.id))?.held).to.deep.equal([]);
    expect(await programme.ports().requests.find(request.id)).to.include({ status: 'open', lapses: 1 });
    expect(await programme.notices('proposal_lapsed')).to.have.length(2);
  });

  it('an ended dialogue still frees the place and the request', async () => {
    const { mentor, mentee, proposalId: dialogueId } = await programme.propose();
    for (const memberId of [mentor.id, mentee.id]) {
      await answerProposal(programme.ports(), { memberId, proposalId: dialogueId, answer: 'yes' });
    }
    await endDialogue(dyingAt(programme.ports(), { write: 2 }), { memberId: mentee.id, dialogueId }).catch(
      () => undefined,
    );
    programme.moveBy(11 * 60_000);
    await settleProposals(programme.ports());
    expect((await programme.ports().members.find(mentor.id))?.held).to.deep.equal([]);
    expect(await programme.ports().requests.findLive(mentee.id)).to.equal(undefined);
  });
});
