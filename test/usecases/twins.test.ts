// Two records with an own address in common: a letter to that address alone, and two yeses before one of them ends.
import { expect } from 'chai';
import { charterVersion } from '../../service/domain/charter.ts';
import type { Member } from '../../service/domain/member.ts';
import { tieBetween } from '../../service/domain/tie.ts';
import { twinsDays, twinsId, type TwinsAnswer } from '../../service/domain/twins.ts';
import { dialogueOf, requestOf, type MemberFacts } from '../../service/demo/factories.ts';
import { createLoad } from '../../service/mail/load.ts';
import { answerTwins } from '../../service/usecases/answer-twins.ts';
import { askCoordinator } from '../../service/usecases/ask-coordinator.ts';
import { askExclusion } from '../../service/usecases/ask-exclusion.ts';
import { exclude } from '../../service/usecases/decide-exclusion.ts';
import { exclusionOfArrival } from '../../service/usecases/exclusion-records.ts';
import { exportMyData } from '../../service/usecases/export-my-data.ts';
import { findTwins } from '../../service/usecases/find-twins.ts';
import { sweepTwins } from '../../service/usecases/join-twins.ts';
import { leaveProgramme } from '../../service/usecases/leave-programme.ts';
import type { Ports } from '../../service/usecases/ports.ts';
import { saveProfile } from '../../service/usecases/save-profile.ts';
import { signCharter } from '../../service/usecases/sign-charter.ts';
import { sweepMembers } from '../../service/usecases/sweep-members.ts';
import { viewTwins } from '../../service/usecases/view-twins.ts';
import { dyingAt, Killed } from '../support/dying.ts';
import { aNotice } from '../support/mail.ts';
import { dayMs, useProgramme } from '../support/programme.ts';
import { refusedWith } from '../support/refusals.ts';

const shared = 'ada@shared.example';

