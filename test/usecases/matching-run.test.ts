import { expect } from 'chai';
import { match, verify, type MatchInput } from '../../service/domain/matching/index.ts';
import { inThread, matcher } from '../../service/matcher/index.ts';
import { answerProposal } from '../../service/usecases/answer-proposal.ts';
import { endDialogue } from '../../service/usecases/end-dialogue.ts';
import { loadMatchInput } from '../../service/usecases/load-match-input.ts';
import { pauseMentoring } from '../../service/usecases/pause-mentoring.ts';
import type { Ports } from '../../service/usecases/ports.ts';
import { runMatching } from '../../service/usecases/run-matching.ts';
import { runRegularMatching } from '../../service/usecases/run-regular-matching.ts';
import { runWishedMatching } from '../../service/usecases/run-wished-matching.ts';
import { settleProposals } from '../../service/usecases/settle-proposals.ts';
import { saveMentoring } from '../../service/usecases/save-mentoring.ts';
import { offerOf } from '../../service/demo/factories.ts';
import { programme as invented } from '../domain/matching/programmes.ts';
import { beforeBatches, crowd } from '../support/matching-runs.ts';
import { useProgramme } from '../support/programme.ts';

describe('A run of the matching', () => {
  const programme = useProgramme();
  const minute = 60_000;

  /** Ports whose matching sees the input, and lets something happen before the proposals. */
  function watched(during: (input: MatchInput) => Promise<void>): Ports {
    const ports = programme.ports();
    return {
      ...ports,
      matcher: async (input, job) => {
        await during(input);
        return ports.matcher(input, job);
      },
    };
  }

  describe('keeps a record', () => {
    it('of what it found, with seed, rules, fingerprint and the figures of all steps', async () => {
      await crowd(programme, 2);
      const { dryRun, ms, ...report } = await runMatching(programme.ports(), { seed: 5, key: 'one' });
      expect(report).to.include({ seed: 5, rulesVersion: '1', requests: 2, served: 2, proposed: 2, skipped: 0 });
      expect(report).to.include({ pairs: 4, load: 2 }).and.to.have.property('inputHash').with.length(32);
      const { progressAt, ...kept } = (await programme.ports().runs.find('one'))!;
      expect(progressAt).to.deep.equal(programme.now());
      expect(kept).to.deep.equal(report);
      expect([dryRun, ms?.load]).to.deep.equal([false, ms?.load]);
    });

    it('with a certificate that proves the result against the input it saw', async () => {
      await crowd(programme, 3);
      let seen: MatchInput | undefined;
      await runMatching(
        watched((input) => Promise.resolve(void (seen = input))),
        { seed: 9, key: 'proved' },
      );
      const certificate = await programme.ports().runs.findCertificate('proved');
      const result = match(seen!, { seed: 9 });
      expect(verify(seen!, { ...result, certificate: certificate! })).to.deep.equal({ ok: true });
      expect(await programme.ports().runs.latest(1)).to.have.nested.property('[0].key', 'proved');
      expect(JSON.stringify(await programme.ports().runs.latest(1))).to.not.include('Prices');
    });

    it('that says "ok" when the result was verified in its thread, and gives the pairs that a replay gives', async () => {
      await crowd(programme, 4);
      const { input } = await loadMatchInput(programme.ports(), programme.ports().rules.match);
      const first = await inThread(input, { seed: 3, verify: true });
      const again = match(input, { seed: 3 });
      expect(first.verdict).to.deep.equal({ ok: true });
      expect([first.inputHash, first.pairs]).to.deep.equal([again.inputHash, again.pairs]);
      expect(await matcher(input, { seed: 3, verify: true })).to.deep.equal(first);
      const report = await runMatching({ ...programme.ports(), matcher: inThread }, { seed: 3 });
      expect(report).to.include({ verdict: 'ok', inputHash: first.inputHash, proposed: 4 });
    });

    it('of its progress after every batch, for whoever asks', async () => {
      await crowd(programme, 3);
      const told: [number, number][] = [];
      await runMatching(programme.ports(), { onProgress: (done, of) => told.push([done, of]) });
      expect(told).to.deep.equal([[3, 3]]);
    });
  });

  it('hands over thousands of people in pieces and gives the very result of the domain', async () => {
    const input = invented({ n: 1500, seed: 4, places: 0.8 });
    const { verdict, ...threaded } = await matcher(input, { seed: 2, verify: true });
    expect(verdict).to.deep.equal({ ok: true });
    expect(threaded).to.deep.equal(match(input, { seed: 2 }));
  });

  it('fails, and proposes nothing, when the thread finds the input unsound', async () => {
    const input = invented({ n: 4, seed: 4 });
    const twice = { ...input, mentees: [...input.mentees, ...input.mentees] };
    for (const run of [matcher, inThread]) {
      expect(await run(twice, { seed: 2 }).catch((error: unknown) => error)).to.be.instanceOf(Error);
    }
  });

  it('proposes nothing of a result that does not verify, and says so in its record', async () => {
    const { mentor } = await programme.joinPair();
    const ports = programme.ports();
    const wrong: Ports = {
      ...ports,
      matcher: async (...args) => ({ ...(await ports.matcher(...args)), verdict: { ok: false, reason: 'not_dual' } }),
    };
    const failure = await runMatching(wrong, { key: 'wrong' }).catch((error: unknown) => error);
    expect(String(failure)).to.include('not_dual');
    expect((await ports.members.find(mentor.id))?.held).to.deep.equal([]);
    expect(await ports.runs.find('wrong')).to.include({ stopped: true, verdict: 'not_dual', proposed: 0 });
  });

  describe('that is asked to stop', () => {
    it('by another copy of the service stops before its next batch and keeps what it proposed', async () => {
      await crowd(programme, 2);
      const run = watched(async () => {
        expect(await programme.ports().runs.askToStop('long')).to.equal(true);
      });
      const report = await runMatching(run, { key: 'long' });
      expect(report).to.include({ served: 2, proposed: 0, stopped: true });
      expect(await programme.ports().runs.find('long')).to.include({ stopped: true, proposed: 0 });
      expect(await runMatching(programme.ports())).to.include({ proposed: 2 });
    });

    it('when it is over has nothing to stop', async () => {
      await runMatching(programme.ports(), { key: 'over' });
      expect(await programme.ports().runs.askToStop('over')).to.equal(false);
      expect(await programme.ports().runs.askToStop('never begun')).to.equal(false);
    });
  });

  it('of many batches that fails in one of them ends, proposes the rest later, and holds no place for nothing', async () => {
    await crowd(programme, 520);
    const ports = programme.ports();
    let batches = 0;
    const failing = beforeBatches(ports, (batch) => {
      batches = batch;
      return batch === 2 ? Promise.reject(new Error('away')) : Promise.resolve();
    });
    const failure = await runMatching(failing, { key: 'torn' }).catch((error: unknown) => error);
    expect(String(failure)).to.equal('Error: away');
    expect(batches).to.be.at.most(3);
    programme.moveBy(11 * minute);
    await settleProposals(ports);
    await runMatching(ports, { key: 'torn' });
    const held = await ports.members.listHeld(new Date(programme.now().getTime() + 1));
    expect(held).to.have.length(520);
    expect(await programme.connection().collection('proposals').countDocuments({ status: 'sent' })).to.equal(520);
    expect(await programme.connection().collection('outbox').countDocuments()).to.equal(1040);
  });

  it('that died is taken up by one of many copies, ten minutes after it last said anything', async () => {
    await crowd(programme, 2);
    const dying = watched(() => Promise.reject(new Error('the process is gone')));
    await runMatching(dying, { key: 'dead' }).catch(() => undefined);
    const tooEarly = await runMatching(programme.ports(), { key: 'dead' });
    expect([tooEarly.proposed, tooEarly.finishedAt]).to.deep.equal([0, undefined]);
    programme.moveBy(11 * minute);
    const copies = await Promise.all([1, 2, 3].map(() => runMatching(programme.ports(), { key: 'dead' })));
    expect(copies.map(({ proposed }) => proposed).sort()).to.deep.equal([0, 0, 2]);
  });

  it('that nobody takes up is over after an hour', async () => {
    const dying = watched(() => Promise.reject(new Error('the process is gone')));
    await runMatching(dying, { key: 'demand lost' }).catch(() => undefined);
    programme.moveBy(61 * minute);
    await runRegularMatching(programme.ports());
    expect(await programme.ports().runs.find('demand lost')).to.include({ stopped: true });
  });

  it('that meets another one with other pairs never gives a place twice, and undoes what came second', async () => {
    await crowd(programme, 12);
    const runs = await Promise.all([1, 2, 3, 4].map((seed) => runMatching(programme.ports(), { seed })));
    const proposed = runs.reduce((sum, run) => sum + run.proposed, 0);
    const held = await programme.ports().members.listHeld(new Date(programme.now().getTime() + 1));
    expect(held).to.have.length(proposed);
    expect(new Set(held.map(({ mentorId }) => mentorId)).size).to.equal(proposed);
    const rest = await runMatching(programme.ports());
    expect(proposed + rest.proposed).to.equal(12);
    expect(await programme.notices('proposal_sent')).to.have.length(24);
  });

  it('stores a proposal exactly as the mapper would', async () => {
    const { proposalId } = await programme.propose();
    const stored = (await programme.ports().proposals.find(proposalId))!;
    const collection = programme.connection().collection('proposals');
    const raw = await collection.findOne({ _id: proposalId as never });
    await collection.deleteOne({ _id: proposalId as never });
    await programme.ports().proposals.insert(stored);
    await programme.ports().proposals.settleSent([proposalId]);
    expect(await collection.findOne({ _id: proposalId as never })).to.deep.equal(raw);
  });

  it('reads no name, no address and no message', async () => {
    const { mentor, mentee } = await programme.joinPair();
    const load = await loadMatchInput(programme.ports(), programme.ports().rules.match);
    const known = JSON.stringify([
      load.input,
      ...load.requests.values(),
      ...load.mentees.values(),
      ...load.mentors.values(),
    ]);
    for (const secret of [mentor.name, mentor.email, mentee.name, mentee.email]) expect(known).to.not.include(secret);
    expect([...load.mentees.values()][0]).to.not.have.any.keys('name', 'email', 'personKey');
  });

  describe('outside the regular ones', () => {
    const due = (): void => {
      programme.moveBy(10 * minute);
    };

    it('happens ten minutes after an offer is saved, and once for all that were saved meanwhile', async () => {
      const { request } = await programme.joinPair({ offer: { capacity: 1, pausedUntil: '2027-01-01' } });
      for (let index = 0; index < 3; index += 1) {
        const mentor = await programme.join({ labId: 'liris' });
        await saveMentoring(programme.ports(), { memberId: mentor.id, form: { offer: offerOf() } });
        programme.moveBy(2 * minute);
      }
      expect(await runWishedMatching(programme.ports())).to.equal(undefined);
      programme.moveBy(4 * minute);
      expect(await runWishedMatching(programme.ports())).to.include({ proposed: 1 });
      expect((await programme.ports().requests.find(request.id))?.status).to.equal('proposed');
      due();
      expect(await runWishedMatching(programme.ports())).to.equal(undefined);
    });

    it('happens when a mentor ends a pause, and when a closed dialogue frees a place, but not for a pause', async () => {
      const { mentor, mentee, proposalId } = await programme.propose({ offer: { capacity: 1 } });
      const ports = programme.ports();
      await pauseMentoring(ports, { memberId: mentor.id, until: '2027-01-01' });
      expect(await ports.wishes.find()).to.equal(undefined);
      await pauseMentoring(ports, { memberId: mentor.id });
      expect(await ports.wishes.find()).to.include({ count: 1 });
      due();
      await runWishedMatching(ports);
      for (const memberId of [mentor.id, mentee.id]) {
        await answerProposal(ports, { memberId, proposalId, answer: 'yes' }).catch(() => undefined);
      }
      await endDialogue(ports, { memberId: mentee.id, dialogueId: proposalId });
      expect(await ports.wishes.find()).to.include({ count: 1 });
    });

    it('sees what was wished for while it ran in a run of its own', async () => {
      const ports = programme.ports();
      await ports.wishes.add(programme.now());
      const during = watched(() => ports.wishes.add(programme.now()));
      await runWishedMatching(during);
      const later = await ports.wishes.find();
      expect(later?.dueAt).to.deep.equal(new Date(programme.now().getTime() + 10 * minute));
      due();
      expect(await runWishedMatching(ports)).to.have.property('finishedAt');
      expect(await ports.wishes.find()).to.equal(undefined);
    });

    it('is not lost when its process dies: another copy does it', async () => {
      const ports = programme.ports();
      await programme.joinPair();
      await ports.wishes.add(programme.now());
      await runWishedMatching(watched(() => Promise.reject(new Error('gone')))).catch(() => undefined);
      programme.moveBy(11 * minute);
      expect(await runWishedMatching(ports)).to.include({ proposed: 1 });
      expect(await ports.wishes.find()).to.equal(undefined);
    });

    it('is wished for once when 30 mentors become available at the same time', async () => {
      await Promise.all(Array.from({ length: 30 }, () => programme.ports().wishes.add(programme.now())));
      expect(await programme.ports().wishes.find()).to.deep.equal({ dueAt: programme.now(), count: 30 });
    });
  });
});
