import { expect } from 'chai';
import { answerProposal } from '../../service/usecases/answer-proposal.ts';
import { endDialogue } from '../../service/usecases/end-dialogue.ts';
import { sweepMembers } from '../../service/usecases/sweep-members.ts';
import { leaveProgramme } from '../../service/usecases/leave-programme.ts';
import { purgeEnded } from '../../service/usecases/purge-ended.ts';
import { runMatching } from '../../service/usecases/run-matching.ts';
import { suggestMeeting } from '../../service/usecases/suggest-meeting.ts';
import { sweepProposals } from '../../service/usecases/sweep-proposals.ts';
import { withdrawRequest } from '../../service/usecases/withdraw-request.ts';
import { dayMs, useProgramme } from '../support/programme.ts';
import { startsOnOffer } from '../support/times.ts';

describe('What the charter promises about time', () => {
  const programme = useProgramme();

  async function endedDialogue(): Promise<{ mentorId: string; menteeId: string; dialogueId: string }> {
    const { mentor, mentee, proposalId: dialogueId } = await programme.propose();
    for (const memberId of [mentor.id, mentee.id]) {
      await answerProposal(programme.ports(), { memberId, proposalId: dialogueId, answer: 'yes' });
    }
    const starts = await startsOnOffer(programme.ports(), { memberId: mentee.id, dialogueId });
    const meeting = { memberId: mentee.id, dialogueId, startsAt: starts[0]!, modality: 'video' } as const;
    await suggestMeeting(programme.ports(), meeting);
    await endDialogue(programme.ports(), { memberId: mentee.id, dialogueId });
    return { mentorId: mentor.id, menteeId: mentee.id, dialogueId };
  }

  /** Collections whose raw documents hold this text. */
  async function collectionsWith(text: string): Promise<string[]> {
    const collections = await programme.connection().db!.collections();
    const found = await Promise.all(
      collections.map(async (one) => JSON.stringify(await one.find().toArray()).includes(text) && one.collectionName),
    );
    return found.filter((name) => name !== false).sort();
  }

  it('deletes the link between two persons ninety days after their dialogue, with its meetings', async () => {
    const { mentorId, menteeId, dialogueId } = await endedDialogue();
    programme.moveBy(89 * dayMs);
    await purgeEnded(programme.ports());
    expect(await collectionsWith(dialogueId)).to.include.members(['dialogues', 'meetings', 'proposals']);
    programme.moveBy(2 * dayMs);
    await purgeEnded(programme.ports());
    expect(await collectionsWith(dialogueId)).to.deep.equal(['outbox']);
    for (const id of [mentorId, menteeId]) expect(await collectionsWith(id)).to.deep.equal(['members', 'outbox']);
  });

  it('keeps no answer of a proposal that ended, with a dialogue or without', async () => {
    const { dialogueId } = await endedDialogue();
    expect((await programme.ports().proposals.find(dialogueId))?.answers).to.deep.equal({});
    const { proposalId } = await programme.propose();
    const { mentorId = '' } = (await programme.ports().proposals.find(proposalId)) ?? {};
    await answerProposal(programme.ports(), { memberId: mentorId, proposalId, answer: 'no' });
    programme.moveBy(9 * dayMs);
    await sweepProposals(programme.ports());
    expect((await programme.ports().proposals.find(proposalId))?.answers).to.deep.equal({});
  });

  it('deletes proposals that came to nothing, and a year later the mark that they were made', async () => {
    const { request, proposalId } = await programme.propose();
    programme.moveBy(9 * dayMs);
    await sweepProposals(programme.ports());
    programme.moveBy(90 * dayMs);
    await purgeEnded(programme.ports());
    expect(await programme.ports().proposals.find(proposalId)).to.equal(undefined);
    expect((await runMatching(programme.ports())).served).to.equal(0);
    programme.moveBy(290 * dayMs);
    await purgeEnded(programme.ports());
    expect((await runMatching(programme.ports())).served).to.equal(1);
    expect((await programme.ports().requests.find(request.id))?.status).to.equal('proposed');
  });

  it('forgets everything that names a member who left, when the record is erased', async () => {
    const { mentee } = await programme.propose();
    await withdrawRequest(programme.ports(), { memberId: mentee.id });
    await leaveProgramme(programme.ports(), { memberId: mentee.id });
    programme.moveBy(30 * dayMs);
    await sweepProposals(programme.ports());
    await sweepMembers(programme.ports());
    expect(await collectionsWith(mentee.id)).to.deep.equal(['proposals']);
    programme.moveBy(90 * dayMs);
    await purgeEnded(programme.ports());
    expect(await collectionsWith(mentee.id)).to.deep.equal([]);
    expect(programme.failures()).to.deep.equal([]);
  });
});
