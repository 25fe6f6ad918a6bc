// Nobody is in two meetings at once: whatever several people suggest, agree to and move, and however they do it at once.
import { expect } from 'chai';
import type { Meeting } from '../../service/domain/meeting.ts';
import type { MeetingWishes } from '../../service/domain/meeting.ts';
import { MentoringError } from '../../service/domain/errors.ts';
import { agreeMeeting } from '../../service/usecases/agree-meeting.ts';
import { answerProposal } from '../../service/usecases/answer-proposal.ts';
import { cancelMeeting } from '../../service/usecases/cancel-meeting.ts';
import { keepMeeting } from '../../service/usecases/keep-meeting.ts';
import { moveMeeting } from '../../service/usecases/move-meeting.ts';
import { runMatching } from '../../service/usecases/run-matching.ts';
import { suggestMeeting } from '../../service/usecases/suggest-meeting.ts';
import { saveMentoring } from '../../service/usecases/save-mentoring.ts';
import { sweepMeetings } from '../../service/usecases/sweep-meetings.ts';
import type { Modality } from '../../service/domain/terms.ts';
import { requestOf } from '../../service/demo/factories.ts';
import { Dice } from '../domain/matching/programmes.ts';
import { useProgramme } from '../support/programme.ts';
import { refusedWith } from '../support/refusals.ts';
import { rounds } from '../support/rounds.ts';
import { startsOnOffer } from '../support/times.ts';

const hourMs = 3_600_000;
const usual: MeetingWishes = { minutes: 60, noticeHours: 24, marginMinutes: 0 };

