import { expect } from 'chai';
import { DateTime } from 'luxon';
import { answerProposal } from '../../service/usecases/answer-proposal.ts';
import { leaveProgramme } from '../../service/usecases/leave-programme.ts';
import { pauseMentoring } from '../../service/usecases/pause-mentoring.ts';
import { pauseParticipation } from '../../service/usecases/pause-participation.ts';
import { runMatching } from '../../service/usecases/run-matching.ts';
import { runRegularMatching } from '../../service/usecases/run-regular-matching.ts';
import { saveMentoring } from '../../service/usecases/save-mentoring.ts';
import { sweepDialogues } from '../../service/usecases/sweep-dialogues.ts';
import { sweepProposals } from '../../service/usecases/sweep-proposals.ts';
import { takeSnapshot } from '../../service/usecases/take-snapshot.ts';
import { viewHome } from '../../service/usecases/view-home.ts';
import { viewReport } from '../../service/usecases/view-report.ts';
import { withdrawOffer } from '../../service/usecases/withdraw-offer.ts';
import { withdrawRequest } from '../../service/usecases/withdraw-request.ts';
import { dayMs, useProgramme } from '../support/programme.ts';

const at = (local: string): Date => DateTime.fromISO(local, { zone: 'Europe/Paris' }).toJSDate();