describe('Two records with an address in common', () => {
  const programme = useProgramme();
  const ports = (): Ports => programme.ports();
  const hash = (email: string) => ports().hasher.email(email);

  /** Somebody whose letters go to an address, with others of their own. */
  const joined = (email: string, others: string[] = [], facts: MemberFacts = {}): Promise<Member> =>
    programme.join({
      addressProof: 'code',
      ...facts,
      email,
      ties: { supervisors: [], avoid: [], ...facts.ties, self: [email, ...others].map(hash) },
    });
  const find = async (id: string) => (await ports().members.find(id))!;
  const ofDoor = async (personKey: string) => (await ports().members.findByPerson(personKey))?.id;
  const letters = async () => (await programme.notices('twins_found')).map(([, memberId]) => memberId);
  const tokenOf = (one: Member, other: Member): string => ports().hasher.twins(twinsId(one.id, other.id));

  /** The two, told of each other. */
  async function told(facts: { ending?: MemberFacts; kept?: MemberFacts } = {}) {
    const ending = await joined(shared, [], { labId: 'lix', ...facts.ending });
    const kept = await joined('ada@etis.example', [shared], facts.kept);
    await findTwins(ports());
    const token = tokenOf(ending, kept);
    const say = (member: Member, answer: TwinsAnswer, on = ports()) =>
      answerTwins(on, { memberId: member.id, token, answer });
    const see = (member: Member) => viewTwins(ports(), { memberId: member.id, token });
    return { ending, kept, token, say, see };
  }

  it('are written to once, at that address alone, whoever reads which', async () => {
    const [one, other] = [await joined(shared), await joined('ada@etis.example', [shared])];
    await joined('bea@etis.example', ['bea@home.example']);
    // In common, and nobody's letters go there.
    await joined('cleo@etis.example', ['cleo@home.example']);
    await joined('cleo@lix.example', ['cleo@home.example']);
    expect(tieBetween(one, other)).to.equal('same_person');
    for (let turns = 0; turns < 3; turns += 1) await findTwins(ports());
    expect(await letters()).to.deep.equal([one.id]);
    expect(programme.failures()).to.deep.equal([]);
  });

  it('are told by a letter that leaves while it is true, with a link that stands in no record', async () => {
    const { ending, kept, token, say } = await told();
    const load = createLoad({ ...ports(), twinsLink: (secret) => `https://programme.example/${secret}` });
    const notice = aNotice({ kind: 'twins_found', memberId: ending.id, subjectId: twinsId(ending.id, kept.id) });
    const facts = await load(notice);
    expect(facts).to.deep.include({ ownUrl: `https://programme.example/${token}` });
    expect(facts?.addressee.email).to.equal(shared);
    for (const name of ['twins', 'outbox', 'members']) {
      const records = await programme.connection().collection(name).find().toArray();
      expect(JSON.stringify(records), name).to.not.include(token);
    }
    // Their letters go elsewhere now.
    await ports().members.change(ending.id, ['active'], { email: 'else@etis.example' });
    expect(await load(notice)).to.equal(undefined);
    await ports().members.change(ending.id, ['active'], { email: shared });
    await say(kept, 'apart');
    expect(await load(notice)).to.equal(undefined);
  });

  it('know the link only as one of the two', async () => {
    const { kept, token } = await told();
    const stranger = await joined('eve@etis.example');
    for (const link of [
      { memberId: stranger.id, token },
      { memberId: kept.id, token: 'A'.repeat(43) },
    ]) {
      await refusedWith('twins_unknown', viewTwins(ports(), link));
      await refusedWith('twins_unknown', answerTwins(ports(), { ...link, answer: 'end' }));
    }
  });

  it('are joined by two yeses, one of each, and by nothing less', async () => {
    const { ending, kept, say, see } = await told();
    await refusedWith('twins_over', say(kept, 'go_on'));
    expect(await say(ending, 'end')).to.equal('may_end');
    expect(await say(ending, 'end')).to.equal('may_end');
    // The same person cannot give both.
    await refusedWith('twins_over', say(ending, 'go_on'));
    expect([await see(ending), await see(kept)]).to.deep.equal(['may_end', 'may_go_on']);
    await refusedWith('twins_over', say(kept, 'stay'));
    expect([(await find(ending.id)).status, (await find(kept.id)).status]).to.deep.equal(['active', 'active']);
    expect(await say(kept, 'go_on')).to.equal('joined');
    expect(await say(kept, 'go_on')).to.equal('joined');
    expect([(await find(ending.id)).status, (await find(kept.id)).status]).to.deep.equal(['withdrawn', 'active']);
  });

  it('lead by both doors to the one that goes on, which keeps what both declared', async () => {
    const { ending, kept, say } = await told({
      ending: { ties: { avoid: ['avoided there'], supervisors: ['boss there'] } },
      kept: { ties: { avoid: ['avoided here'] } },
    });
    await say(ending, 'end');
    await say(kept, 'go_on');
    for (const person of [ending, kept]) expect(await ofDoor(person.personKey)).to.equal(kept.id);
    const { ties } = await find(kept.id);
    expect(ties.avoid).to.have.members(['avoided here', 'avoided there']);
    expect(ties.supervisors).to.deep.equal(['boss there']);
    expect(ties.self).to.have.members([hash('ada@etis.example'), hash(shared)]);
    // Signing by the other door renews the record, and makes none.
    const signed = await signCharter(ports(), {
      ...{ personKey: ending.personKey, labId: 'lix', locale: 'fr', version: charterVersion, name: 'Ada' },
      ...{ email: 'ada@etis.example', platformEmailHash: hash('ada@lix.example') },
    });
    expect(signed).to.include({ id: kept.id, labId: 'etis' });
    // A platform's word about an address counts in its own lab.
    expect(signed.platformAddress).to.equal(undefined);
    programme.moveBy(15 * dayMs);
    await sweepMembers(ports());
    expect(await ports().members.find(ending.id)).to.equal(undefined);
    expect(await ofDoor(ending.personKey)).to.equal(kept.id);
    expect(await ports().twins.listOf(kept.id)).to.deep.equal([]);
    expect(programme.failures()).to.deep.equal([]);
  });

  it('end for others as when somebody leaves, and leave the one that goes on as it was', async () => {
    const { ending, kept, say } = await told();
    const partner = await programme.join({ labId: 'isir', offer: {}, held: ['their dialogue'] });
    const theirs = dialogueOf({ id: 'their dialogue', menteeId: ending.id, mentorId: partner.id });
    const own = requestOf({ memberId: kept.id });
    await ports().dialogues.insert(theirs);
    await ports().requests.insert(own);
    await say(ending, 'end');
    await say(kept, 'go_on');
    expect(await ports().dialogues.find(theirs.id)).to.include({ status: 'closed', closing: 'ended_early' });
    expect(await programme.notices('dialogue_ended')).to.deep.include(['dialogue_ended', partner.id]);
    expect((await ports().requests.find(own.id))?.status).to.equal('open');
  });

  it('can take a yes back, and stay apart for good, whoever says so', async () => {
    for (const who of ['ending', 'kept'] as const) {
      const twins = await told();
      const { ending, kept, say, see } = twins;
      await say(ending, 'end');
      expect(await say(ending, 'stay')).to.equal('asked');
      await refusedWith('twins_over', say(kept, 'go_on'));
      await say(ending, 'end');
      expect(await say(twins[who], 'apart')).to.equal('apart');
      for (const answer of ['end', 'stay', 'go_on'] as const) await refusedWith('twins_over', say(kept, answer));
      expect([await see(ending), await see(kept)]).to.deep.equal(['apart', 'apart']);
      await findTwins(ports());
      expect((await letters()).filter((id) => id === ending.id)).to.have.length(1);
      for (const { id } of [ending, kept]) await leaveProgramme(ports(), { memberId: id });
    }
  });

  it('have sixty days', async () => {
    const { ending, kept, say, see } = await told();
    await say(ending, 'end');
    programme.moveBy(twinsDays * dayMs);
    expect(await see(kept)).to.equal('may_go_on');
    programme.moveBy(1);
    for (const answer of ['go_on', 'apart'] as const) await refusedWith('twins_over', say(kept, answer));
    expect([await see(ending), await see(kept)]).to.deep.equal(['over', 'over']);
  });

  it('of two answers at once keep one, in twenty trials', async () => {
    for (let trial = 0; trial < 20; trial += 1) {
      const { ending, kept, say } = await told();
      await say(ending, 'end');
      const answers = await Promise.allSettled([say(kept, 'go_on'), say(ending, trial % 2 === 0 ? 'stay' : 'apart')]);
      const isJoined = answers[0].status === 'fulfilled';
      expect(
        answers.filter(({ status }) => status === 'fulfilled'),
        `trial ${trial}`,
      ).to.have.length(1);
      expect((await find(ending.id)).status, `trial ${trial}`).to.equal(isJoined ? 'withdrawn' : 'active');
      expect(await ofDoor(ending.personKey)).to.equal(isJoined ? kept.id : ending.id);
      for (const { id } of [ending, kept]) await leaveProgramme(ports(), { memberId: id });
    }
  });

  it('keep what both declared although a form is saved at the same moment', async () => {
    for (let trial = 0; trial < 8; trial += 1) {
      const { ending, kept, say } = await told({ ending: { ties: { avoid: ['avoided there'] } } });
      await say(ending, 'end');
      const { name, email, profile } = kept;
      const { careerStage, languages, modalities } = profile!;
      const ties = { supervisors: [], avoid: ['nobody@etis.example'], replace: false };
      const save = { memberId: kept.id, name, email, profile: { careerStage, languages, modalities }, ties };
      await Promise.all([say(kept, 'go_on'), saveProfile(ports(), save)]);
      expect((await find(kept.id)).ties.avoid).to.have.members(['avoided there', hash('nobody@etis.example')]);
      for (const { id } of [ending, kept]) await leaveProgramme(ports(), { memberId: id });
    }
  });

  it('are joined whole wherever a crash cuts it off', async () => {
    let survived = false;
    for (let write = 1; !survived; write += 1) {
      expect(write, 'writes of a joining').to.be.below(30);
      const { ending, kept, say } = await told({ ending: { doors: [`earlier door ${write}`] } });
      await ports().requests.insert(requestOf({ memberId: ending.id }));
      await say(ending, 'end');
      const death = await say(kept, 'go_on', dyingAt(ports(), { write })).catch((error: unknown) => error);
      survived = !(death instanceof Killed);
      // Asked again, or swept, or both.
      if (write % 2 === 0) await say(kept, 'go_on');
      for (const sweep of [sweepTwins, sweepMembers]) await sweep(ports());
      await say(kept, 'go_on');
      expect((await find(ending.id)).status, `write ${write}`).to.equal('withdrawn');
      expect(await ports().requests.findLive(ending.id)).to.equal(undefined);
      for (const door of [ending.personKey, `earlier door ${write}`]) expect(await ofDoor(door)).to.equal(kept.id);
      expect(await ports().twins.listUnsettled(10)).to.deep.equal([]);
      await leaveProgramme(ports(), { memberId: kept.id });
    }
    expect(programme.failures()).to.deep.equal([]);
  });

  it('that would hold more than one record can are left as they are, and the person told which list', async () => {
    const many = Array.from({ length: 79 }, (_, at) => `avoided ${at}`);
    const { ending, kept, say } = await told({
      ending: { ties: { avoid: many } },
      kept: { ties: { avoid: ['one more', 'another'] } },
    });
    await say(ending, 'end');
    await refusedWith('ties_full', say(kept, 'go_on'));
    expect((await find(ending.id)).status).to.equal('active');
  });

  it('are no way out of an exclusion, before or after, and the one that ended leads to the other', async () => {
    const excludeBy = async (member: Member): Promise<void> => {
      const coordinator = { role: 'cross_lab_coordinator', labId: member.labId } as const;
      const attempt = `of ${member.id}`;
      const { id: caseId } = await askCoordinator(ports(), { memberId: member.id, labId: member.labId, attempt });
      await askExclusion(ports(), { coordinator, caseId, reason: 'harassment' });
      await exclude(ports(), (await ports().exclusions.listLive()).at(-1)!.id);
    };
    const before = await told();
    await before.say(before.ending, 'end');
    await excludeBy(before.ending);
    await refusedWith('twins_over', before.say(before.kept, 'go_on'));
    expect(await ofDoor(before.ending.personKey)).to.equal(before.ending.id);
    await leaveProgramme(ports(), { memberId: before.kept.id });

    const { ending, kept, say } = await told();
    await say(ending, 'end');
    await say(kept, 'go_on');
    await excludeBy(kept);
    for (const { personKey, labId } of [ending, kept]) {
      expect((await exclusionOfArrival(ports(), { personKey, labId }))?.status).to.equal('in_force');
    }
  });

  it('both go when an exclusion is asked of the one and falls after they were joined', async () => {
    const { ending, kept, say } = await told();
    const coordinator = { role: 'cross_lab_coordinator', labId: 'lix' } as const;
    const { id: caseId } = await askCoordinator(ports(), { memberId: ending.id, labId: 'lix', attempt: 'one' });
    await askExclusion(ports(), { coordinator, caseId, reason: 'harassment' });
    await say(ending, 'end');
    await say(kept, 'go_on');
    await exclude(ports(), (await ports().exclusions.listLive()).at(-1)!.id);
    expect((await find(kept.id)).status).to.equal('excluded');
    expect((await exclusionOfArrival(ports(), ending))?.status).to.equal('in_force');
  });

  it('stand in the export of each with what its own person said', async () => {
    const { ending, kept, say } = await told();
    await say(ending, 'end');
    const exported = async ({ id }: Member) => exportMyData(ports(), { memberId: id });
    expect(await exported(ending)).to.deep.include({
      waysIn: 1,
      sameAddress: [{ status: 'half_said', foundAt: programme.now(), youSaidThisMayEnd: true }],
    });
    expect(await exported(kept)).to.deep.nested.include({
      'keyedHashes.ownAddresses': 2,
      'sameAddress[0].youSaidThisMayEnd': false,
    });
    expect(JSON.stringify(await exported(kept))).to.not.include(ending.id);
  });
});
