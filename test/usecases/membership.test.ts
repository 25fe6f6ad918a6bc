import { expect } from 'chai';
import { requestOf } from '../../service/demo/factories.ts';
import { charterVersion } from '../../service/domain/charter.ts';
import { answerProposal } from '../../service/usecases/answer-proposal.ts';
import { sweepMembers } from '../../service/usecases/sweep-members.ts';
import { exportMyData } from '../../service/usecases/export-my-data.ts';
import { leaveProgramme } from '../../service/usecases/leave-programme.ts';
import { openRequest } from '../../service/usecases/open-request.ts';
import { pauseMentoring } from '../../service/usecases/pause-mentoring.ts';
import { runMatching } from '../../service/usecases/run-matching.ts';
import { saveMentoring } from '../../service/usecases/save-mentoring.ts';
import { saveProfile } from '../../service/usecases/save-profile.ts';
import { signCharter, type Signature } from '../../service/usecases/sign-charter.ts';
import { withdrawOffer } from '../../service/usecases/withdraw-offer.ts';
import { withdrawRequest } from '../../service/usecases/withdraw-request.ts';
import { availabilityOf, offerOf, profileOf } from '../../service/demo/factories.ts';
import { refusedWith } from '../support/refusals.ts';
import { dayMs, useProgramme } from '../support/programme.ts';

const wishes = {
  topics: ['career_project'],
  keptForConversation: false,
  format: 'one_off',
  labPreference: 'any',
} as const;

describe('Membership', () => {
  const programme = useProgramme();
  const sign = (facts: Partial<Signature> = {}) =>
    signCharter(programme.ports(), {
      personKey: 'person',
      labId: 'etis',
      locale: 'fr',
      version: charterVersion,
      name: 'Ada Martin',
      email: 'ada@etis.example',
      ...facts,
    });

  it('begins as a draft when the charter is signed', async () => {
    expect(await sign()).to.include({ status: 'draft', labId: 'etis' });
  });

  it('is one record a person, also when two windows sign at once', async () => {
    const signed = await Promise.all([sign(), sign(), sign()]);
    expect(new Set(signed.map(({ id }) => id)).size).to.equal(1);
  });

  it('refuses a signature under a version that is not in force', async () => {
    await refusedWith('charter_outdated', sign({ version: '2020-01' }));
  });

  it('becomes active with a profile; ties are kept as hashes only, and of own addresses those that count', async () => {
    const draft = await sign({ platformEmailHash: 'hash-of-platform' });
    const ties = {
      team: 'Équipe Données',
      supervisors: ['boss@etis.example'],
      avoid: ['x@lix.example'],
      replace: false,
    };
    const input = { memberId: draft.id, name: 'Ada', email: 'ada@home.example', profile: profileOf(), ties };
    const member = await saveProfile(programme.ports(), input);
    expect(member.status).to.equal('active');
    const { hasher } = programme.ports();
    expect(member.ties).to.deep.equal({
      self: ['hash-of-platform'],
      team: hasher.team('equipe donnees'),
      supervisors: [hasher.email('boss@etis.example')],
      avoid: [hasher.email('x@lix.example')],
    });
  });

  it('adds ties to those declared, or forgets them first when asked to', async () => {
    const member = await programme.join({ ties: { team: 'old', supervisors: ['old'] } });
    const { name, email, profile } = member;
    const save = (replace: boolean) => {
      const ties = { supervisors: ['new@lix.example'], avoid: [], replace };
      return saveProfile(programme.ports(), { memberId: member.id, name, email, profile: profile!, ties });
    };
    expect((await save(false)).ties).to.deep.include({ team: 'old' });
    const after = await save(true);
    expect(after.ties.supervisors).to.have.length(1);
    expect(after.ties).not.to.have.property('team');
  });

  it('is deleted when a draft was never completed in thirty open days', async () => {
    const draft = await sign();
    programme.moveBy(29 * dayMs);
    await sweepMembers(programme.ports());
    expect(await programme.ports().members.find(draft.id)).not.to.equal(undefined);
    programme.moveBy(20 * dayMs);
    await sweepMembers(programme.ports());
    expect(await programme.ports().members.find(draft.id)).to.equal(undefined);
  });

  it('keeps the capacity of a mentor between one and five', async () => {
    const { id: memberId } = await programme.join();
    for (const capacity of [0, 6, 2.5]) {
      await refusedWith(
        'capacity_invalid',
        saveMentoring(programme.ports(), { memberId, form: { offer: offerOf({ capacity }) } }),
      );
    }
    expect(
      (await saveMentoring(programme.ports(), { memberId, form: { offer: offerOf({ capacity: 5 }) } })).offer?.capacity,
    ).to.equal(5);
  });

  it('refuses an offer without a topic or a format', async () => {
    const { id: memberId } = await programme.join();
    const empty = [offerOf({ topics: [], keptForConversation: false }), offerOf({ formats: [] })];
    for (const offer of empty)
      await refusedWith('profile_incomplete', saveMentoring(programme.ports(), { memberId, form: { offer } }));
  });

  it('lets a mentor pause and take the offer up again, keeping it through a change of topics', async () => {
    const { id: memberId } = await programme.join({ offer: {} });
    await pauseMentoring(programme.ports(), { memberId, until: '2027-01-15' });
    const changed = await saveMentoring(programme.ports(), {
      memberId,
      form: { offer: offerOf({ topics: ['conflict'] }) },
    });
    expect(changed.offer?.pausedUntil).to.equal('2027-01-15');
    expect((await pauseMentoring(programme.ports(), { memberId })).offer).not.to.have.property('pausedUntil');
  });

  it('lets a mentor stop offering', async () => {
    const { id: memberId } = await programme.join({ offer: {} });
    expect(await withdrawOffer(programme.ports(), { memberId })).not.to.have.property('offer');
  });

  it('refuses a week that cannot be', async () => {
    const { id: memberId } = await programme.join();
    const availability = availabilityOf({ windows: [{ weekday: 1, from: 600, to: 540 }] });
    await refusedWith('availability_invalid', saveMentoring(programme.ports(), { memberId, form: { availability } }));
  });

  it('saves the week of a member', async () => {
    const { id: memberId } = await programme.join();
    const availability = availabilityOf({ anyTime: true, windows: [] });
    const saved = await saveMentoring(programme.ports(), { memberId, form: { availability } });
    expect(saved.profile?.availability).to.deep.equal(availability);
  });
});

