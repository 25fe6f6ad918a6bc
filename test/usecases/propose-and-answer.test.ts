import { expect } from 'chai';
import { memberOf, offerOf, proposalOf, requestOf } from '../../service/demo/factories.ts';
import { MentoringError } from '../../service/domain/errors.ts';
import { answerProposal } from '../../service/usecases/answer-proposal.ts';
import { leaveProgramme } from '../../service/usecases/leave-programme.ts';
import { pauseMentoring } from '../../service/usecases/pause-mentoring.ts';
import type { Ports } from '../../service/usecases/ports.ts';
import { runMatching } from '../../service/usecases/run-matching.ts';
import { saveMentoring } from '../../service/usecases/save-mentoring.ts';
import { saveProfile } from '../../service/usecases/save-profile.ts';
import { settleProposals } from '../../service/usecases/settle-proposals.ts';
import { sweepProposals } from '../../service/usecases/sweep-proposals.ts';
import { viewDialogue } from '../../service/usecases/view-dialogue.ts';
import { viewHome } from '../../service/usecases/view-home.ts';
import { viewProposal } from '../../service/usecases/view-proposal.ts';
import { withdrawRequest } from '../../service/usecases/withdraw-request.ts';
import { refusedWith } from '../support/refusals.ts';
import { dayMs, useProgramme } from '../support/programme.ts';

