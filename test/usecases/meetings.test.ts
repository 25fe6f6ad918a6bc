import { expect } from 'chai';
import { agreeMeeting } from '../../service/usecases/agree-meeting.ts';
import { answerProposal } from '../../service/usecases/answer-proposal.ts';
import { cancelMeeting } from '../../service/usecases/cancel-meeting.ts';
import { endDialogue } from '../../service/usecases/end-dialogue.ts';
import { suggestMeeting } from '../../service/usecases/suggest-meeting.ts';
import { sweepMeetings } from '../../service/usecases/sweep-meetings.ts';
import { refusedWith } from '../support/refusals.ts';
import { dayMs, useProgramme } from '../support/programme.ts';
import { startsOnOffer } from '../support/times.ts';

describe('Meetings of a dialogue', () => {
  const programme = useProgramme();
  let mentorId = '';
  let menteeId = '';
  let dialogueId = '';
  let startsAt = new Date(0);

  beforeEach('introduce two persons', async () => {
    const { mentor, mentee, proposalId } = await programme.propose();
    for (const memberId of [mentor.id, mentee.id]) {
      await answerProposal(programme.ports(), { memberId, proposalId, answer: 'yes' });
    }
    [mentorId, menteeId, dialogueId] = [mentor.id, mentee.id, proposalId];
    const starts = await startsOnOffer(programme.ports(), { memberId: menteeId, dialogueId });
    startsAt = starts[6]!;
  });

  const suggest = (memberId = menteeId) =>
    suggestMeeting(programme.ports(), { memberId, dialogueId, startsAt, modality: 'video' });
  const agreed = async () => {
    const { id, sequence } = await suggest();
    return agreeMeeting(programme.ports(), { memberId: mentorId, meetingId: id, sequence });
  };
  const sweepAt = async (instant: number): Promise<void> => {
    programme.moveTo(new Date(instant));
    await sweepMeetings(programme.ports());
    expect(programme.failures()).to.deep.equal([]);
  };

  it('are suggested by one and agreed by the other, and both receive a calendar entry', async () => {
    const meeting = await agreed();
    expect(meeting.status).to.equal('agreed');
    expect(await programme.notices('meeting_suggested')).to.deep.equal([['meeting_suggested', mentorId]]);
    expect(await programme.notices('meeting_agreed')).to.have.length(2);
  });

  it('are not agreed by the person who suggested them', async () => {
    const { id, sequence } = await suggest();
    await refusedWith('not_allowed', agreeMeeting(programme.ports(), { memberId: menteeId, meetingId: id, sequence }));
  });

  it('are refused at a time that is not common to both weeks', async () => {
    startsAt = new Date(startsAt.getTime() + 15 * 60_000);
    await refusedWith('slot_not_common', suggest());
  });

  it('are planned one at a time, also when both suggest at once', async () => {
    const both = await Promise.allSettled([suggest(menteeId), suggest(mentorId)]);
    expect(both.map(({ status }) => status).sort()).to.deep.equal(['fulfilled', 'rejected']);
  });

  it('are not agreed as somebody saw them before a change', async () => {
    const { id, sequence } = await suggest();
    await cancelMeeting(programme.ports(), { memberId: menteeId, meetingId: id, sequence });
    await refusedWith(
      'meeting_changed',
      agreeMeeting(programme.ports(), { memberId: mentorId, meetingId: id, sequence }),
    );
  });

  it('leave both calendars when an agreed one is called off, and times are on offer again', async () => {
    const { id, sequence } = await agreed();
    await cancelMeeting(programme.ports(), { memberId: mentorId, meetingId: id, sequence });
    expect(await programme.notices('meeting_cancelled')).to.have.length(2);
    expect(await startsOnOffer(programme.ports(), { memberId: menteeId, dialogueId })).not.to.deep.equal([]);
  });

  it('are recalled to both a day before, once', async () => {
    const meeting = await agreed();
    await sweepAt(meeting.startsAt.getTime() - 1.01 * dayMs);
    expect(await programme.notices('meeting_reminder')).to.deep.equal([]);
    await sweepAt(meeting.startsAt.getTime() - dayMs);
    await sweepAt(meeting.startsAt.getTime() - dayMs / 2);
    expect(await programme.notices('meeting_reminder')).to.have.length(2);
  });

  it('are not recalled after they began, when the service was away', async () => {
    const meeting = await agreed();
    await sweepAt(meeting.startsAt.getTime() + dayMs);
    expect(await programme.notices('meeting_reminder')).to.deep.equal([]);
  });

  it('make the dialogue active once one took place', async () => {
    const meeting = await agreed();
    await sweepAt(meeting.startsAt.getTime() + 61 * 60_000);
    expect((await programme.ports().meetings.find(meeting.id))?.status).to.equal('held');
    expect((await programme.ports().dialogues.find(dialogueId))?.status).to.equal('active');
  });

  it('are dropped when nobody agreed in time', async () => {
    const meeting = await suggest();
    await sweepAt(startsAt.getTime());
    expect((await programme.ports().meetings.find(meeting.id))?.status).to.equal('cancelled');
  });

  it('end with the dialogue, which either may end; both are told alike, once', async () => {
    const meeting = await agreed();
    await endDialogue(programme.ports(), { memberId: menteeId, dialogueId });
    await refusedWith('dialogue_over', endDialogue(programme.ports(), { memberId: mentorId, dialogueId }));
    expect((await programme.ports().meetings.find(meeting.id))?.status).to.equal('cancelled');
    const told = [menteeId, mentorId].map((memberId) => ['dialogue_ended', memberId]);
    expect(await programme.notices('dialogue_ended')).to.have.deep.members(told);
    expect(await programme.notices('meeting_cancelled')).to.have.length(2);
    expect((await programme.ports().members.find(mentorId))?.held).to.deep.equal([]);
  });
});
