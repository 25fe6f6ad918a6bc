// Two records with an own address in common: a letter to that address alone, and two yeses before one of them ends.
import { setTimeout as pause } from 'node:timers/promises';
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
import { closeDoors } from '../../service/usecases/close-doors.ts';
import { exclude, liftExclusion } from '../../service/usecases/decide-exclusion.ts';
import { exclusionOfArrival } from '../../service/usecases/exclusion-records.ts';
import { exportMyData } from '../../service/usecases/export-my-data.ts';
import { findTwins } from '../../service/usecases/find-twins.ts';
import { sweepTwins } from '../../service/usecases/sweep-twins.ts';
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
import { rounds } from '../support/rounds.ts';

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

  /** A minute later, what a crash has left half joined is carried out. */
  async function sweepAll(): Promise<void> {
    programme.moveBy(61_000);
    for (const sweep of [sweepTwins, sweepMembers]) await sweep(ports());
  }
  const asks = async (member: Member): Promise<string> => {
    const coordinator = { role: 'cross_lab_coordinator', labId: member.labId } as const;
    const attempt = `of ${member.id} at ${programme.now().toISOString()}`;
    const { id: caseId } = await askCoordinator(ports(), { memberId: member.id, labId: member.labId, attempt });
    await askExclusion(ports(), { coordinator, caseId, reason: 'harassment' });
    return (await ports().exclusions.listLive()).at(-1)!.id;
  };
  const isKeptOut = async ({ personKey, labId }: Pick<Member, 'personKey' | 'labId'>): Promise<boolean> =>
    (await exclusionOfArrival(ports(), { personKey, labId }))?.status === 'in_force';
  const sign = (member: Member): Promise<Member> =>
    signCharter(ports(), {
      ...{ personKey: member.personKey, labId: member.labId, locale: 'fr', version: charterVersion, name: 'Ada' },
      email: member.email,
    });
  /** Three with one address, the letters of two of whom go there. */
  const three = async (): Promise<[Member, Member, Member]> => {
    const all: [Member, Member, Member] = [
      await joined(shared),
      await joined(shared, ['b@etis.example']),
      await joined('c@etis.example', [shared], { ties: { avoid: ['avoided by the third'] } }),
    ];
    await findTwins(ports());
    return all;
  };
  const sayOf = (member: Member, other: Member, answer: TwinsAnswer) =>
    answerTwins(ports(), { memberId: member.id, token: tokenOf(member, other), answer });
  const statesOf = async (...members: Member[]) => Promise.all(members.map(async ({ id }) => (await find(id)).status));

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

  const answersAtOnce = rounds({ short: 6, long: 100 });
  it(`of two answers at once keep one, in ${answersAtOnce} trials`, async () => {
    for (let trial = 0; trial < answersAtOnce; trial += 1) {
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
      const { ending, kept, say } = await told({
        ending: { doors: [{ personKey: `earlier door ${write}`, labId: 'stms' }] },
      });
      await ports().requests.insert(requestOf({ memberId: ending.id }));
      await say(ending, 'end');
      const death = await say(kept, 'go_on', dyingAt(ports(), { write })).catch((error: unknown) => error);
      survived = !(death instanceof Killed);
      // Asked again, or swept, or both.
      if (write % 2 === 0) await say(kept, 'go_on');
      await sweepAll();
      await say(kept, 'go_on');
      expect((await find(ending.id)).status, `write ${write}`).to.equal('withdrawn');
      expect(await ports().requests.findLive(ending.id)).to.equal(undefined);
      for (const door of [ending.personKey, `earlier door ${write}`]) expect(await ofDoor(door)).to.equal(kept.id);
      expect(await ports().twins.listJoining(new Date(8e15), 10)).to.deep.equal([]);
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

  it('are no way out of an exclusion, whenever it is asked for, decided or undone', async () => {
    const before = await told();
    await before.say(before.ending, 'end');
    await exclude(ports(), await asks(before.ending));
    await refusedWith('twins_over', before.say(before.kept, 'go_on'));
    expect(await ofDoor(before.ending.personKey)).to.equal(before.ending.id);
    await leaveProgramme(ports(), { memberId: before.kept.id });

    // Afterwards; a second account that the platform of the one that ended knows by the same address is meant too.
    const after = await told({ ending: { platformAddress: hash('ada@lix.example') } });
    await after.say(after.ending, 'end');
    await after.say(after.kept, 'go_on');
    await exclude(ports(), await asks(after.kept));
    for (const door of [after.ending, after.kept]) expect(await isKeptOut(door)).to.equal(true);
    const second = { personKey: 'second account', labId: 'lix', platformEmailHash: hash('ada@lix.example') };
    expect((await exclusionOfArrival(ports(), second))?.status).to.equal('in_force');
  });

  for (const days of [0, 15]) {
    it(`both go when an exclusion of the one was asked before and falls ${days} days after they were joined`, async () => {
      const { ending, kept, say } = await told();
      const id = await asks(ending);
      await say(ending, 'end');
      await say(kept, 'go_on');
      programme.moveBy(days * dayMs);
      await sweepMembers(ports());
      await exclude(ports(), id);
      expect((await find(kept.id)).status).to.equal('excluded');
      for (const door of [ending, kept]) expect(await isKeptOut(door)).to.equal(true);
    });
  }

  // Twenty: each of five pauses with each of four.
  const exclusions = rounds({ short: 20, long: 200 });
  it(`and an exclusion that falls while they are joined leave no door open, in ${exclusions} trials and in the worst order`, async () => {
    for (let trial = 0; trial <= exclusions; trial += 1) {
      const { ending, kept, say } = await told();
      const id = await asks(kept);
      await say(ending, 'end');
      const joining = () => say(kept, 'go_on').catch((error: unknown) => (error as Error).message);
      if (trial < exclusions) {
        await Promise.all([pause(trial % 5).then(joining), pause(trial % 4).then(() => exclude(ports(), id))]);
      } else {
        // Between the marks and what follows them.
        let isFirst = true;
        const cover: Ports['exclusions']['cover'] = async (...args) => {
          await ports().exclusions.cover(...args);
          if (isFirst) {
            isFirst = false;
            await joining();
          }
        };
        await exclude({ ...ports(), exclusions: { ...ports().exclusions, cover } }, id);
      }
      await sweepAll();
      const isJoined = (await find(ending.id)).status === 'withdrawn';
      expect(await statesOf(ending, kept), `trial ${trial}`).to.deep.equal([
        isJoined ? 'withdrawn' : 'active',
        'excluded',
      ]);
      // Not joined, the other one is another person's for all that anybody knows.
      expect(await isKeptOut(ending), `trial ${trial}`).to.equal(isJoined);
      await leaveProgramme(ports(), { memberId: ending.id });
      await programme.connection().collection('exclusions').deleteMany({});
    }
  });

  it('of three never all end, whatever is said at once, and no way in and no name to avoid is lost', async () => {
    for (let trial = 0; trial < 12; trial += 1) {
      const [a, b, c] = await three();
      const pairs = [
        // In a ring; in a chain; one to both others.
        [
          [a, b],
          [b, c],
          [c, a],
        ],
        [
          [a, b],
          [c, a],
        ],
        [
          [a, b],
          [a, c],
        ],
      ][trial % 3] as [Member, Member][];
      await Promise.all(pairs.map(([ends, goesOn]) => sayOf(ends, goesOn, 'end')));
      await Promise.allSettled(pairs.map(([ends, goesOn]) => sayOf(goesOn, ends, 'go_on')));
      await sweepAll();
      const left = (await statesOf(a, b, c)).filter((status) => status === 'active').length;
      expect(left, `trial ${trial}`).to.be.at.least(1);
      for (const member of [a, b, c]) {
        const now = (await ports().members.findByPerson(member.personKey))!;
        expect(now.status, `trial ${trial}`).to.equal('active');
        if (member === c) expect(now.ties.avoid).to.include('avoided by the third');
      }
      for (const { id } of [a, b, c]) await leaveProgramme(ports(), { memberId: id });
    }
    expect(programme.failures()).to.deep.equal([]);
  });

  it('leave nobody without a way in, when a crash and a leaving come between', async () => {
    for (const what of ['the ended one signs', 'the kept one leaves', 'the kept one leaves and comes back'] as const) {
      for (let write = 1; write < 9; write += 1) {
        const { ending, kept, say } = await told();
        await say(ending, 'end');
        await say(kept, 'go_on', dyingAt(ports(), { write })).catch(() => undefined);
        if (what === 'the ended one signs') await sign(ending).catch(() => undefined);
        else await leaveProgramme(ports(), { memberId: kept.id });
        await sweepAll();
        if (what === 'the kept one leaves and comes back') await sign(kept);
        await sweepAll();
        const now = await ports().members.findByPerson(ending.personKey);
        expect(now?.id === kept.id || now?.id === ending.id, `${what}, write ${write}`).to.equal(true);
        // Whatever takes part can be reached by its own door.
        for (const member of [ending, kept]) {
          if ((await find(member.id)).status !== 'active') continue;
          expect(await ofDoor(member.personKey), `${what}, write ${write}`).to.equal(member.id);
        }
        for (const { id } of [ending, kept]) await leaveProgramme(ports(), { memberId: id });
      }
    }
    expect(programme.failures()).to.deep.equal([]);
  });

  it('keep what the one that ends declares in that very moment', async () => {
    let accepted = 0;
    for (let trial = 0; trial < 16; trial += 1) {
      const { ending, kept, say } = await told();
      await say(ending, 'end');
      const { name, email, profile } = ending;
      const { careerStage, languages, modalities } = profile!;
      const ties = { supervisors: [], avoid: ['harasser@etis.example'], replace: false };
      const save = { memberId: ending.id, name, email, profile: { careerStage, languages, modalities }, ties };
      const [, saved] = await Promise.allSettled([
        say(kept, 'go_on'),
        pause(trial % 6).then(() => saveProfile(ports(), save)),
      ]);
      if (saved.status === 'fulfilled') {
        accepted += 1;
        expect((await find(kept.id)).ties.avoid, `trial ${trial}`).to.include(hash('harasser@etis.example'));
      }
      for (const { id } of [ending, kept]) await leaveProgramme(ports(), { memberId: id });
    }
    expect(accepted).to.be.at.least(1);
  });

  it('that hold more together than one record may can be used and signed all the same', async () => {
    const many = (of: string) => Array.from({ length: 45 }, (_, at) => `${of} ${at}`);
    const { ending, kept, say } = await told({ ending: { ties: { avoid: many('there') } } });
    await say(ending, 'end');
    await say(kept, 'go_on', dyingAt(ports(), { write: 2 })).catch(() => undefined);
    const { ties } = await find(kept.id);
    await ports().members.change(kept.id, ['active'], { ties: { ...ties, avoid: many('here') } });
    await sweepAll();
    expect((await find(kept.id)).ties.avoid).to.have.length(90);
    expect(await sign(kept)).to.include({ id: kept.id, status: 'active' });
  });

  it('write three letters a month to one mailbox, however many records are made with its address', async () => {
    const victim = await joined('victim@etis.example');
    for (let at = 0; at < 40; at += 1) {
      await programme.join({
        labId: 'lix',
        ties: { self: [hash(`eve-${at}@evil.example`), hash('victim@etis.example')] },
      });
    }
    for (let turns = 0; turns < 3; turns += 1) await findTwins(ports());
    expect(await letters()).to.deep.equal([victim.id, victim.id, victim.id]);
    // Records that leave give no more of them.
    const eves = (await ports().members.listByAddress(hash('victim@etis.example'))).filter(
      ({ id }) => id !== victim.id,
    );
    for (const { id } of eves.slice(0, 3)) await leaveProgramme(ports(), { memberId: id });
    programme.moveBy(15 * dayMs);
    await sweepMembers(ports());
    await findTwins(ports());
    expect((await find(victim.id)).twinsTold).to.have.length(3);
    programme.moveBy(16 * dayMs);
    await findTwins(ports());
    expect((await letters()).length).to.be.within(3, 6);
    expect((await find(victim.id)).twinsTold!.every((at) => at.getTime() === programme.now().getTime())).to.equal(true);
  });

  it('are told to nobody who reads an address with a tag: it may be another mailbox', async () => {
    for (const id of ['before', 'behind']) await joined('ada+x@shared.example', [], { id: `${id} the other` });
    const owner = await joined(shared, [], { id: 'c the owner' });
    await findTwins(ports());
    expect(new Set(await letters())).to.deep.equal(new Set([owner.id]));
  });

  it('get their letter although a crash comes between it and their record, and leave nothing of who is erased', async () => {
    for (const write of [1, 2, 3]) {
      await joined(`${write}-${shared}`);
      await joined(`ada-${write}@etis.example`, [`${write}-${shared}`]);
      await findTwins(dyingAt(ports(), { write })).catch(() => undefined);
    }
    await findTwins(ports());
    expect(await letters()).to.have.length(3);
    expect(await ports().twins.listUnwritten(10)).to.deep.equal([]);
    const { ending, kept } = await told();
    await leaveProgramme(ports(), { memberId: kept.id });
    programme.moveBy(15 * dayMs);
    await sweepMembers(ports());
    expect(await ports().twins.listOf(ending.id)).to.deep.equal([]);
    const outbox = await programme.connection().collection('outbox').find({ kind: 'twins_found' }).toArray();
    expect(JSON.stringify(outbox)).to.not.include(kept.id);
  });

  it('see when the other one has gone, and that there is nothing left to say', async () => {
    for (const leaver of ['ending', 'kept'] as const) {
      const twins = await told();
      await twins.say(twins.ending, 'end');
      await leaveProgramme(ports(), { memberId: twins[leaver].id });
      const stays = leaver === 'ending' ? twins.kept : twins.ending;
      expect(await twins.see(stays)).to.equal('gone');
      for (const answer of ['end', 'stay', 'go_on', 'apart'] as const)
        await refusedWith('twins_over', twins.say(stays, answer));
      await leaveProgramme(ports(), { memberId: stays.id });
    }
  });

  it('go on with one that is described only', async () => {
    const { ending, kept, say } = await told({ kept: { profile: null } });
    await say(ending, 'end');
    await refusedWith('profile_incomplete', say(kept, 'go_on'));
    expect(await statesOf(ending, kept)).to.deep.equal(['active', 'draft']);
  });

  describe('once joined', () => {
    const joinedPair = async (facts: { ending?: MemberFacts; kept?: MemberFacts } = {}) => {
      const pair = await told(facts);
      await pair.say(pair.ending, 'end');
      await pair.say(pair.kept, 'go_on');
      return pair;
    };
    const part = ({ kept }: { kept: Member }) => closeDoors(ports(), { memberId: kept.id, person: kept.personKey });

    it('can be parted again from the account of the one that went on, and from no other', async () => {
      const pair = await joinedPair();
      const { ending, kept, see } = pair;
      expect(await programme.notices('twins_joined')).to.deep.equal([['twins_joined', kept.id]]);
      await refusedWith('not_allowed', closeDoors(ports(), { memberId: kept.id, person: ending.personKey }));
      expect(await part(pair)).to.deep.equal([ending.personKey]);
      expect(await part(pair)).to.deep.equal([]);
      expect(await ofDoor(ending.personKey)).to.equal(ending.id);
      expect(await ofDoor(kept.personKey)).to.equal(kept.id);
      expect(await sign(ending)).to.include({ id: ending.id, status: 'active' });
      await sweepAll();
      expect([await see(ending), await see(kept)]).to.deep.equal(['apart', 'apart']);
      expect(await statesOf(ending, kept)).to.deep.equal(['active', 'active']);
      expect(await exportMyData(ports(), { memberId: kept.id })).to.deep.include({ waysIn: 1, twoRegistrations: [] });
    });

    it('are meant both by an exclusion of either, whether it is asked or decided before or after they were parted', async () => {
      for (const order of ['asked, parted, signed', 'parted, asked, signed', 'parted, signed, asked']) {
        for (const whose of ['ending', 'kept'] as const) {
          const pair = await told();
          const { ending, kept, say } = pair;
          const early = order.startsWith('asked') && whose === 'ending' ? await asks(ending) : undefined;
          await say(ending, 'end');
          await say(kept, 'go_on');
          let id = early ?? (order.startsWith('asked') ? await asks(kept) : undefined);
          await part(pair);
          if (order.endsWith('signed')) {
            id ??= await asks(kept);
            await sign(ending);
          } else {
            await sign(ending);
            id ??= await asks(pair[whose]);
          }
          await exclude(ports(), id);
          expect(await statesOf(ending, kept), `${order}, of ${whose}`).to.deep.equal(['excluded', 'excluded']);
          for (const door of [ending, kept]) expect(await isKeptOut(door)).to.equal(true);
          for (const member of [ending, kept]) await leaveProgramme(ports(), { memberId: member.id });
          await programme.connection().collection('exclusions').deleteMany({});
        }
      }
    });

    it('are meant both by an exclusion that is decided after one of them was erased, joined or parted', async () => {
      for (const isParted of [false, true]) {
        for (const asked of ['ending', 'kept'] as const) {
          for (const leaver of isParted ? [asked] : (['kept'] as const)) {
            const pair = await told();
            const { ending, kept, say } = pair;
            const early = isParted ? undefined : await asks(pair[asked]);
            await say(ending, 'end');
            await say(kept, 'go_on');
            if (isParted) {
              await part(pair);
              await sign(ending);
            }
            const id = early ?? (await asks(pair[asked]));
            await leaveProgramme(ports(), { memberId: pair[leaver].id });
            programme.moveBy(16 * dayMs);
            await sweepMembers(ports());
            expect(await ports().members.find(pair[leaver].id)).to.equal(undefined);
            await exclude(ports(), id);
            const which = `parted ${isParted}, asked of ${asked}`;
            for (const door of [ending, kept]) expect(await isKeptOut(door), which).to.equal(true);
            const left = leaver === 'kept' ? ending : kept;
            const now = await ports().members.find(left.id);
            expect(now?.status ?? 'excluded', which).to.equal('excluded');
            for (const { id: memberId } of [ending, kept]) {
              if (await ports().members.find(memberId)) await leaveProgramme(ports(), { memberId });
            }
            await programme.connection().collection('exclusions').deleteMany({});
          }
        }
      }
      expect(programme.failures()).to.deep.equal([]);
    });

    it('have no calendar that the closed account still reads', async () => {
      const pair = await joinedPair();
      await ports().members.change(pair.kept.id, ['active'], { feedHash: 'of the other account' });
      await part(pair);
      expect(await ports().feeds.find('of the other account')).to.equal(undefined);
    });

    it('take the team over where there is none, and of the same lab only', async () => {
      const [theirs, own] = [hash('the team'), hash('the own team')];
      const inLab = (labId: string, team?: string): MemberFacts => ({
        labId,
        ties: team === undefined ? {} : { team },
      });
      for (const [ending, kept, team] of [
        [inLab('etis', theirs), inLab('etis'), theirs],
        [inLab('etis', theirs), inLab('etis', own), own],
        [inLab('lix', theirs), inLab('etis'), undefined],
      ] as const) {
        const pair = await joinedPair({ ending, kept });
        expect((await find(pair.kept.id)).ties.team).to.equal(team);
        await leaveProgramme(ports(), { memberId: pair.kept.id });
      }
    });

    it('are forgotten by the audit trail with every account that leads nowhere any more', async () => {
      const pair = await joinedPair();
      const pseudonyms = await Promise.all(
        [pair.ending, pair.kept].map(({ personKey }) =>
          ports().auditPeople.pseudonymOf({ kind: 'member', key: personKey }, programme.now()),
        ),
      );
      programme.moveBy(16 * dayMs);
      await sweepMembers(ports());
      expect(await ports().auditPeople.findPersonKey(pseudonyms[0]!)).to.equal(pair.ending.personKey);
      await part(pair);
      await leaveProgramme(ports(), { memberId: pair.kept.id });
      programme.moveBy(16 * dayMs);
      await sweepMembers(ports());
      for (const one of pseudonyms) expect(await ports().auditPeople.findPersonKey(one)).to.equal(undefined);
    });

    it('say no when they are parted before anything is taken over', async () => {
      const pair = await told({ kept: { doors: [{ personKey: 'earlier', labId: 'stms' }] } });
      await pair.say(pair.ending, 'end');
      const joinTo: Ports['members']['joinTo'] = async (...args) => {
        await part(pair);
        return ports().members.joinTo(...args);
      };
      const on = { ...ports(), members: { ...ports().members, joinTo } };
      await refusedWith('twins_over', pair.say(pair.kept, 'go_on', on));
      expect(await programme.notices('twins_joined')).to.deep.equal([]);
      expect(await ofDoor(pair.ending.personKey)).to.equal(pair.ending.id);
      expect(await sign(pair.ending)).to.include({ id: pair.ending.id, status: 'active' });
    });

    it('are not joined once more by a sweep, when they are parted after a crash', async () => {
      for (let write = 2; write < 11; write += 1) {
        const pair = await told({ kept: { doors: [{ personKey: `earlier ${write}`, labId: 'stms' }] } });
        const { ending, kept, say } = pair;
        await say(ending, 'end');
        await say(kept, 'go_on', dyingAt(ports(), { write })).catch(() => undefined);
        await part(pair);
        await sign(ending);
        await sweepAll();
        expect(await statesOf(ending, kept), `write ${write}`).to.deep.equal(['active', 'active']);
        expect(await ofDoor(ending.personKey), `write ${write}`).to.equal(ending.id);
        for (const member of [ending, kept]) await leaveProgramme(ports(), { memberId: member.id });
      }
      expect(programme.failures()).to.deep.equal([]);
    });

    it('and parted in the same moment let nobody in', async () => {
      for (let trial = 0; trial < 16; trial += 1) {
        const pair = await told({ kept: { doors: [{ personKey: `earlier ${trial}`, labId: 'stms' }] } });
        const { ending, kept, say } = pair;
        await say(ending, 'end');
        await Promise.allSettled([say(kept, 'go_on'), pause(trial % 8).then(() => part(pair))]);
        await part(pair);
        await sweepAll();
        expect(await ofDoor(ending.personKey), `trial ${trial}`).to.equal(ending.id);
        for (const member of [ending, kept]) await leaveProgramme(ports(), { memberId: member.id });
      }
    });

    it('lead from every door of a chain to the last one, also when that one has left', async () => {
      const [a, b, c] = await three();
      for (const [ends, goesOn] of [
        [a, b],
        [b, c],
      ] as const) {
        await sayOf(ends, goesOn, 'end');
        await sayOf(goesOn, ends, 'go_on');
      }
      for (const member of [a, b, c]) expect(await ofDoor(member.personKey)).to.equal(c.id);
      await leaveProgramme(ports(), { memberId: c.id });
      for (const member of [a, b, c]) expect(await ofDoor(member.personKey)).to.equal(c.id);
      expect(await sign(a)).to.include({ id: c.id, status: 'active' });
      await exclude(ports(), await asks(c));
      for (const door of [a, b, c]) expect(await isKeptOut(door)).to.equal(true);
    });

    it('are covered by every exclusion that fell meanwhile, so that lifting one lets nobody in by the other door', async () => {
      const pair = await told();
      const { ending, kept, say } = pair;
      await say(ending, 'end');
      const ids = [await asks(kept)];
      const adopt: Ports['members']['adopt'] = async (...args) => {
        for (const id of ids) await exclude(ports(), id);
        return ports().members.adopt(...args);
      };
      await answerTwins(
        { ...ports(), members: { ...ports().members, adopt } },
        { memberId: kept.id, token: pair.token, answer: 'go_on' },
      );
      for (const door of [ending, kept]) expect(await isKeptOut(door)).to.equal(true);
      await liftExclusion(ports(), ids[0]!);
      for (const door of [ending, kept]) expect(await isKeptOut(door)).to.equal(false);
      expect((await find(kept.id)).status).to.equal('active');
    });

    it('say so only when it is so, and are carried out by the same form sent again', async () => {
      const { ending, kept, say, see } = await told();
      await say(ending, 'end');
      await say(kept, 'go_on', dyingAt(ports(), { write: 2 })).catch(() => undefined);
      expect([await see(ending), await see(kept)]).to.deep.equal(['joining', 'joining']);
      expect(await statesOf(ending, kept)).to.deep.equal(['active', 'active']);
      expect(await say(kept, 'go_on')).to.equal('joined');
      expect(await statesOf(ending, kept)).to.deep.equal(['withdrawn', 'active']);
    });

    it('keep no claim of a joining that is no more, and have their own letter only while it is true', async () => {
      const { ending, kept, say } = await told();
      await say(ending, 'end');
      await say(kept, 'go_on', dyingAt(ports(), { write: 3 })).catch(() => undefined);
      expect((await find(kept.id)).joining).to.have.length(1);
      await leaveProgramme(ports(), { memberId: ending.id });
      programme.moveBy(15 * dayMs);
      await sweepMembers(ports());
      expect((await find(kept.id)).joining ?? []).to.deep.equal([]);
      const pair = await joinedPair();
      const letter = aNotice({ kind: 'twins_joined', memberId: pair.kept.id, subjectId: pair.kept.id });
      expect(await createLoad(ports())(letter)).to.not.equal(undefined);
      await part(pair);
      expect(await createLoad(ports())(letter)).to.equal(undefined);
    });

    it('need an address that counts, where the letter about it goes', async () => {
      const { ending, kept, say } = await told();
      await ports().members.change(kept.id, ['active'], { addressProof: null });
      await say(ending, 'end');
      await refusedWith('address_unconfirmed', say(kept, 'go_on'));
    });
  });

  it('stand in the export only as far as its own person has said something, and in nobody’s otherwise', async () => {
    const exported = async ({ id }: Member) => exportMyData(ports(), { memberId: id });
    const victim = await joined('victim@etis.example');
    const [hit, miss] = await Promise.all(
      ['victim@etis.example', 'nobody@etis.example'].map((address) =>
        programme.join({ labId: 'lix', ties: { self: [hash(address)] } }),
      ),
    );
    await findTwins(ports());
    await sayOf(victim, hit!, 'end');
    for (const part of ['twoRegistrations', 'keyedHashes', 'waysIn']) {
      expect((await exported(hit!))[part], part).to.deep.equal((await exported(miss!))[part]);
    }
    const { ending, kept, say } = await told();
    await say(ending, 'end');
    expect(await exported(ending)).to.deep.include({ waysIn: 1, twoRegistrations: ['this one may end'] });
    expect(await exported(kept)).to.deep.nested.include({ 'keyedHashes.ownAddresses': 2, twoRegistrations: [] });
    await say(kept, 'go_on');
    expect(await exported(kept)).to.deep.include({ waysIn: 2, twoRegistrations: ['joined to this one'] });
  });
});
