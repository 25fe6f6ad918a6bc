// A mentor's pause that begins on a day to come.
import { expect } from 'chai';
import { isOpenAsMentor, type Member } from '../../service/domain/member.ts';
import { untilResumed } from '../../service/domain/mentor-offer.ts';
import { saveMentoring } from '../../service/usecases/save-mentoring.ts';
import { sweepMembers } from '../../service/usecases/sweep-members.ts';
import { viewHome } from '../../service/usecases/view-home.ts';
import { useProgramme } from '../support/programme.ts';

describe('A pause from a day to come', () => {
  const programme = useProgramme();
  const mentorOf = async (id: string): Promise<Member> => (await programme.ports().members.find(id))!;
  const lapsesOf = async (id: string) => (await programme.ports().proposals.find(id))?.lapseAt;

  async function pausing(rest: { from: string; until: string }) {
    const { mentor, proposalId } = await programme.propose();
    const { topics, keptForConversation, formats, capacity } = mentor.offer!;
    const offer = { topics, keptForConversation, formats, capacity, rest };
    await saveMentoring(programme.ports(), { memberId: mentor.id, form: { offer } });
    return { memberId: mentor.id, proposalId };
  }
  const sweepOn = async (day: string): Promise<void> => {
    programme.moveTo(new Date(`${day}T08:00:00Z`));
    await sweepMembers(programme.ports());
    expect(programme.failures()).to.deep.equal([]);
  };

  it('changes nothing before, then lets what is not answered lapse once, and stands until the mentor resumes', async () => {
    const { memberId, proposalId } = await pausing({ from: '2026-11-18', until: untilResumed });
    await sweepOn('2026-11-17');
    expect(isOpenAsMentor(await mentorOf(memberId), '2026-11-17')).to.equal(true);
    expect(await lapsesOf(proposalId)).to.equal(undefined);
    // Also to whoever looks between the day's beginning and the sweep.
    expect(isOpenAsMentor(await mentorOf(memberId), '2026-11-18')).to.equal(false);
    await sweepOn('2026-11-18');
    const lapseAt = await lapsesOf(proposalId);
    expect(lapseAt).to.be.an.instanceOf(Date);
    const { offer } = await mentorOf(memberId);
    expect(offer).to.include({ pausedUntil: untilResumed }).and.not.have.any.keys('pausedFrom');
    await sweepOn('2026-11-19');
    expect(await lapsesOf(proposalId)).to.deep.equal(lapseAt);
  });

  it('until a day is over on that day', async () => {
    const { memberId } = await pausing({ from: '2026-11-18', until: '2026-12-01' });
    await sweepOn('2026-11-18');
    const mentor = await mentorOf(memberId);
    expect(['2026-11-30', '2026-12-01'].map((day) => isOpenAsMentor(mentor, day))).to.deep.equal([false, true]);
    expect((await viewHome(programme.ports(), { memberId })).member.offer?.pausedUntil).to.equal('2026-12-01');
  });

  it('does not keep a mentor who pauses in a far year from being asked whether the offer is still so', async () => {
    const { memberId } = await pausing({ from: '2030-01-01', until: untilResumed });
    await sweepOn('2027-06-01');
    const asked = (await programme.notices('availability_confirm')).filter(([, id]) => id === memberId);
    expect(asked).to.have.lengthOf(1);
  });
});
