import { expect } from 'chai';
import type { NoticeKind } from '../../service/domain/notice.ts';
import { createLoad } from '../../service/mail/load.ts';
import type { MailFacts } from '../../service/mail/ports.ts';
import { agreeMeeting } from '../../service/usecases/agree-meeting.ts';
import { answerProposal } from '../../service/usecases/answer-proposal.ts';
import { cancelMeeting } from '../../service/usecases/cancel-meeting.ts';
import { endDialogue } from '../../service/usecases/end-dialogue.ts';
import { leaveProgramme } from '../../service/usecases/leave-programme.ts';
import { suggestMeeting } from '../../service/usecases/suggest-meeting.ts';
import { aNotice } from '../support/mail.ts';
import { dayMs, useProgramme } from '../support/programme.ts';
import { startsOnOffer } from '../support/times.ts';

type Loaded = Promise<MailFacts | undefined>;

describe('what a mail may know when it leaves', () => {
  const programme = useProgramme();

  const load = (...[kind, memberId, subjectId, step = 0]: [NoticeKind, string, string, number?]): Loaded => {
    const key = `${kind}:${subjectId}:${memberId}:${step}`;
    return createLoad(programme.ports())(aNotice({ key, kind, memberId, subjectId }));
  };

  const introduce = async () => {
    const pair = await programme.propose();
    const { mentor, mentee, proposalId } = pair;
    for (const { id: memberId } of [mentor, mentee]) {
      await answerProposal(programme.ports(), { memberId, proposalId, answer: 'yes' });
    }
    return pair;
  };

  const meet = async () => {
    const pair = await introduce();
    const { proposalId: dialogueId, mentee, mentor } = pair;
    const starts = await startsOnOffer(programme.ports(), { memberId: mentee.id, dialogueId });
    const startsAt = starts.find((at) => at.getTime() > programme.now().getTime() + 2 * dayMs)!;
    const suggestion = { memberId: mentee.id, dialogueId, startsAt, modality: 'video' } as const;
    const meeting = await suggestMeeting(programme.ports(), suggestion);
    return { ...pair, meeting, answer: { memberId: mentor.id, meetingId: meeting.id, sequence: meeting.sequence } };
  };

  it('holds a proposal’s last day and nobody’s name but the reader’s', async () => {
    const { mentor, mentee, proposalId } = await programme.propose();
    for (const { id, name } of [mentor, mentee]) {
      const facts = await load('proposal_sent', id, proposalId);
      expect(facts?.addressee.name).to.equal(name);
      expect(facts?.answerBy?.getTime()).to.be.greaterThan(programme.now().getTime() + 6 * dayMs);
      expect(facts).to.not.have.any.keys('partner', 'meeting');
    }
  });

  it('is nothing for a reminder to somebody who has answered, and the same as before for the other', async () => {
    const { mentor, mentee, proposalId } = await programme.propose();
    const before = await load('proposal_reminder', mentee.id, proposalId);
    await answerProposal(programme.ports(), { memberId: mentor.id, proposalId, answer: 'no' });
    expect(await load('proposal_reminder', mentor.id, proposalId)).to.equal(undefined);
    expect(await load('proposal_reminder', mentee.id, proposalId)).to.deep.equal(before);
  });

  it('is nothing for anybody who has left', async () => {
    const { mentor, proposalId } = await programme.propose();
    await leaveProgramme(programme.ports(), { memberId: mentor.id });
    expect(await load('proposal_lapsed', mentor.id, proposalId)).to.equal(undefined);
    expect(await load('proposal_lapsed', 'never-was', proposalId)).to.equal(undefined);
  });

  it('names the other person after two yeses, and no longer when the dialogue has ended', async () => {
    const { mentor, mentee, proposalId } = await introduce();
    const facts = await load('dialogue_introduced', mentee.id, proposalId);
    expect(facts?.partner).to.deep.equal({ name: mentor.name, email: mentor.email, labName: 'LIX' });
    await endDialogue(programme.ports(), { memberId: mentee.id, dialogueId: proposalId });
    expect(await load('first_meeting_nudge', mentor.id, proposalId)).to.equal(undefined);
    expect(await load('dialogue_ended', mentor.id, proposalId)).to.have.all.keys('addressee');
  });

  it('is nothing for a meeting that was overtaken: agreed, called off or over', async () => {
    const { meeting, mentor, mentee, answer } = await meet();
    const suggested = (): Loaded => load('meeting_suggested', mentor.id, meeting.id, meeting.sequence);
    expect((await suggested())?.partner?.name).to.equal(mentee.name);
    expect(await load('meeting_agreed', mentor.id, meeting.id, meeting.sequence + 1)).to.equal(undefined);
    const agreed = await agreeMeeting(programme.ports(), answer);
    expect(await suggested()).to.equal(undefined);
    const reminder = (): Loaded => load('meeting_reminder', mentor.id, meeting.id, agreed.sequence);
    expect((await reminder())?.meeting).to.include({ sequence: agreed.sequence });
    programme.moveTo(meeting.startsAt);
    expect(await reminder()).to.equal(undefined);
  });

  it('takes a meeting out of the calendar even when the dialogue is over, and then names nobody', async () => {
    const { meeting, mentor, mentee, answer } = await meet();
    const agreed = await agreeMeeting(programme.ports(), answer);
    const cancelled = await cancelMeeting(programme.ports(), { ...answer, sequence: agreed.sequence });
    await endDialogue(programme.ports(), { memberId: mentee.id, dialogueId: meeting.dialogueId });
    const facts = await load('meeting_cancelled', mentor.id, meeting.id, cancelled.sequence);
    expect(facts?.meeting).to.include({ id: meeting.id, status: 'cancelled' });
    expect(facts).to.not.have.property('partner');
    expect(await load('meeting_agreed', mentor.id, meeting.id, agreed.sequence)).to.equal(undefined);
  });
});