describe('A request', () => {
  const programme = useProgramme();

  it('is one a person at a time, also when it is sent twice at once', async () => {
    const { id: memberId } = await programme.join();
    const twice = await Promise.allSettled([1, 2].map(() => openRequest(programme.ports(), { memberId, wishes })));
    expect(twice.map(({ status }) => status).sort()).to.deep.equal(['fulfilled', 'rejected']);
    await refusedWith('request_already_open', openRequest(programme.ports(), { memberId, wishes }));
  });

  it('is refused without a topic, and with a message that is too long', async () => {
    const { id: memberId } = await programme.join();
    await refusedWith(
      'profile_incomplete',
      openRequest(programme.ports(), { memberId, wishes: { ...wishes, topics: [] } }),
    );
    await refusedWith(
      'message_too_long',
      openRequest(programme.ports(), { memberId, wishes, message: 'x'.repeat(281) }),
    );
  });

  it('is refused to a draft, and to a mentee whose dialogue is under way', async () => {
    const draft = await programme.join({ profile: null });
    await refusedWith('profile_incomplete', openRequest(programme.ports(), { memberId: draft.id, wishes }));
    const { mentor, mentee, proposalId } = await programme.propose();
    for (const memberId of [mentor.id, mentee.id]) {
      await answerProposal(programme.ports(), { memberId, proposalId, answer: 'yes' });
    }
    await refusedWith('dialogue_already_open', openRequest(programme.ports(), { memberId: mentee.id, wishes }));
  });

  it('can be taken back and asked again', async () => {
    const { id: memberId } = await programme.join();
    await openRequest(programme.ports(), { memberId, wishes, message: 'Bonjour' });
    await withdrawRequest(programme.ports(), { memberId });
    await refusedWith('request_not_open', withdrawRequest(programme.ports(), { memberId }));
    expect((await openRequest(programme.ports(), { memberId, wishes })).status).to.equal('open');
  });
});

