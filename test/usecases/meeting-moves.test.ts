import { expect } from 'chai';
import type { Meeting } from '../../service/domain/meeting.ts';
import type { Notice } from '../../service/domain/notice.ts';
import { createLoad } from '../../service/mail/load.ts';
import { agreeMeeting } from '../../service/usecases/agree-meeting.ts';
import { answerProposal } from '../../service/usecases/answer-proposal.ts';
import { cancelMeeting } from '../../service/usecases/cancel-meeting.ts';
import { endDialogue } from '../../service/usecases/end-dialogue.ts';
import { keepMeeting } from '../../service/usecases/keep-meeting.ts';
import { moveMeeting } from '../../service/usecases/move-meeting.ts';
import { suggestMeeting } from '../../service/usecases/suggest-meeting.ts';
import { sweepMeetings } from '../../service/usecases/sweep-meetings.ts';
import { dyingAt, Killed } from '../support/dying.ts';
import { refusedWith } from '../support/refusals.ts';
import { useProgramme } from '../support/programme.ts';
import { startsOnOffer } from '../support/times.ts';

describe('Moving a meeting', function () {
  this.timeout(300_000);
  const programme = useProgramme();
  let [mentorId, menteeId, dialogueId] = ['', '', ''];
  let starts: readonly Date[] = [];
  const seen = new Set<string>();

  beforeEach('introduce two persons', async () => {
    const { mentor, mentee, proposalId } = await programme.propose();
    for (const memberId of [mentor.id, mentee.id]) {
      await answerProposal(programme.ports(), { memberId, proposalId, answer: 'yes' });
    }
    [mentorId, menteeId, dialogueId] = [mentor.id, mentee.id, proposalId];
    starts = await startsOnOffer(programme.ports(), { memberId: menteeId, dialogueId });
  });

  const ports = () => programme.ports();
  const suggest = (index = 6) =>
    suggestMeeting(ports(), { memberId: menteeId, dialogueId, startsAt: starts[index]!, modality: 'video' });
  const by = (memberId: string, { id, sequence }: Meeting) => ({ memberId, meetingId: id, sequence });
  const agreed = async (): Promise<Meeting> => agreeMeeting(ports(), by(mentorId, await suggest()));
  const move = (memberId: string, meeting: Meeting, index = 8) =>
    moveMeeting(ports(), { ...by(memberId, meeting), startsAt: starts[index]!, modality: 'in_person' });
  const stored = async ({ id }: Meeting): Promise<Meeting> => (await ports().meetings.find(id))!;

  /** News as they would leave now, as "kind recipient": each true one that was not overtaken. */
  async function leaving(): Promise<string[]> {
    programme.moveBy(31_000);
    const load = createLoad(ports());
    const outbox = programme.connection().collection<Omit<Notice, 'key'> & { _id: string }>('outbox');
    const kept = await outbox.find({}).toArray();
    const lines: string[] = [];
    for (const { _id: key, kind, memberId, subjectId, notBefore } of kept) {
      if (!kind.startsWith('meeting_') || seen.has(key) || notBefore > programme.now()) continue;
      seen.add(key);
      const isTold = await load({ key, kind, memberId, subjectId, notBefore });
      if (isTold) lines.push(`${kind} ${memberId === menteeId ? 'mentee' : 'mentor'}`);
    }
    return lines.sort();
  }

  it('leaves the agreed time until the other person accepts the new one, and tells that person', async () => {
    const meeting = await agreed();
    await leaving();
    const moving = await move(menteeId, meeting);
    expect(moving.startsAt).to.deep.equal(starts[6]);
    expect(await leaving()).to.deep.equal(['meeting_move_suggested mentor']);
    const moved = await agreeMeeting(ports(), by(mentorId, moving));
    expect(moved).to.include({ status: 'agreed', modality: 'in_person', sequence: 3, agreedSequence: 3 });
    expect(moved.startsAt).to.deep.equal(starts[8]);
    expect(await leaving()).to.deep.equal(['meeting_agreed mentee', 'meeting_agreed mentor']);
  });

  it('keeps the agreed time when the other person wants it so, and tells whoever asked', async () => {
    const moving = await move(mentorId, await agreed());
    await leaving();
    const kept = await keepMeeting(ports(), by(menteeId, moving));
    expect(kept.startsAt).to.deep.equal(starts[6]);
    expect(kept).to.not.have.property('move');
    expect(await leaving()).to.deep.equal(['meeting_move_declined mentor']);
  });

  it('can be taken back by whoever asked: a news that has not left yet never leaves', async () => {
    const moving = await move(mentorId, await agreed());
    await keepMeeting(ports(), by(mentorId, moving));
    const told = ['meeting_agreed mentee', 'meeting_agreed mentor', 'meeting_move_declined mentee'];
    expect(await leaving()).to.deep.equal(told);
  });

  it('is not accepted by whoever asked for it', async () => {
    const moving = await move(mentorId, await agreed());
    await refusedWith('not_allowed', agreeMeeting(ports(), by(mentorId, moving)));
  });

  it('is refused to a time that is not common to both weeks', async () => {
    const meeting = await agreed();
    const startsAt = new Date(starts[8]!.getTime() + 15 * 60_000);
    const odd = moveMeeting(ports(), { ...by(menteeId, meeting), startsAt, modality: 'video' });
    await refusedWith('slot_not_common', odd);
    const manner = moveMeeting(ports(), { ...by(menteeId, meeting), startsAt: starts[8]!, modality: 'phone' });
    await refusedWith('slot_not_common', manner);
  });

  it('is accepted although an absence came in between: the two know best', async () => {
    const moving = await move(menteeId, await agreed());
    const mentor = (await ports().members.find(mentorId))!;
    const away = { fromOn: '2026-11-01', toOn: '2027-11-01' };
    const availability = { ...mentor.profile!.availability, absences: [away] };
    await ports().members.change(mentorId, ['active'], { profile: { ...mentor.profile!, availability } });
    expect((await agreeMeeting(ports(), by(mentorId, moving))).startsAt).to.deep.equal(starts[8]);
  });

  it('evaporates when the old hour comes: the agreed time stood', async () => {
    const meeting = await agreed();
    const moving = await move(menteeId, meeting, 9);
    programme.moveTo(meeting.startsAt);
    await refusedWith('meeting_changed', agreeMeeting(ports(), by(mentorId, moving)));
    programme.moveTo(new Date(meeting.startsAt.getTime() + 60 * 60_000));
    await sweepMeetings(ports());
    expect(await stored(meeting))
      .to.include({ status: 'held' })
      .and.not.have.property('move');
  });

  it('answers a mere suggestion by another time, which the first person then agrees to', async () => {
    const counter = await move(mentorId, await suggest());
    expect(counter).to.include({ status: 'suggested', suggestedById: mentorId, sequence: 1 });
    expect(await leaving()).to.deep.equal(['meeting_suggested mentee']);
    await agreeMeeting(ports(), by(menteeId, counter));
    expect(await leaving()).to.deep.equal(['meeting_agreed mentee', 'meeting_agreed mentor']);
  });

  it('gives the new time a reminder of its own, and the old one none', async () => {
    const moving = await move(menteeId, await agreed(), 9);
    const moved = await agreeMeeting(ports(), by(mentorId, moving));
    await leaving();
    const dayBefore = (instant: Date): Date => new Date(instant.getTime() - 24 * 3_600_000);
    programme.moveTo(dayBefore(starts[6]!));
    await sweepMeetings(ports());
    expect(await leaving()).to.deep.equal([]);
    programme.moveTo(dayBefore(moved.startsAt));
    await sweepMeetings(ports());
    expect(await leaving()).to.deep.equal(['meeting_reminder mentee', 'meeting_reminder mentor']);
  });

  type Deed = (memberId: string, meeting: Meeting) => Promise<Meeting>;
  const deeds: Record<string, Deed> = {
    agree: (memberId, meeting) => agreeMeeting(ports(), by(memberId, meeting)),
    move: (memberId, meeting) => move(memberId, meeting, memberId === menteeId ? 7 : 9),
    keep: (memberId, meeting) => keepMeeting(ports(), by(memberId, meeting)),
    cancel: (memberId, meeting) => cancelMeeting(ports(), by(memberId, meeting)),
  };
  const states: Record<string, () => Promise<Meeting>> = {
    suggested: () => suggest(),
    moving: async () => move(menteeId, await agreed()),
  };
  for (const [state, make] of Object.entries(states)) {
    it(`lets exactly one of all acts of both sides at once count on a meeting that is ${state}`, async () => {
      for (let round = 0; round < 6; round += 1) {
        const meeting = await make();
        await leaving();
        const acts = Object.values(deeds).flatMap((deed) => [deed(mentorId, meeting), deed(menteeId, meeting)]);
        const ends = await Promise.allSettled(acts);
        const [winner, ...others] = ends.filter(({ status }) => status === 'fulfilled');
        expect(others).to.deep.equal([]);
        const codes = ends.flatMap((end) =>
          end.status === 'rejected' ? [(end.reason as { code?: string }).code] : [],
        );
        expect(new Set(codes)).to.satisfy(
          (all: Set<string>) => all.delete('not_allowed') || all.has('meeting_changed'),
        );
        const now = await stored(meeting);
        expect(now).to.deep.equal((winner as PromiseFulfilledResult<Meeting>).value);
        expect(now.sequence).to.equal(meeting.sequence + 1);
        // Seven acts announced news; only those of the one that counted leave, each once.
        const told = await leaving();
        expect(told)
          .to.have.length(new Set(told).size)
          .and.satisfy((lines: string[]) => lines.length >= 1 && lines.length <= 2);
        expect(new Set(told.map((line) => line.split(' ')[0])).size).to.equal(1);
        if (now.status !== 'cancelled') await cancelMeeting(ports(), by(menteeId, now));
        await leaving();
      }
    });
  }

  it('ends with the dialogue, however the two act on it at that moment', async () => {
    for (const deed of Object.values(deeds)) {
      const meeting = await stored(await move(menteeId, await agreed()));
      await Promise.allSettled([deed(mentorId, meeting), endDialogue(ports(), { memberId: menteeId, dialogueId })]);
      expect((await stored(meeting)).status).to.equal('cancelled');
      await programme
        .connection()
        .collection('dialogues')
        .updateOne({}, { $set: { status: 'introduced' } });
    }
  });

  it('loses nothing and says nothing untrue when a process dies between the news and the act', async () => {
    for (const [name, deed] of Object.entries(deeds)) {
      const meeting = await move(menteeId, await agreed());
      await leaving();
      const before = await stored(meeting);
      const input = by(mentorId, meeting);
      const dying = dyingAt(ports(), { write: 2 });
      const act = {
        agree: () => agreeMeeting(dying, input),
        move: () => moveMeeting(dying, { ...input, startsAt: starts[9]!, modality: 'video' }),
        keep: () => keepMeeting(dying, input),
        cancel: () => cancelMeeting(dying, input),
      }[name as 'agree'];
      expect(await act().catch((error: unknown) => error)).to.be.instanceOf(Killed);
      expect(await stored(meeting)).to.deep.equal(before);
      expect(await leaving(), name).to.deep.equal([]);
      const again = await deed(mentorId, meeting);
      expect(again.sequence).to.equal(meeting.sequence + 1);
      if (again.status !== 'cancelled') await cancelMeeting(ports(), by(menteeId, again));
      await leaving();
    }
  });
});