describe('Proposing and answering', () => {
  const programme = useProgramme();
  const answer = (memberId: string, proposalId: string, said: 'yes' | 'no') =>
    answerProposal(programme.ports(), { memberId, proposalId, answer: said });

  it('proposes a mentee and a mentor who fit to each other, takes a place and tells both', async () => {
    const { mentor, mentee, proposalId } = await programme.propose();
    const stored = await programme.ports().members.find(mentor.id);
    expect(stored?.held).to.deep.equal([proposalId]);
    expect(await programme.notices('proposal_sent')).to.have.deep.members([
      ['proposal_sent', mentee.id],
      ['proposal_sent', mentor.id],
    ]);
  });

  it('shows a card without name, address or lab before two yeses', async () => {
    const { mentor, mentee, proposalId } = await programme.propose();
    const card = JSON.stringify(await viewProposal(programme.ports(), { memberId: mentee.id, proposalId }));
    for (const secret of [mentor.name, mentor.email, mentor.id, 'lix']) expect(card).not.to.include(secret);
  });

  it('tells nobody else that a proposal exists', async () => {
    const { proposalId } = await programme.propose();
    const stranger = await programme.join();
    await refusedWith('not_found', viewProposal(programme.ports(), { memberId: stranger.id, proposalId }));
    await refusedWith('not_found', answer(stranger.id, proposalId, 'yes'));
  });

  it('introduces the two when both have said yes, with name, address and lab', async () => {
    const { mentor, mentee, request, proposalId } = await programme.propose();
    expect(await answer(mentor.id, proposalId, 'yes')).to.deep.equal({ view: 'you_answered' });
    expect(await answer(mentee.id, proposalId, 'yes')).to.deep.equal({ view: 'confirmed', dialogueId: proposalId });
    const view = await viewDialogue(programme.ports(), { memberId: mentee.id, dialogueId: proposalId });
    const { name, email } = mentor;
    expect(view.partner).to.deep.equal({ name, email, labId: 'lix', nameIsChosen: false });
    expect((await programme.ports().requests.find(request.id))?.status).to.equal('matched');
    expect(await programme.notices('dialogue_introduced')).to.have.length(2);
  });

  it('shows one side nothing of what the other answered', async () => {
    const { mentor, mentee, proposalId } = await programme.propose();
    const before = await viewProposal(programme.ports(), { memberId: mentee.id, proposalId });
    await answer(mentor.id, proposalId, 'yes');
    const afterYes = await viewProposal(programme.ports(), { memberId: mentee.id, proposalId });
    await answer(mentor.id, proposalId, 'no');
    const afterNo = await viewProposal(programme.ports(), { memberId: mentee.id, proposalId });
    expect([afterYes, afterNo]).to.deep.equal([before, before]);
  });

  it('refuses a second yes of the same side', async () => {
    const { mentor, proposalId } = await programme.propose();
    await answer(mentor.id, proposalId, 'yes');
    await refusedWith('proposal_already_answered', answer(mentor.id, proposalId, 'yes'));
  });

  it('lets a person change a yes into a no as long as the other has not said yes', async () => {
    const { mentor, mentee, proposalId } = await programme.propose();
    await answer(mentor.id, proposalId, 'yes');
    await answer(mentor.id, proposalId, 'no');
    expect(await answer(mentee.id, proposalId, 'yes')).to.deep.equal({ view: 'you_answered' });
    expect(await programme.ports().dialogues.find(proposalId)).to.equal(undefined);
  });

  it('keeps two apart who declared a tie after they were proposed, without telling', async () => {
    const { mentor, mentee, proposalId } = await programme.propose({
      ties: { self: [programme.ports().hasher.email('mentor@lix.example')] },
    });
    await answer(mentor.id, proposalId, 'yes');
    const { name, email, profile } = mentee;
    const ties = { supervisors: [], avoid: ['Mentor@lix.example'], replace: false };
    await saveProfile(programme.ports(), { memberId: mentee.id, name, email, profile: profile!, ties });
    expect(await answer(mentee.id, proposalId, 'yes')).to.deep.equal({ view: 'you_answered' });
    expect(await programme.ports().dialogues.find(proposalId)).to.equal(undefined);
  });

  describe('when a yes may lead to nothing', () => {
    const [ofMentor, ofMentee] = ['mentor@lix.example', 'mentee@etis.example'];
    const known = (email: string) => ({ email, ties: { self: [programme.ports().hasher.email(email)] } });
    const proposeKnown = async () => {
      const pair = await programme.propose(known(ofMentor));
      const { email, ties } = known(ofMentee);
      await programme
        .ports()
        .members.change(pair.mentee.id, ['active'], { email, ties: { ...pair.mentee.ties, ...ties } });
      return pair;
    };
    const avoid = async (memberId: string, whom: string): Promise<void> => {
      const { name, email, profile } = (await programme.ports().members.find(memberId))!;
      const ties = { supervisors: [], avoid: [whom], replace: false };
      await saveProfile(programme.ports(), { memberId, name, email, profile: profile!, ties });
    };
    const losePlace = async (mentorId: string, proposalId: string): Promise<void> => {
      await programme.ports().members.change(mentorId, ['active'], { offer: null });
      await programme.ports().members.releasePlace(mentorId, proposalId);
    };
    /** As any yes that waits for the other side: kept, shown, and at the next run told like any lapse. */
    const expectKept = async (memberId: string, proposalId: string): Promise<void> => {
      expect(await answer(memberId, proposalId, 'yes')).to.deep.equal({ view: 'you_answered' });
      const { view, yourAnswer } = await viewProposal(programme.ports(), { memberId, proposalId });
      expect([view, yourAnswer]).to.deep.equal(['you_answered', 'yes']);
      await refusedWith('proposal_already_answered', answer(memberId, proposalId, 'yes'));
    };
    const expectLapse = async (proposalId: string): Promise<void> => {
      programme.moveTo(new Date('2026-11-17T04:59:59Z'));
      await sweepProposals(programme.ports());
      expect((await programme.ports().proposals.find(proposalId))?.status).to.equal('half_accepted');
      programme.moveTo(new Date('2026-11-17T05:00:00Z'));
      await sweepProposals(programme.ports());
      expect((await programme.ports().proposals.find(proposalId))?.status).to.equal('lapsed');
      expect(await programme.ports().dialogues.find(proposalId)).to.equal(undefined);
      expect(await programme.notices('proposal_lapsed')).to.have.length(2);
    };

    for (const first of ['mentor', 'mentee'] as const) {
      for (const cautious of ['mentor', 'mentee'] as const) {
        it(`keeps the yes of both, the ${first} first, though the ${cautious} avoids the other, and they do not meet`, async () => {
          const pair = await proposeKnown();
          await avoid(pair[cautious].id, cautious === 'mentor' ? ofMentee : ofMentor);
          const second = pair[first === 'mentor' ? 'mentee' : 'mentor'];
          await expectKept(pair[first].id, pair.proposalId);
          const { view } = await viewProposal(programme.ports(), { memberId: second.id, proposalId: pair.proposalId });
          expect(view).to.equal('waiting_for_you');
          await expectKept(second.id, pair.proposalId);
          await expectLapse(pair.proposalId);
        });
      }
    }

    it('keeps the mentee’s yes although the mentor has lost the place, and does not end before the next run', async () => {
      const { mentor, mentee, proposalId } = await proposeKnown();
      await answer(mentor.id, proposalId, 'yes');
      await losePlace(mentor.id, proposalId);
      await expectKept(mentee.id, proposalId);
      await expectLapse(proposalId);
    });
  });

  for (const side of ['mentee', 'mentor'] as const) {
    it(`opens no dialogue with a ${side} who leaves while both say yes, and holds no place, in twelve trials`, async () => {
      for (let trial = 0; trial < 12; trial += 1) {
        const { mentor, mentee, proposalId } = await programme.propose();
        const [gone, other] = side === 'mentee' ? [mentee, mentor] : [mentor, mentee];
        const quietly = (error: unknown): void => {
          if (!(error instanceof MentoringError)) throw error;
        };
        await Promise.all([
          answer(mentee.id, proposalId, 'yes').catch(quietly),
          leaveProgramme(programme.ports(), { memberId: gone.id }),
          answer(mentor.id, proposalId, 'yes').catch(quietly),
        ]);
        expect(await programme.ports().dialogues.listOpenOf(gone.id), `trial ${trial}`).to.deep.equal([]);
        // What was not answered in time ends like any refusal, at a regular run; nothing may be left over after it.
        programme.moveBy(8 * dayMs);
        await sweepProposals(programme.ports());
        programme.moveBy(11 * 60_000);
        await settleProposals(programme.ports());
        expect(await programme.ports().dialogues.listOpenOf(other.id), `trial ${trial}`).to.deep.equal([]);
        const held = await programme.ports().members.findMany([mentor.id, mentee.id]);
        expect(
          held.flatMap((one) => one.held),
          `trial ${trial}`,
        ).to.deep.equal([]);
        // Nobody is left to be matched in the next trial.
        await programme.ports().members.change(other.id, ['active'], { status: 'paused' });
      }
    });
  }

  it('never proposes somebody to themselves, though they have an account in each of two labs', async () => {
    const [address] = ['hash of the address that both accounts have'];
    const mentor = await programme.join({ labId: 'lix', offer: {}, ties: { self: [address, 'another'] } });
    const mentee = await programme.join({ labId: 'etis', ties: { self: ['a third', address] } });
    await programme.ports().requests.insert(requestOf({ memberId: mentee.id }));
    await runMatching(programme.ports());
    expect(await programme.ports().proposals.listLiveOf(mentee.id)).to.deep.equal([]);
    expect(await programme.ports().proposals.listLiveOf(mentor.id)).to.deep.equal([]);
  });

  it('makes exactly one dialogue of 64 acceptances that reach a mentor with one free place at once', async () => {
    const { ports } = programme;
    const mentor = await programme.join({ labId: 'lix', offer: { capacity: 1 } });
    const proposals = await Promise.all(
      Array.from({ length: 64 }, async () => {
        const mentee = await programme.join();
        const request = requestOf({ memberId: mentee.id, status: 'proposed' });
        const pair = { menteeId: mentee.id, mentorId: mentor.id, requestId: request.id };
        const proposal = proposalOf({ ...pair, status: 'half_accepted', answers: { mentee: 'yes' } });
        await ports().requests.insert({ ...request, proposalId: proposal.id });
        await ports().proposals.insert(proposal);
        return proposal;
      }),
    );
    const answers = await Promise.allSettled(proposals.map(({ id }) => answer(mentor.id, id, 'yes')));
    const confirmed = answers.filter((one) => one.status === 'fulfilled' && one.value.view === 'confirmed');
    const refused = answers.filter((one) => one.status === 'rejected' && one.reason instanceof MentoringError);
    expect([confirmed.length, refused.length]).to.deep.equal([1, 63]);
    expect(await ports().dialogues.listOpenOf(mentor.id)).to.have.length(1);
    expect((await ports().members.find(mentor.id))?.held).to.have.length(1);
  });

  it('makes one dialogue of 32 clicks on yes from both sides at once', async () => {
    const { mentor, mentee, proposalId } = await programme.propose();
    const clicks = Array.from({ length: 32 }, (_, index) =>
      answer(index % 2 ? mentor.id : mentee.id, proposalId, 'yes'),
    );
    const answers = await Promise.allSettled(clicks);
    const confirmed = answers.filter((one) => one.status === 'fulfilled' && one.value.view === 'confirmed');
    expect(confirmed).to.have.length(1);
    expect(await programme.ports().dialogues.listOpenOf(mentee.id)).to.have.length(1);
  });

  it('proposes nobody twice when two runs of the matching meet', async () => {
    const { ports } = programme;
    for (let index = 0; index < 6; index += 1) await programme.join({ labId: 'lix', offer: { capacity: 2 } });
    for (let index = 0; index < 10; index += 1) {
      const mentee = await programme.join();
      await ports().requests.insert(requestOf({ memberId: mentee.id }));
    }
    const runs = await Promise.all([runMatching(ports()), runMatching(ports(), { seed: 7 })]);
    const proposed = runs.reduce((sum, run) => sum + run.proposed, 0);
    expect(proposed).to.be.at.most(10);
    const mentors = (await ports().members.listHeld(new Date(programme.now().getTime() + 1))).map(
      ({ mentorId }) => mentorId,
    );
    expect(mentors).to.have.length(proposed);
    for (const mentorId of new Set(mentors)) expect(mentors.filter((id) => id === mentorId).length).to.be.at.most(2);
    const again = await runMatching(ports());
    expect(proposed + again.proposed).to.equal(10);
  });

  it('writes nothing in a dry run and tells what a run would do', async () => {
    const { mentor } = await programme.joinPair();
    const report = await runMatching(programme.ports(), { dryRun: true });
    expect([report.served, report.proposed]).to.deep.equal([1, 0]);
    expect((await programme.ports().members.find(mentor.id))?.held).to.deep.equal([]);
    expect(await programme.notices()).to.deep.equal([]);
    expect(await programme.ports().runs.latest(5)).to.deep.equal([]);
  });

  it('never proposes a pair with a tie, a shared team or an avoid list, whoever declared it', async () => {
    const ties = [{ supervisors: ['boss'] }, { avoid: ['boss'] }, { team: 'team' }];
    for (const declared of ties) {
      // A team counts within its lab; a supervisor, or somebody to keep away from, in any.
      const mentee = await programme.join({ labId: 'team' in declared ? 'lix' : 'etis', ties: declared });
      await programme.ports().requests.insert(requestOf({ memberId: mentee.id }));
    }
    await programme.join({ labId: 'lix', offer: { capacity: 5 }, ties: { self: ['boss'], team: 'team' } });
    expect((await runMatching(programme.ports())).served).to.equal(0);
  });

  it('proposes nobody to whom one of the two declared a tie between the matching and the proposal', async () => {
    const { mentor, mentee, request } = await programme.joinPair();
    const ports = programme.ports();
    const between: Ports = {
      ...ports,
      members: {
        ...ports.members,
        holdPlaces: async (places, at) => {
          await ports.members.change(mentee.id, ['active'], { ties: { ...mentee.ties, avoid: mentor.ties.self } });
          return ports.members.holdPlaces(places, at);
        },
      },
    };
    await runMatching(between);
    expect(await programme.notices('proposal_sent')).to.deep.equal([]);
    expect(await ports.requests.find(request.id)).to.include({ status: 'open', lapses: 0 });
    expect((await ports.members.find(mentor.id))?.held).to.deep.equal([]);
  });

  it('skips a mentor who paused between the matching and the proposal', async () => {
    const { ports } = programme;
    const { mentor, request } = await programme.joinPair();
    const hasty = {
      ...ports(),
      matcher: async (...args: Parameters<ReturnType<typeof ports>['matcher']>) => {
        const result = await ports().matcher(...args);
        await pauseMentoring(ports(), { memberId: mentor.id, until: '2027-01-01' });
        return result;
      },
    };
    expect(await runMatching(hasty)).to.include({ proposed: 0, skipped: 1 });
    expect((await ports().requests.find(request.id))?.status).to.equal('open');
  });

  it('lets a mentee take the request back, and tells the mentor nothing before the next run', async () => {
    const { mentor, mentee, proposalId } = await programme.propose();
    await withdrawRequest(programme.ports(), { memberId: mentee.id });
    const home = await viewHome(programme.ports(), { memberId: mentor.id });
    expect(home.proposals.map(({ id, view }) => [id, view])).to.deep.equal([[proposalId, 'waiting_for_you']]);
    expect(await answer(mentor.id, proposalId, 'yes')).to.deep.equal({ view: 'you_answered' });
    expect(await programme.ports().dialogues.find(proposalId)).to.equal(undefined);
  });

  it('gives up the newest proposals of a mentor who lowers the capacity below them, like any refusal', async () => {
    const { ports } = programme;
    const mentor = await programme.join({ labId: 'lix', offer: { capacity: 2 } });
    for (let place = 0; place < 2; place += 1) {
      const mentee = await programme.join();
      await ports().requests.insert(requestOf({ memberId: mentee.id }));
      await runMatching(ports());
      programme.moveBy(60_000);
    }
    await saveMentoring(ports(), { memberId: mentor.id, form: { offer: offerOf({ capacity: 1 }) } });
    const live = await ports().proposals.listLiveOf(mentor.id);
    expect(live.map(({ answers, due }) => [answers.mentor, due?.step])).to.deep.equal([
      [undefined, 'reminder_1'],
      ['no', 'lapse'],
    ]);
  });

  it('refuses a yes of a member who has not signed the charter in force', async () => {
    const { mentor, proposalId } = await programme.propose();
    const outdated = { version: '2020-01', signedAt: memberOf().createdAt };
    await programme.ports().members.change(mentor.id, ['active'], { charter: outdated });
    await refusedWith('charter_not_signed', answer(mentor.id, proposalId, 'yes'));
  });
});