describe('Leaving', () => {
  const programme = useProgramme();

  it('ends what is under way at once and tells the partner only that the dialogue has ended', async () => {
    const { mentor, mentee, proposalId } = await programme.propose();
    for (const memberId of [mentor.id, mentee.id]) {
      await answerProposal(programme.ports(), { memberId, proposalId, answer: 'yes' });
    }
    await leaveProgramme(programme.ports(), { memberId: mentor.id });
    expect((await programme.ports().dialogues.find(proposalId))?.status).to.equal('closed');
    // Written to both alike, so that the outbox tells nobody who left; whoever left is not written to when it leaves.
    expect(await programme.notices('dialogue_ended')).to.have.deep.members([
      ['dialogue_ended', mentee.id],
      ['dialogue_ended', mentor.id],
    ]);
  });

  it('takes a mentor out of the matching, and lets an open proposal lapse like any other', async () => {
    const { mentor, mentee, proposalId } = await programme.propose();
    await leaveProgramme(programme.ports(), { memberId: mentor.id });
    expect((await runMatching(programme.ports(), { dryRun: true })).places).to.equal(0);
    const late = await answerProposal(programme.ports(), { memberId: mentee.id, proposalId, answer: 'yes' });
    expect(late).to.deep.equal({ view: 'you_answered' });
  });

  it('erases the person within thirty days', async () => {
    const member = await programme.join();
    await programme.ports().requests.insert(requestOf({ memberId: member.id }));
    await leaveProgramme(programme.ports(), { memberId: member.id });
    programme.moveBy(30 * dayMs);
    await sweepMembers(programme.ports());
    expect(await programme.ports().members.find(member.id)).to.equal(undefined);
  });

  it('can be undone by signing again before the erasure', async () => {
    const member = await programme.join();
    await leaveProgramme(programme.ports(), { memberId: member.id });
    const { personKey, labId, locale, name, email } = member;
    const signature = { personKey, labId, locale, name, email, version: charterVersion };
    expect((await signCharter(programme.ports(), signature)).status).to.equal('active');
    programme.moveBy(60 * dayMs);
    await sweepMembers(programme.ports());
    expect(await programme.ports().members.find(member.id)).not.to.equal(undefined);
  });
});

describe('An export', () => {
  const programme = useProgramme();

  it('holds everything of the person and nothing of anybody else', async () => {
    const { mentor, mentee, proposalId } = await programme.propose();
    for (const memberId of [mentor.id, mentee.id]) {
      await answerProposal(programme.ports(), { memberId, proposalId, answer: 'yes' });
    }
    const exported = JSON.stringify(await exportMyData(programme.ports(), { memberId: mentee.id }));
    expect(exported).to.include(mentee.email);
    for (const secret of [mentor.name, mentor.email, mentor.id]) expect(exported).not.to.include(secret);
  });

  it('holds what is over but stored still, and of a renewal one’s own yes only', async () => {
    const { mentor, mentee, proposalId } = await programme.propose();
    const ports = programme.ports();
    for (const memberId of [mentor.id, mentee.id]) {
      await answerProposal(ports, { memberId, proposalId, answer: 'yes' });
    }
    await ports.dialogues.change(proposalId, ['introduced'], { renewal: { mentor: true }, closing: 'ended_early' });
    await leaveProgramme(ports, { memberId: mentor.id });
    const exported = await exportMyData(ports, { memberId: mentee.id });
    expect(exported).to.have.nested.property('dialogues[0].status', 'closed');
    expect(exported).to.have.nested.property('dialogues[0].yesToRenewal', false);
    expect(exported).to.have.nested.property('requests[0].outcome', 'served');
    expect((exported['mails'] as { kind: string }[]).map(({ kind }) => kind)).to.include('dialogue_ended');
    expect(JSON.stringify(exported)).not.to.match(/ended_early/);
  });
});
