import { expect } from 'chai';
import { answerProposal } from '../../service/usecases/answer-proposal.ts';
import { endDialogue } from '../../service/usecases/end-dialogue.ts';
import { runMatching } from '../../service/usecases/run-matching.ts';
import { settleProposals } from '../../service/usecases/settle-proposals.ts';
import { sweepProposals } from '../../service/usecases/sweep-proposals.ts';
import type { Ports } from '../../service/usecases/ports.ts';
import { dayMs, useProgramme } from '../support/programme.ts';

class Killed extends Error {}

/** The ports of a process that dies at its nth write to the database: that write and all later ones never happen. */
function dyingAt(ports: Ports, write: number): Ports {
  let left = write;
  const reading = /^(find|list|among|has|latest|members|requests|proposals|openDialogues|get)/;
  const mortal = <T extends object>(repository: T): T =>
    new Proxy(repository, {
      get(target, name, receiver) {
        const method: unknown = Reflect.get(target, name, receiver);
        if (typeof method !== 'function' || reading.test(String(name))) return method;
        return (...args: unknown[]): unknown => {
          left -= 1;
          if (left <= 0) return Promise.reject(new Killed());
          return Reflect.apply(method, target, args);
        };
      },
    });
  const rooms = ['members', 'requests', 'proposals', 'dialogues', 'meetings', 'outbox', 'pairMarks', 'runs'] as const;
  return { ...ports, ...Object.fromEntries(rooms.map((room) => [room, mortal(ports[room])])) };
}

describe('After a crash at any write', () => {
  const programme = useProgramme();

  /** Kills the deed at its first, second, third... write until it survives, each time in a programme of its own. */
  async function atEveryWrite(deed: (ports: Ports) => Promise<unknown>): Promise<number> {
    for (let write = 1; ; write += 1) {
      const died = await deed(dyingAt(programme.ports(), write)).then(
        () => false,
        (error: unknown) => error instanceof Killed,
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

  it('a matching run leaves no place held by nothing and nobody without a proposal', async () => {
    const pairs = Array.from({ length: 3 }, () => programme.joinPair({ offer: { capacity: 1 } }));
    const joined = await Promise.all(pairs);
    const writes = await atEveryWrite((ports) => runMatching(ports));
    expect(writes).to.be.at.least(5);
    await repair();
    const requests = await Promise.all(joined.map(({ request }) => programme.ports().requests.find(request.id)));
    expect(requests.map((request) => request?.status)).to.deep.equal(Array(3).fill('proposed'));
    const held = await programme.ports().members.listHeld(new Date(programme.now().getTime() + 1));
    expect(held.map(({ holderId }) => holderId).sort()).to.deep.equal(requests.map((one) => one?.proposalId).sort());
    const told = await programme.notices('proposal_sent');
    expect(told).to.have.length(6);
  });

  it('a second yes still becomes exactly one dialogue, with both told', async () => {
    const { mentor, mentee, request, proposalId } = await programme.propose();
    await answerProposal(programme.ports(), { memberId: mentor.id, proposalId, answer: 'yes' });
    for (let write = 1; write < 9; write += 1) {
      const answer = { memberId: mentee.id, proposalId, answer: 'yes' } as const;
      await answerProposal(dyingAt(programme.ports(), write), answer).catch(() => undefined);
    }
    await repair();
    expect((await programme.ports().dialogues.find(proposalId))?.status).to.equal('introduced');
    expect((await programme.ports().requests.find(request.id))?.status).to.equal('matched');
    expect(await programme.notices('dialogue_introduced')).to.have.length(2);
  });

  it('a lapse still frees the place, reopens the request once and tells both once', async () => {
    const { mentor, request } = await programme.propose();
    programme.moveBy(9 * dayMs);
    for (let write = 1; write < 9; write += 1) await sweepProposals(dyingAt(programme.ports(), write));
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
    await endDialogue(dyingAt(programme.ports(), 2), { memberId: mentee.id, dialogueId }).catch(() => undefined);
    programme.moveBy(11 * 60_000);
    await settleProposals(programme.ports());
    expect((await programme.ports().members.find(mentor.id))?.held).to.deep.equal([]);
    expect(await programme.ports().requests.findLive(mentee.id)).to.equal(undefined);
  });
});