describe('The follow-up of proposals', () => {
  const programme = useProgramme();
  const sweepAfter = async (days: number): Promise<void> => {
    programme.moveBy(days * dayMs);
    await sweepProposals(programme.ports());
  };
  const kinds = async (): Promise<string[]> => (await programme.notices()).map(([kind]) => kind);

  afterEach('no record failed', () => {
    expect(programme.failures()).to.deep.equal([]);
  });

  it('does nothing before the third day', async () => {
    await programme.propose();
    await sweepAfter(2.9);
    expect(await kinds()).not.to.include('proposal_reminder');
  });

  it('reminds on the third day only the side that has not answered, once', async () => {
    const { mentor, mentee, proposalId } = await programme.propose();
    await answerProposal(programme.ports(), { memberId: mentor.id, proposalId, answer: 'yes' });
    await sweepAfter(3);
    await sweepAfter(0.1);
    expect(await programme.notices('proposal_reminder')).to.deep.equal([['proposal_reminder', mentee.id]]);
  });

  it('reminds again on the sixth day', async () => {
    await programme.propose();
    await sweepAfter(3);
    await sweepAfter(3);
    expect(await programme.notices('proposal_reminder')).to.have.length(4);
  });

  it('lets silence lapse at the first regular run after seven days, frees the place and asks again', async () => {
    const { mentor, mentee, request, proposalId } = await programme.propose();
    for (let day = 0; day < 8; day += 1) await sweepAfter(1);
    // Sent on Monday 09:00; seven days later is Monday again, so Tuesday at six.
    expect(programme.now()).to.deep.equal(at('2026-11-24T09:00'));
    expect((await programme.ports().proposals.find(proposalId))?.status).to.equal('lapsed');
    expect((await programme.ports().members.find(mentor.id))?.held).to.deep.equal([]);
    expect(await programme.ports().requests.find(request.id)).to.include({ status: 'open', lapses: 1 });
    expect(await programme.notices('proposal_lapsed')).to.have.deep.members([
      ['proposal_lapsed', mentee.id],
      ['proposal_lapsed', mentor.id],
    ]);
  });

  it('does not propose the same two again after a lapse', async () => {
    const { request } = await programme.propose();
    for (let day = 0; day < 8; day += 1) await sweepAfter(1);
    await runMatching(programme.ports());
    expect((await programme.ports().requests.find(request.id))?.status).to.equal('open');
  });

  it('sends no month of reminders when the service was away for a month', async () => {
    const { proposalId } = await programme.propose();
    await sweepAfter(31);
    expect(await programme.notices('proposal_reminder')).to.deep.equal([]);
    expect((await programme.ports().proposals.find(proposalId))?.status).to.equal('lapsed');
  });

  it('waits while either lab is closed', async () => {
    programme.moveTo(at('2026-12-21T09:00'));
    const { proposalId } = await programme.propose();
    await sweepAfter(14);
    expect((await programme.ports().proposals.find(proposalId))?.status).to.equal('sent');
  });

  const endings = {
    'the mentor declines': (mentorId: string, _menteeId: string, proposalId: string) =>
      answerProposal(programme.ports(), { memberId: mentorId, proposalId, answer: 'no' }),
    'the mentor pauses': (mentorId: string) =>
      pauseMentoring(programme.ports(), { memberId: mentorId, until: '2027-03-01' }),
    'the mentor pauses everything': (mentorId: string) => pauseParticipation(programme.ports(), { memberId: mentorId }),
    'the mentor has no place left': async (mentorId: string) => {
      const ports = programme.ports();
      await ports.members.confirmPlace(mentorId, 'another pair', programme.now());
      const { offer } = (await ports.members.find(mentorId))!;
      await saveMentoring(ports, { memberId: mentorId, form: { offer: { ...offer!, capacity: 1 } } });
    },
    'the mentor stops offering': (mentorId: string) => withdrawOffer(programme.ports(), { memberId: mentorId }),
    'the mentor leaves': (mentorId: string) => leaveProgramme(programme.ports(), { memberId: mentorId }),
  };
  const asSeenByMentee = async (menteeId: string): Promise<unknown> => {
    const { proposals, request } = await viewHome(programme.ports(), { memberId: menteeId });
    return { proposals: proposals.map(({ view }) => view), request: request?.status };
  };

  it('looks to the mentee the same, at the same hours, whether the mentor declines, pauses, is full or leaves', async () => {
    const histories = await Object.values(endings).reduce<Promise<unknown[]>>(async (before, end) => {
      const done = await before;
      programme.moveTo(at('2026-11-16T09:00'));
      const { mentor, mentee, proposalId } = await programme.propose();
      await end(mentor.id, mentee.id, proposalId);
      const history: unknown[] = [await asSeenByMentee(mentee.id)];
      for (const hour of ['2026-11-16T18:00', '2026-11-17T05:59', '2026-11-17T06:00', '2026-11-17T12:00']) {
        programme.moveTo(at(hour));
        await sweepProposals(programme.ports());
        history.push(await asSeenByMentee(mentee.id));
      }
      const told = (await programme.notices('proposal_lapsed')).filter(([, memberId]) => memberId === mentee.id);
      await withdrawRequest(programme.ports(), { memberId: mentee.id });
      await leaveProgramme(programme.ports(), { memberId: mentor.id });
      return [...done, [...history, told.map(([kind]) => kind)]];
    }, Promise.resolve([]));
    expect(histories).to.have.length(Object.keys(endings).length);
    for (const history of histories) expect(history).to.deep.equal(histories[0]);
    expect(histories[0]).to.deep.equal([
      { proposals: ['waiting_for_you'], request: 'proposed' },
      { proposals: ['waiting_for_you'], request: 'proposed' },
      { proposals: ['waiting_for_you'], request: 'proposed' },
      { proposals: [], request: 'open' },
      { proposals: [], request: 'open' },
      ['proposal_lapsed'],
    ]);
  });

  it('looks to the mentee the same, at the same hours, whether the mentor declines on the last day or stays silent', async () => {
    const histories: unknown[] = [];
    for (const isSilent of [true, false]) {
      programme.moveTo(at('2026-11-16T09:00'));
      const { mentor, mentee, proposalId } = await programme.propose();
      programme.moveTo(at('2026-11-23T08:59'));
      await sweepProposals(programme.ports());
      const answer = { memberId: mentor.id, proposalId, answer: 'no' } as const;
      if (!isSilent) await answerProposal(programme.ports(), answer);
      const history: unknown[] = [];
      for (const hour of ['2026-11-23T09:30', '2026-11-24T05:59', '2026-11-24T06:00', '2026-11-24T12:00']) {
        programme.moveTo(at(hour));
        await sweepProposals(programme.ports());
        history.push(await asSeenByMentee(mentee.id));
      }
      const outbox = await programme.connection().collection('outbox').find({ memberId: mentee.id }).toArray();
      history.push(outbox.map(({ kind, notBefore }) => [String(kind), notBefore as Date]).sort());
      histories.push(history);
      for (const { id } of [mentee, mentor]) await leaveProgramme(programme.ports(), { memberId: id });
    }
    expect(histories[0]).to.deep.equal(histories[1]);
  });

  it('reminds the mentee on the sixth day whatever the mentor did, and never a mentor who declined or paused', async () => {
    const deeds: Record<string, (mentorId: string, proposalId: string) => Promise<unknown>> = {
      'stays silent': () => Promise.resolve(),
      declines: (memberId, proposalId) => answerProposal(programme.ports(), { memberId, proposalId, answer: 'no' }),
      pauses: (memberId) => pauseMentoring(programme.ports(), { memberId, until: '2027-03-01' }),
      'pauses everything': (memberId) => pauseParticipation(programme.ports(), { memberId }),
      leaves: (memberId) => leaveProgramme(programme.ports(), { memberId }),
    };
    for (const [what, deed] of Object.entries(deeds)) {
      programme.moveTo(at('2026-11-20T09:00'));
      const { mentor, mentee, proposalId } = await programme.propose();
      programme.moveTo(at('2026-11-23T09:00'));
      await sweepProposals(programme.ports());
      programme.moveTo(at('2026-11-24T10:00'));
      await deed(mentor.id, proposalId);
      // The sixth day is a Thursday; the next regular run is on Friday.
      for (const hour of ['2026-11-26T09:00', '2026-11-27T05:59']) {
        programme.moveTo(at(hour));
        await sweepProposals(programme.ports());
      }
      const reminded = (await programme.notices('proposal_reminder')).map(([, memberId]) => memberId);
      const times = [mentee, mentor].map(({ id }) => reminded.filter((memberId) => memberId === id).length);
      expect(times, `the mentor ${what}`).to.deep.equal([2, what === 'stays silent' ? 2 : 1]);
      programme.moveTo(at('2026-11-27T06:00'));
      await sweepProposals(programme.ports());
      const { status, lapseAt } = (await programme.ports().proposals.find(proposalId))!;
      expect([status, lapseAt], `the mentor ${what}`).to.deep.equal([
        what === 'stays silent' ? 'sent' : 'lapsed',
        undefined,
      ]);
      await withdrawRequest(programme.ports(), { memberId: mentee.id });
      await leaveProgramme(programme.ports(), { memberId: mentor.id });
    }
  });

  it('ends at the next run after a refusal although the process died before it could say so', async () => {
    programme.moveTo(at('2026-11-20T09:00'));
    const { mentor, mentee, proposalId } = await programme.propose();
    await programme.ports().proposals.answer(proposalId, 'mentor', 'no');
    for (const hour of ['2026-11-23T09:00', '2026-11-24T06:00']) {
      programme.moveTo(at(hour));
      await sweepProposals(programme.ports());
    }
    expect((await programme.ports().proposals.find(proposalId))?.status).to.equal('lapsed');
    expect((await programme.notices('proposal_lapsed')).map(([, to]) => to)).to.have.members([mentor.id, mentee.id]);
  });

  it('tells a mentor the withdrawal of a request in the words and at the hour of any lapse', async () => {
    const { mentee } = await programme.propose();
    await withdrawRequest(programme.ports(), { memberId: mentee.id });
    programme.moveTo(at('2026-11-17T05:59'));
    await sweepProposals(programme.ports());
    expect(await programme.notices('proposal_lapsed')).to.deep.equal([]);
    programme.moveTo(at('2026-11-17T06:00'));
    await sweepProposals(programme.ports());
    expect(await programme.notices('proposal_lapsed')).to.have.length(2);
  });

  it('does a regular run once, however many copies of the service come to it', async () => {
    await programme.joinPair();
    programme.moveTo(at('2026-11-17T06:00'));
    await Promise.all([1, 2, 3].map(() => runRegularMatching(programme.ports())));
    await runRegularMatching(programme.ports());
    expect(await programme.ports().runs.latest(10)).to.have.length(1);
    expect(await programme.notices('proposal_sent')).to.have.length(2);
  });
});

