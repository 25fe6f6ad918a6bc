// What members may choose at any time: to rest, to go on, to change their mind.
import { expect } from 'chai';
import { charterVersion } from '../../service/domain/charter.ts';
import { type Member } from '../../service/domain/member.ts';
import { untilResumed } from '../../service/domain/mentor-offer.ts';
import { dialogueOf, meetingOf } from '../../service/demo/factories.ts';
import type { Dialogue } from '../../service/domain/dialogue.ts';
import { answerFitCheck } from '../../service/usecases/answer-fit-check.ts';
import { answerProposal } from '../../service/usecases/answer-proposal.ts';
import { askToSign } from '../../service/usecases/ask-to-sign.ts';
import { stayInTouch } from '../../service/usecases/begin-dialogue.ts';
import { changeWishes } from '../../service/usecases/change-wishes.ts';
import { chooseNudges } from '../../service/usecases/choose-nudges.ts';
import { confirmOffer } from '../../service/usecases/confirm-offer.ts';
import { endDialogue } from '../../service/usecases/end-dialogue.ts';
import { holdDialogue, resumeDialogue } from '../../service/usecases/hold-dialogue.ts';
import { mendForgotten } from '../../service/usecases/mend-forgotten.ts';
import { noteVisit } from '../../service/usecases/note-visit.ts';
import { pauseMentoring } from '../../service/usecases/pause-mentoring.ts';
import { pauseParticipation, resumeParticipation } from '../../service/usecases/pause-participation.ts';
import type { Ports } from '../../service/usecases/ports.ts';
import { purgeEnded } from '../../service/usecases/purge-ended.ts';
import { renewDialogue } from '../../service/usecases/renew-dialogue.ts';
import { reopenRequest } from '../../service/usecases/reopen-request.ts';
import { runMatching } from '../../service/usecases/run-matching.ts';
import { signCharter } from '../../service/usecases/sign-charter.ts';
import { sweepDialogues } from '../../service/usecases/sweep-dialogues.ts';
import { sweepMeetings } from '../../service/usecases/sweep-meetings.ts';
import { sweepMembers } from '../../service/usecases/sweep-members.ts';
import { sweepProposals } from '../../service/usecases/sweep-proposals.ts';
import { sweepRequests } from '../../service/usecases/sweep-requests.ts';
import { withdrawRequest } from '../../service/usecases/withdraw-request.ts';
import { refusedWith } from '../support/refusals.ts';
import { dayMs, useProgramme } from '../support/programme.ts';

