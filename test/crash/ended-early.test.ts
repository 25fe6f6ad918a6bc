import { expect } from 'chai';
import { answerProposal } from '../../service/usecases/answer-proposal.ts';
import { endDialogue } from '../../service/usecases/end-dialogue.ts';
import { leaveProgramme } from '../../service/usecases/leave-programme.ts';
import type { Ports } from '../../service/usecases/ports.ts';
import { settleProposals } from '../../service/usecases/settle-proposals.ts';
import { dyingAt } from '../support/dying.ts';
import { useProgramme } from '../support/programme.ts';
import { capacity, consistent, letters, onlyOne } from './invariants.ts';
import { readWorld } from './world.ts';

type Deed = (ports: Ports, memberId: string, dialogueId: string) => Promise<unknown>;

const deeds: Readonly<Record<string, Deed>> = {
  'ends the dialogue': (ports, memberId, dialogueId) => endDialogue(ports, { memberId, dialogueId }),
  'leaves the programme': (ports, memberId) => leaveProgramme(ports, { memberId }),
};

describe('A pair whose introduction was cut short by a crash', () => {
  const programme = useProgramme();

  for (const [what, deed] of Object.entries(deeds)) {
    for (const who of ['mentor', 'mentee'] as const) {
      it(`is mended, and both are told, when the ${who} ${what} before anybody was told`, async () => {
        for (let write = 1; write < 8; write += 1) {
          const pair = await programme.propose({ offer: { capacity: 1 } });
          const { mentor, mentee, proposalId } = pair;
          await answerProposal(programme.ports(), { memberId: mentor.id, proposalId, answer: 'yes' });
          const yes = { memberId: mentee.id, proposalId, answer: 'yes' } as const;
          await answerProposal(dyingAt(programme.ports(), { write }), yes).catch(() => undefined);
          await deed(programme.ports(), pair[who].id, proposalId).catch(() => undefined);
          for (let turn = 0; turn < 3; turn += 1) {
            programme.moveBy(11 * 60_000);
            await settleProposals(programme.ports());
          }
          const world = await readWorld(programme.connection(), programme.now());
          const violations = [capacity, onlyOne, consistent, letters].flatMap((check) => check(world));
          expect(violations, `killed at write ${write}`).to.deep.equal([]);
          for (const { id } of [mentor, mentee]) await leaveProgramme(programme.ports(), { memberId: id });
        }
      });
    }
  }
});