describe('The follow-up of dialogues', () => {
  const programme = useProgramme();
  const introduce = async (): Promise<{ mentorId: string; menteeId: string; dialogueId: string }> => {
    const { mentor, mentee, proposalId } = await programme.propose();
    for (const memberId of [mentor.id, mentee.id]) {
      await answerProposal(programme.ports(), { memberId, proposalId, answer: 'yes' });
    }
    return { mentorId: mentor.id, menteeId: mentee.id, dialogueId: proposalId };
  };
  const sweepOn = async (day: string): Promise<void> => {
    programme.moveTo(at(`${day}T10:00`));
    await sweepDialogues(programme.ports());
  };

  afterEach('no record failed', () => {
    expect(programme.failures()).to.deep.equal([]);
  });

  it('nudges both on the fifth and fourteenth day as long as they have not met', async () => {
    await introduce();
    await sweepOn('2026-11-20');
    expect(await programme.notices('first_meeting_nudge')).to.deep.equal([]);
    await sweepOn('2026-11-21');
    await sweepOn('2026-11-22');
    expect(await programme.notices('first_meeting_nudge')).to.have.length(2);
    await sweepOn('2026-11-30');
    expect(await programme.notices('first_meeting_nudge')).to.have.length(4);
  });

  it('asks on day 21 and closes without contact on day 30, so that both may be matched again', async () => {
    const { mentorId, menteeId, dialogueId } = await introduce();
    await sweepOn('2026-12-07');
    expect(await programme.notices('no_contact_question')).to.have.length(2);
    await sweepOn('2026-12-16');
    expect(await programme.ports().dialogues.find(dialogueId)).to.include({ status: 'closed', closing: 'no_contact' });
    expect((await programme.ports().members.find(mentorId))?.held).to.deep.equal([]);
    expect(await programme.ports().requests.findLive(menteeId)).to.equal(undefined);
  });

  it('freezes the month’s figures once, hidden below five', async () => {
    await introduce();
    expect(await takeSnapshot(programme.ports())).to.equal(true);
    programme.moveTo(at('2026-12-01T02:59'));
    expect(await takeSnapshot(programme.ports())).to.equal(false);
    programme.moveTo(at('2026-12-01T03:00'));
    expect([await takeSnapshot(programme.ports()), await takeSnapshot(programme.ports())]).to.deep.equal([true, false]);
    const { snapshot } = await viewReport(programme.ports());
    expect(snapshot?.period).to.equal('2026-12');
    const cells = snapshot?.rows.flatMap((row) => Object.values(row.cells));
    expect(cells)
      .to.have.length(6 * 7)
      .and.to.satisfy((all: { shown: boolean }[]) => all.every(({ shown }) => !shown));
  });
});