describe('A member’s choices', () => {
  const programme = useProgramme();

  afterEach('no record failed', () => {
    expect(programme.failures()).to.deep.equal([]);
  });

  async function pair(facts: Partial<Dialogue> = {}): Promise<{ mentorId: string; menteeId: string; id: string }> {
    const now = programme.now();
    const mentor = await programme.join({ labId: 'lix', offer: {}, held: ['the-pair'] });
    const mentee = await programme.join();
    const due = { step: 'begin', at: now };
    const active = { status: 'active', activeSince: now, lastSignAt: now, introducedAt: now, due } as const;
    const ids = { id: 'the-pair', menteeId: mentee.id, mentorId: mentor.id };
    await programme.ports().dialogues.insert(dialogueOf({ ...active, ...ids, ...facts }));
    return { mentorId: mentor.id, menteeId: mentee.id, id: 'the-pair' };
  }
  const found = async (): Promise<Dialogue> => (await programme.ports().dialogues.find('the-pair'))!;
  const later = (days: number): void => {
    programme.moveBy(days * dayMs);
  };

  const sign = ({ personKey, labId, email }: Member): Promise<Member> => {
    const person = { name: 'A', email, locale: 'fr', version: charterVersion } as const;
    return signCharter(programme.ports(), { personKey, labId, ...person });
  };
  /** For a sweep that is overtaken: the act comes between the reading of members and what is done with them. */
  const overtakenBy = (act: () => Promise<unknown>): Ports => {
    const ports = programme.ports();
    const listDue: Ports['members']['listDue'] = async (now, limit) => {
      const read = await ports.members.listDue(now, limit);
      if (read.length > 0) await act();
      return read;
    };
    return { ...ports, members: { ...ports.members, listDue } };
  };

  describe('to pause everything', () => {
    it('takes a mentee out of the matching and keeps the request, until they resume', async () => {
      const { mentee, request } = await programme.joinPair();
      await pauseParticipation(programme.ports(), { memberId: mentee.id });
      expect((await runMatching(programme.ports())).served).to.equal(0);
      await resumeParticipation(programme.ports(), { memberId: mentee.id });
      expect((await runMatching(programme.ports(), { key: 'again' })).served).to.equal(1);
      expect((await programme.ports().requests.find(request.id))?.status).to.equal('proposed');
    });

    it('takes a mentor out of the matching too', async () => {
      const { mentor } = await programme.joinPair();
      await pauseParticipation(programme.ports(), { memberId: mentor.id });
      expect((await runMatching(programme.ports())).served).to.equal(0);
    });

    it('stops acts that need a participant, and is told so', async () => {
      const { mentee } = await programme.joinPair();
      await pauseParticipation(programme.ports(), { memberId: mentee.id });
      await refusedWith('member_paused', pauseParticipation(programme.ports(), { memberId: mentee.id }));
    });

    it('sends nobody who pauses news of their waiting', async () => {
      const { mentee } = await programme.joinPair({ offer: {}, labId: 'lix', status: 'paused' });
      await pauseParticipation(programme.ports(), { memberId: mentee.id });
      later(10);
      await sweepRequests(programme.ports());
      expect(await programme.notices('waiting_news')).to.deep.equal([]);
    });
  });

  describe('to change what they ask for', () => {
    it('keeps the time that the request has waited, and wishes for a run', async () => {
      const { mentee, request } = await programme.joinPair();
      const wishes = { ...request.wishes, topics: ['work_life_balance'] as const };
      await changeWishes(programme.ports(), { memberId: mentee.id, wishes });
      const changed = await programme.ports().requests.find(request.id);
      expect(changed).to.deep.include({ wishes, openedAt: request.openedAt, status: 'open' });
      expect(await programme.ports().wishes.find()).not.to.equal(undefined);
    });

    it('has to wait for the end of a proposal that is under way', async () => {
      const { mentee, request } = await programme.propose();
      const change = changeWishes(programme.ports(), { memberId: mentee.id, wishes: request.wishes });
      await refusedWith('request_not_open', change);
    });

    it('asks again in one click for what a request that expired asked for, once', async () => {
      const { mentee, request } = await programme.joinPair({ labId: 'lix', offer: {}, status: 'paused' });
      later(120);
      await sweepRequests(programme.ports());
      expect(await programme.ports().requests.find(request.id)).to.include({ status: 'closed', outcome: 'expired' });
      const clicks = [1, 2].map(() => reopenRequest(programme.ports(), { memberId: mentee.id }).catch(() => undefined));
      const opened = (await Promise.all(clicks)).filter((one) => one !== undefined);
      expect(opened).to.have.length(1);
      expect(opened[0]).to.deep.include({ wishes: request.wishes, openedAt: programme.now(), status: 'open' });
    });

    it('has nothing to open again after a request that was taken back', async () => {
      const { id: memberId } = await programme.join();
      await refusedWith('not_found', reopenRequest(programme.ports(), { memberId }));
    });
  });

  describe('to confirm an offer', () => {
    it('puts the question off by half a year', async () => {
      const mentor = await programme.join({ offer: {} });
      later(100);
      await noteVisit(programme.ports(), mentor);
      await confirmOffer(programme.ports(), { memberId: mentor.id });
      later(170);
      await sweepMembers(programme.ports());
      expect(await programme.notices('availability_confirm')).to.deep.equal([]);
      // The closure of August does not count.
      later(40);
      await sweepMembers(programme.ports());
      expect(await programme.notices('availability_confirm')).to.have.length(1);
    });

    it('is not what an answer does, but an answer ends the count of silences', async () => {
      const { mentor, proposalId } = await programme.propose({
        labId: 'lix',
        offer: {},
        silent: { count: 1, since: '2026-11-03' },
      });
      await answerProposal(programme.ports(), { memberId: mentor.id, proposalId, answer: 'no' });
      later(30);
      await sweepProposals(programme.ports());
      const after = await programme.ports().members.find(mentor.id);
      expect(after?.silent).to.equal(undefined);
      expect(after?.offer?.pausedUntil).to.equal(undefined);
    });
  });

  describe('to hold a dialogue', () => {
    it('is told to the other person only, without a reason, and ends the questions', async () => {
      const { menteeId, mentorId, id } = await pair();
      await holdDialogue(programme.ports(), { memberId: menteeId, dialogueId: id });
      later(40);
      await sweepDialogues(programme.ports());
      expect(await programme.notices()).to.deep.equal([['dialogue_on_hold', mentorId]]);
    });

    it('is undone by either, as a sign of life', async () => {
      const { menteeId, mentorId, id } = await pair();
      await holdDialogue(programme.ports(), { memberId: menteeId, dialogueId: id });
      later(30);
      await resumeDialogue(programme.ports(), { memberId: mentorId, dialogueId: id });
      expect(await found()).to.deep.include({ status: 'active', lastSignAt: programme.now() });
      expect(await programme.notices('dialogue_resumed')).to.deep.equal([['dialogue_resumed', menteeId]]);
    });

    it('is refused before the two have begun, and after the end', async () => {
      const { menteeId, id } = await pair({ status: 'introduced' });
      const own = { memberId: menteeId, dialogueId: id };
      await refusedWith('not_allowed', holdDialogue(programme.ports(), own));
      await endDialogue(programme.ports(), own);
      await refusedWith('not_allowed', resumeDialogue(programme.ports(), own));
    });

    it('meets an end of the other at the same moment: one of the two counts, and the place is free in the end', async () => {
      for (let round = 0; round < 8; round += 1) {
        const { menteeId, mentorId, id } = await pair();
        await Promise.allSettled([
          holdDialogue(programme.ports(), { memberId: menteeId, dialogueId: id }),
          endDialogue(programme.ports(), { memberId: mentorId, dialogueId: id }),
        ]);
        expect((await found()).status).to.equal('closed');
        expect((await programme.ports().members.find(mentorId))?.held).to.deep.equal([]);
        await programme.connection().collection('dialogues').deleteMany({});
      }
    });
  });

  describe('to stay in touch', () => {
    it('makes an introduced pair an active one, so that nobody nudges or closes', async () => {
      const { menteeId, id } = await pair({ status: 'introduced' });
      await stayInTouch(programme.ports(), { memberId: menteeId, dialogueId: id });
      later(29);
      await sweepDialogues(programme.ports());
      expect(await programme.notices()).to.deep.equal([]);
      expect((await found()).status).to.equal('active');
    });

    it('begins the count of silence anew', async () => {
      const { menteeId, id } = await pair({ plannedEndOn: '2028-01-01' });
      for (let turn = 0; turn < 4; turn += 1) {
        later(40);
        await sweepDialogues(programme.ports());
        await stayInTouch(programme.ports(), { memberId: menteeId, dialogueId: id });
      }
      expect(await programme.notices('inactivity_reminder')).to.deep.equal([]);
      expect(await programme.notices('pulse')).to.have.length(4);
      expect((await found()).status).to.equal('active');
    });
  });

  describe('to answer the question after the first meeting', () => {
    it('is private: what was said is kept nowhere, and the question does not come back', async () => {
      const { menteeId, mentorId, id } = await pair({ firstHeldAt: programme.now() });
      for (const answer of ['go_on', 'unsure'] as const) {
        await answerFitCheck(programme.ports(), { memberId: menteeId, dialogueId: id, answer });
      }
      const stored = JSON.stringify(await programme.connection().collection('dialogues').find({}).toArray());
      expect(stored).not.to.match(/go_on|unsure/);
      later(3);
      await sweepDialogues(programme.ports());
      expect(await programme.notices('fit_check')).to.deep.equal([['fit_check', mentorId]]);
    });

    it('ends the dialogue with "stop", in the words of any end', async () => {
      const { menteeId, mentorId, id } = await pair({ firstHeldAt: programme.now() });
      await answerFitCheck(programme.ports(), { memberId: menteeId, dialogueId: id, answer: 'stop' });
      expect(await found()).to.include({ status: 'closed', closing: 'ended_early' });
      const told = [menteeId, mentorId].map((memberId) => ['dialogue_ended', memberId]);
      expect(await programme.notices()).to.have.deep.members(told);
    });
  });

  describe('to renew a dialogue', () => {
    const plannedEndOn = '2027-05-18';
    const say = (memberId: string): Promise<boolean> =>
      renewDialogue(programme.ports(), { memberId, dialogueId: 'the-pair', plannedEndOn });

    it('takes two yeses, in any order, and tells both the new end once', async () => {
      const { menteeId, mentorId } = await pair({ plannedEndOn });
      expect(await say(menteeId)).to.equal(false);
      expect(await programme.notices()).to.deep.equal([]);
      expect(await say(mentorId)).to.equal(true);
      const { renewal, ...renewed } = await found();
      expect(renewal).to.equal(undefined);
      expect(renewed).to.include({ status: 'active', plannedEndOn: '2027-11-17' });
      expect(await programme.notices('dialogue_renewed')).to.have.length(2);
    });

    it('is extended once when both say yes at the same moment', async () => {
      for (let round = 0; round < 8; round += 1) {
        const { menteeId, mentorId } = await pair({ plannedEndOn });
        const said = await Promise.allSettled([say(menteeId), say(mentorId), say(menteeId), say(mentorId)]);
        expect(said.some((one) => one.status === 'fulfilled' && one.value)).to.equal(true);
        expect((await found()).plannedEndOn).to.equal('2027-11-17');
        await programme.connection().collection('dialogues').deleteMany({});
      }
    });

    it('still goes on after a crash between the second yes and its consequence', async () => {
      await pair({ plannedEndOn, renewal: { mentee: true, mentor: true } });
      programme.moveTo(new Date('2027-05-20T08:00:00Z'));
      await programme.ports().dialogues.change('the-pair', ['active'], { lastSignAt: programme.now() });
      await sweepDialogues(programme.ports());
      expect(await found()).to.include({ status: 'active' });
      expect((await found()).plannedEndOn > '2027-11-01').to.equal(true);
    });

    it('is possible while the dialogue is closing, and ends the closing', async () => {
      const { menteeId, mentorId } = await pair({ plannedEndOn, status: 'closing', closingSince: programme.now() });
      await say(menteeId);
      await say(mentorId);
      expect(await found()).to.include({ status: 'active' });
    });

    it('never passes thirty-six months, and is not for a one-off dialogue', async () => {
      const { menteeId, mentorId } = await pair({ format: 'one_off', plannedEndOn });
      await refusedWith('not_allowed', say(menteeId));
      await programme.connection().collection('dialogues').deleteMany({});
      await pair({ menteeId, mentorId, introducedAt: new Date('2024-08-01T08:00:00Z'), plannedEndOn });
      await say(menteeId);
      await say(mentorId);
      expect((await found()).plannedEndOn).to.equal('2027-08-01');
    });

    it('is refused about an end that is not the one planned any more', async () => {
      const { menteeId } = await pair({ plannedEndOn: '2027-06-30' });
      await refusedWith('dialogue_over', say(menteeId));
    });
  });

  describe('to let a dialogue end', () => {
    it('begins the closing on the morning after the planned end, and asks both at once how it was', async () => {
      await pair({ plannedEndOn: '2026-12-01' });
      programme.moveTo(new Date('2026-12-02T05:00:30Z'));
      await sweepDialogues(programme.ports());
      expect((await found()).status).to.equal('closing');
      programme.moveBy(60_000);
      await sweepDialogues(programme.ports());
      expect(await programme.notices('closing_survey')).to.have.length(2);
      later(7);
      await sweepDialogues(programme.ports());
      expect(await programme.notices('closing_survey')).to.have.length(4);
    });
  });

  describe('to meet', () => {
    const agreed = (startsAt: Date): Promise<boolean> =>
      programme
        .ports()
        .meetings.insert(
          meetingOf({ dialogueId: 'the-pair', status: 'agreed', startsAt, due: { step: 'held', at: startsAt } }),
        );

    it('late keeps a dialogue that would close for want of contact, until the hour has passed', async () => {
      await pair({ status: 'introduced' });
      later(29);
      await agreed(new Date(programme.now().getTime() + 10 * dayMs));
      later(5);
      await sweepDialogues(programme.ports());
      expect((await found()).status).to.equal('introduced');
      later(6);
      await sweepMeetings(programme.ports());
      await sweepDialogues(programme.ports());
      expect((await found()).status).to.equal('active');
    });

    it('is asked about even when the service slept for a week after the meeting', async () => {
      await pair({ status: 'introduced' });
      await agreed(new Date(programme.now().getTime() + dayMs));
      later(9);
      await sweepMeetings(programme.ports());
      await sweepDialogues(programme.ports());
      expect(await programme.notices('fit_check')).to.have.length(2);
    });
  });

  describe('to sign a new charter', () => {
    const old = { version: '2020-01', signedAt: new Date('2026-09-01T08:00:00Z') };

    it('is asked for at once, once a version, and taking part goes on meanwhile', async () => {
      const { mentee } = await programme.joinPair({ labId: 'lix', offer: {}, charter: old });
      await askToSign(programme.ports());
      await askToSign(programme.ports());
      await sweepMembers(programme.ports());
      await sweepMembers(programme.ports());
      expect(await programme.notices('charter_renewal')).to.have.length(1);
      expect(await programme.notices('charter_renewal')).not.to.deep.include(['charter_renewal', mentee.id]);
      expect((await runMatching(programme.ports())).served).to.equal(1);
    });

    it('ends the pause that came of not signing, but no pause of their own', async () => {
      const silent = await programme.join({ charter: old });
      const resting = await programme.join({ charter: old });
      await askToSign(programme.ports());
      await programme.ports().members.change(resting.id, ['active'], { status: 'paused' });
      later(31);
      await sweepMembers(programme.ports());
      for (const member of [silent, resting]) {
        expect((await programme.ports().members.find(member.id))?.status).to.equal('paused');
        await sign(member);
      }
      expect((await programme.ports().members.find(silent.id))?.status).to.equal('active');
      expect((await programme.ports().members.find(resting.id))?.status).to.equal('paused');
    });
  });

  it('to visit is noted by the day only, and puts the erasure off', async () => {
    const member = await programme.join({});
    later(280);
    await sweepMembers(programme.ports());
    expect(await programme.notices('inactive_notice')).to.have.length(1);
    await noteVisit(programme.ports(), (await programme.ports().members.find(member.id))!);
    later(100);
    await sweepMembers(programme.ports());
    const seen = await programme.ports().members.find(member.id);
    expect(seen?.status).to.equal('active');
    expect(seen?.seenOn).to.match(/^\d{4}-\d\d-\d\d$/);
  });

  it('are not ended by an erasure before two notices, even when the service slept for months', async () => {
    const { id } = await programme.join();
    const status = async () => (await programme.ports().members.find(id))?.status;
    later(400);
    await sweepMembers(programme.ports());
    await sweepMembers(programme.ports());
    expect(await programme.notices('inactive_notice')).to.have.length(1);
    later(16);
    await sweepMembers(programme.ports());
    expect(await programme.notices('inactive_notice')).to.have.length(2);
    later(10);
    await sweepMembers(programme.ports());
    expect(await status()).to.equal('active');
    later(6);
    await sweepMembers(programme.ports());
    expect(await status()).to.equal(undefined);
  });

  it('go before a sweep that read the record earlier: who comes back is not erased, who signs not paused', async () => {
    const ports = programme.ports();
    const leaving = await programme.join({ seenOn: '2025-01-01', due: { step: 'erase', at: programme.now() } });
    const old = {
      version: '2020-01',
      signedAt: new Date('2026-09-01T08:00:00Z'),
      askedAt: new Date('2026-09-01T08:00:00Z'),
    };
    const signing = await programme.join({ charter: old, due: { step: 'charter_pause', at: programme.now() } });
    for (const step of ['inactive_1', 'inactive_2']) {
      const key = `inactive_notice:${leaving.id}:${leaving.id}:${step}.2025-01-01`;
      const about = { kind: 'inactive_notice', memberId: leaving.id, subjectId: leaving.id } as const;
      await ports.outbox.enqueue({ key, ...about, notBefore: new Date(programme.now().getTime() - 20 * dayMs) });
    }
    const overtaken = overtakenBy(async () => {
      await noteVisit(ports, leaving);
      await sign(signing);
    });
    await sweepMembers(overtaken);
    expect(await ports.members.find(leaving.id)).to.include({ status: 'active' });
    expect((await ports.members.find(signing.id))?.charter.version).to.equal(charterVersion);
    expect(await ports.members.find(signing.id)).to.include({ status: 'active' });
  });

  it('to come back while the record is being erased lose nothing but what was said: nobody is erased half', async () => {
    const ports = programme.ports();
    const member = await programme.join({ status: 'withdrawn', due: { step: 'erase', at: programme.now() } });
    await ports.outbox.enqueue({
      ...({ key: 'a letter', kind: 'dialogue_ended', memberId: member.id, subjectId: 'a dialogue' } as const),
      notBefore: programme.now(),
    });
    await sweepMembers(overtakenBy(() => sign(member)));
    expect((await ports.members.find(member.id))?.status).to.equal('active');
    expect(await programme.notices()).to.deep.equal([['dialogue_ended', member.id]]);
  });

  it('to leave are carried out by the next sweep when a crash came in between', async () => {
    const { menteeId, mentorId, id } = await pair();
    const gone = { status: 'withdrawn', offer: null, due: { step: 'leaving', at: programme.now() } } as const;
    await programme.ports().members.change(mentorId, ['active'], gone);
    await sweepMembers(programme.ports());
    expect((await found()).status).to.equal('closed');
    expect((await programme.ports().members.find(mentorId))?.due?.step).to.equal('erase');
    expect(await programme.notices('dialogue_ended')).to.deep.include(['dialogue_ended', menteeId]);
    expect(id).to.equal('the-pair');
  });

  it('leave nothing one-sided behind: of a renewal and a fit check nothing is kept when a dialogue is over', async () => {
    const { menteeId, id } = await pair({ renewal: { mentee: true }, fitAnswered: { mentor: true } });
    await endDialogue(programme.ports(), { memberId: menteeId, dialogueId: id });
    expect(await found()).not.to.have.any.keys('renewal', 'fitAnswered');
  });

  it('to hold by two clicks at once are told once', async () => {
    const { menteeId, id } = await pair();
    await Promise.allSettled([1, 2].map(() => holdDialogue(programme.ports(), { memberId: menteeId, dialogueId: id })));
    expect(await programme.notices('dialogue_on_hold')).to.have.length(1);
  });

  it('to rest over the notice of the planned end bring it when the dialogue goes on', async () => {
    const { menteeId, id } = await pair({ plannedEndOn: '2027-02-01', format: 'six_months' });
    await holdDialogue(programme.ports(), { memberId: menteeId, dialogueId: id });
    later(55);
    await resumeDialogue(programme.ports(), { memberId: menteeId, dialogueId: id });
    await sweepDialogues(programme.ports());
    expect(await programme.notices('end_notice')).to.have.length(2);
  });

  it('to resume wait for the signature where that is what is missing', async () => {
    const paused = await programme.join({
      status: 'paused',
      charter: { version: '2020-01', signedAt: programme.now() },
    });
    await refusedWith('charter_outdated', resumeParticipation(programme.ports(), { memberId: paused.id }));
  });

  it('to pause until a day wish for a matching run on that day', async () => {
    const { id: memberId } = await programme.join({ offer: {} });
    await pauseMentoring(programme.ports(), { memberId, until: '2026-12-01' });
    later(10);
    await sweepMembers(programme.ports());
    expect(await programme.ports().wishes.find()).to.equal(undefined);
    later(5);
    await sweepMembers(programme.ports());
    expect(await programme.ports().wishes.find()).not.to.equal(undefined);
  });

  it('to take a request back leave nothing of it after ninety days', async () => {
    const { mentee, request } = await programme.joinPair();
    await withdrawRequest(programme.ports(), { memberId: mentee.id });
    later(89);
    await purgeEnded(programme.ports());
    expect(await programme.ports().requests.find(request.id)).not.to.equal(undefined);
    later(2);
    await purgeEnded(programme.ports());
    expect(await programme.ports().requests.find(request.id)).to.equal(undefined);
  });

  it('to do without nudges is kept until they want them again', async () => {
    const { id: memberId } = await programme.join();
    await chooseNudges(programme.ports(), { memberId, on: false });
    expect((await programme.ports().members.find(memberId))?.nudgesOff).to.equal(true);
    await chooseNudges(programme.ports(), { memberId, on: true });
    expect((await programme.ports().members.find(memberId))?.nudgesOff).to.equal(undefined);
  });

  it('to be paused as a mentor after two silences is undone in one click', async () => {
    const { mentor } = await programme.propose({ labId: 'lix', offer: {}, silent: { count: 1, since: '2026-11-03' } });
    later(9);
    await sweepProposals(programme.ports());
    expect((await programme.ports().members.find(mentor.id))?.offer?.pausedUntil).to.equal(untilResumed);
  });

  it('of an earlier version of the programme are not forgotten: what lacks a due instant gets one', async () => {
    const { mentor, mentee, proposalId } = await programme.propose();
    await pair({ menteeId: 'other-mentee', mentorId: 'other-mentor' });
    for (const name of ['members', 'requests', 'proposals', 'dialogues']) {
      await programme
        .connection()
        .collection(name)
        .updateMany({}, { $unset: { due: 1 } });
    }
    await mendForgotten(programme.ports());
    const records = [
      await programme.ports().members.find(mentor.id),
      await programme.ports().members.find(mentee.id),
      await programme.ports().proposals.find(proposalId),
      await found(),
    ];
    for (const record of records) expect(record?.due?.at.getTime()).to.be.greaterThan(programme.now().getTime());
  });
});