describe('Hours on offer', () => {
  const programme = useProgramme();
  const ports = () => programme.ports();
  interface Pair {
    readonly dialogueId: string;
    readonly menteeId: string;
  }
  let mentorId = '';
  let pairs: readonly Pair[] = [];

  /** A mentor in dialogue with so many people. */
  async function introduce(count: number, meetings: MeetingWishes = usual): Promise<void> {
    const mentor = await programme.join({ labId: 'lix', offer: { capacity: count, meetings } });
    const mentees = await Promise.all(Array.from({ length: count }, () => programme.join()));
    for (const { id } of mentees) await ports().requests.insert(requestOf({ memberId: id }));
    await runMatching(ports());
    pairs = await Promise.all(
      mentees.map(async ({ id }) => {
        const dialogueId = (await ports().requests.findLive(id))?.proposalId ?? '';
        for (const memberId of [id, mentor.id]) {
          await answerProposal(ports(), { memberId, proposalId: dialogueId, answer: 'yes' });
        }
        return { dialogueId, menteeId: id };
      }),
    );
    mentorId = mentor.id;
  }
  const offered = ({ dialogueId, menteeId }: Pair) => startsOnOffer(ports(), { memberId: menteeId, dialogueId });
  const suggest = ({ dialogueId, menteeId }: Pair, startsAt: Date): Promise<Meeting> =>
    suggestMeeting(ports(), { memberId: menteeId, dialogueId, startsAt, modality: 'video' });
  const planned = async (): Promise<Meeting[]> => {
    const all = await Promise.all(pairs.map(({ dialogueId }) => ports().meetings.findPlanned(dialogueId)));
    return all.filter((meeting) => meeting !== undefined);
  };
  const from = async (pair: Pair, hours: number): Promise<number[]> =>
    (await offered(pair)).map((start) => (start.getTime() - hours * hourMs - programme.now().getTime()) / hourMs);

  it('leave out what either has suggested or agreed in another dialogue, and come back when it is called off', async () => {
    await introduce(2);
    const [one, other] = pairs as [Pair, Pair];
    const before = await offered(other);
    const startsAt = before[4]!;
    const { id, sequence } = await suggest(one, startsAt);
    const taken = [-30, 0, 30].map((minutes) => startsAt.getTime() + minutes * 60_000);
    const left = (await offered(other)).map(Number);
    expect(left).to.deep.equal(before.map(Number).filter((start) => !taken.includes(start)));
    // In the same words as an absence.
    await refusedWith('slot_not_common', suggest(other, startsAt));
    await cancelMeeting(ports(), { memberId: mentorId, meetingId: id, sequence });
    expect(await offered(other)).to.deep.equal(before);
  });

  it('are given to one of those who ask for the same one at the same moment, and the others are told', async () => {
    await introduce(5);
    const startsAt = (await offered(pairs[0]!))[3]!;
    const asked = await Promise.allSettled(pairs.map((pair) => suggest(pair, startsAt)));
    const refused = asked.flatMap((one) => (one.status === 'rejected' ? [(one.reason as MentoringError).code] : []));
    expect(refused).to.have.lengthOf(4);
    expect([...new Set(refused)].every((code) => code === 'slot_taken' || code === 'slot_not_common')).to.equal(true);
    expect(await planned()).to.have.lengthOf(1);
  });

  it('are as far ahead, as long and as far apart as the mentor wants', async () => {
    await introduce(2, { minutes: 45, noticeHours: 72, marginMinutes: 30 });
    const [one, other] = pairs as [Pair, Pair];
    expect((await from(one, 72))[0]).to.be.at.least(0);
    const startsAt = (await offered(one))[4]!;
    expect((await suggest(one, startsAt)).minutes).to.equal(45);
    const near = (await offered(other)).map((start) => (start.getTime() - startsAt.getTime()) / hourMs);
    // 45 minutes and half an hour without a meeting, before and after: on the half-hour that is an hour and a half.
    expect(near.filter((hours) => Math.abs(hours) < 1.5)).to.deep.equal([]);
    expect(near.map(Math.abs)).to.include(1.5);
  });

  it('are no more in a week than the mentor wants, also for those who ask at once, and a meeting that took place counts', async () => {
    await introduce(4, { ...usual, mostAWeek: 2 });
    const weekOf = (start: Date): number => Math.floor((start.getTime() / hourMs / 24 + 3) / 7);
    const all = await offered(pairs[0]!);
    const week = weekOf(all.at(-1)!);
    const ofWeek = all.filter((start) => weekOf(start) === week);
    // Two windows of three hours: none of these overlap.
    const apart = [0, 2, 5, 7].map((nth) => ofWeek[nth]!);
    const asked = await Promise.allSettled(pairs.map((pair, at) => suggest(pair, apart[at]!)));
    expect(asked.filter(({ status }) => status === 'fulfilled')).to.have.lengthOf(2);
    const free = pairs.find((_, at) => asked[at]?.status === 'rejected')!;
    expect((await offered(free)).map(weekOf)).to.not.include(week);
    const both = (await planned()).sort((one, next) => one.startsAt.getTime() - next.startsAt.getTime());
    for (const { id, sequence } of both) {
      await agreeMeeting(ports(), { memberId: mentorId, meetingId: id, sequence });
    }
    // It is over, and in the same week there are days to come.
    const [first] = both;
    programme.moveTo(new Date(first!.startsAt.getTime() + 2 * hourMs));
    for (let sweeps = 0; sweeps < 2; sweeps += 1) await sweepMeetings(ports());
    expect((await ports().meetings.find(first!.id))?.status).to.equal('held');
    expect((await offered(free)).map(weekOf)).to.not.include(week);
  });

  it('of a week are counted with those that were planned before the mentor said how many', async () => {
    await introduce(3);
    const ofLastWeek = (starts: readonly Date[]) =>
      starts.filter((start) => starts.at(-1)!.getTime() - start.getTime() < 4 * 24 * hourMs);
    const [first, , third] = ofLastWeek(await offered(pairs[0]!));
    await suggest(pairs[0]!, first!);
    await suggest(pairs[1]!, third!);
    const { offer } = (await ports().members.find(mentorId))!;
    await saveMentoring(ports(), {
      memberId: mentorId,
      form: { offer: { ...offer!, meetings: { ...usual, mostAWeek: 2 } } },
    });
    expect((await offered(pairs[2]!)).filter((start) => start >= first!)).to.deep.equal([]);
  });

  it('of a meeting that is moved last as long as it does, whatever the mentor wants since', async () => {
    await introduce(2);
    const [one, other] = pairs as [Pair, Pair];
    const starts = await offered(one);
    const { id, sequence } = await suggest(one, starts[2]!);
    const { offer } = (await ports().members.find(mentorId))!;
    await saveMentoring(ports(), {
      memberId: mentorId,
      form: { offer: { ...offer!, meetings: { ...usual, minutes: 30 } } },
    });
    const startsAt = starts[1]!;
    const moved = await moveMeeting(ports(), {
      memberId: mentorId,
      meetingId: id,
      sequence,
      startsAt,
      modality: 'video',
    });
    expect(moved.minutes).to.equal(60);
    const during = new Date(startsAt.getTime() + hourMs / 2);
    await refusedWith('slot_not_common', suggest(other, during));
  });

  it('follow the ways to meet that the two have now, not those of the day on which they were matched', async () => {
    await introduce(1);
    const [pair] = pairs as [Pair];
    const { profile } = (await ports().members.find(mentorId))!;
    const inWays = async (modalities: readonly Modality[]): Promise<number> => {
      const windows = profile!.availability.windows.map((window) => ({ ...window, modalities }));
      await saveMentoring(ports(), {
        memberId: mentorId,
        form: { availability: { ...profile!.availability, windows } },
      });
      return (await offered(pair)).length;
    };
    expect([(await inWays(['video'])) > 0, (await inWays(['in_person'])) > 0]).to.deep.equal([true, true]);
  });

  it('are never in two meetings of one person, whatever five people and their mentor do at once', async () => {
    for (let round = 1; round <= rounds({ short: 2, long: 10 }); round += 1) {
      const margin = round % 3 === 0 ? 30 : 0;
      await introduce(5, { ...usual, marginMinutes: margin, minutes: round % 2 === 0 ? 30 : 60 });
      const dice = new Dice(round);
      for (let turn = 0; turn < 6; turn += 1) {
        await Promise.all(pairs.map((pair) => act(pair, dice)));
        expectApart(await planned(), margin);
      }
    }
  });

  /** One act of one of the two, if it is possible; a refusal by the rules is part of it. */
  async function act(pair: Pair, dice: Dice): Promise<void> {
    const [pick, isMentor, kind] = [dice.below(8), dice.chance(0.5), dice.below(4)];
    const starts = await offered(pair);
    const startsAt = starts[Math.min(pick, starts.length - 1)];
    const meeting = await ports().meetings.findPlanned(pair.dialogueId);
    if (!startsAt) return;
    const memberId = isMentor ? mentorId : pair.menteeId;
    const seen = meeting && { memberId, meetingId: meeting.id, sequence: meeting.sequence };
    const deed = seen
      ? [
          () => agreeMeeting(ports(), seen),
          () => moveMeeting(ports(), { ...seen, startsAt, modality: 'phone' }),
          () => keepMeeting(ports(), seen),
          () => cancelMeeting(ports(), seen),
        ][kind]!
      : () => suggest(pair, startsAt);
    await deed().catch((error: unknown) => {
      if (!(error instanceof MentoringError)) throw error;
    });
  }

  function expectApart(meetings: readonly Meeting[], margin: number): void {
    const times = meetings
      .flatMap(({ startsAt, minutes, move }) =>
        [startsAt, ...(move ? [move.startsAt] : [])].map((at) => ({ at, minutes })),
      )
      .sort((one, other) => one.at.getTime() - other.at.getTime());
    // The two times of one meeting that is to be moved may overlap: it will have one of them.
    const own = new Set(
      meetings.flatMap(({ startsAt, move }) => (move ? [`${Number(startsAt)} ${Number(move.startsAt)}`] : [])),
    );
    for (const [at, { at: start, minutes }] of times.entries()) {
      const next = times[at + 1];
      if (!next || own.has(`${Number(start)} ${Number(next.at)}`) || own.has(`${Number(next.at)} ${Number(start)}`))
        continue;
      expect((next.at.getTime() - start.getTime()) / 60_000, 'minutes between').to.be.at.least(minutes + margin);
    }
  }
});
