// Exclusions as the use cases hold them: in whatever moment one falls, and wherever a crash cuts it off, whoever is excluded
// is proposed and introduced to nobody.
import { expect } from 'chai';
import { appealOf } from '../../service/domain/exclusion.ts';
import { MentoringError } from '../../service/domain/errors.ts';
import type { Member } from '../../service/domain/member.ts';
import { requestOf, type MemberFacts } from '../../service/demo/factories.ts';
import { charterVersion } from '../../service/domain/charter.ts';
import { answerProposal } from '../../service/usecases/answer-proposal.ts';
import { askCoordinator } from '../../service/usecases/ask-coordinator.ts';
import { askExclusion } from '../../service/usecases/ask-exclusion.ts';
import { exclude, liftExclusion } from '../../service/usecases/decide-exclusion.ts';
import { openRequest } from '../../service/usecases/open-request.ts';
import type { Ports } from '../../service/usecases/ports.ts';
import { runMatching } from '../../service/usecases/run-matching.ts';
import { settleProposals } from '../../service/usecases/settle-proposals.ts';
import { signCharter } from '../../service/usecases/sign-charter.ts';
import { sweepExclusions } from '../../service/usecases/sweep-exclusions.ts';
import { sweepMembers } from '../../service/usecases/sweep-members.ts';
import { sweepProposals } from '../../service/usecases/sweep-proposals.ts';
import { dyingAt, Killed } from '../support/dying.ts';
import { dayMs, useProgramme } from '../support/programme.ts';

const coordinator = { role: 'cross_lab_coordinator', labId: 'etis' } as const;
const quietly = (error: unknown): void => {
  if (!(error instanceof MentoringError)) throw error;
};

describe('An exclusion', function () {
  this.timeout(300_000);
  const programme = useProgramme();
  const ports = (): Ports => programme.ports();
  let addresses = 0;

  /** Somebody with an address of their own. */
  async function joined(facts: MemberFacts = {}): Promise<Member> {
    const email = `person-${(addresses += 1)}@etis.example`;
    const ties = { self: [ports().hasher.email(email)], supervisors: [], avoid: [] };
    return programme.join({ ...facts, email, ties });
  }

  async function asked(email: string): Promise<string> {
    const { id: memberId } = await programme.join();
    const { id: caseId } = await askCoordinator(ports(), { memberId, labId: 'etis', attempt: memberId });
    await askExclusion(ports(), { coordinator, caseId, reason: 'harassment', email });
    return (await ports().exclusions.listLive()).at(-1)!.id;
  }

  const addressed = async (member: Member, email: string): Promise<void> => {
    const ties = { ...member.ties, self: [ports().hasher.email(email)] };
    await ports().members.change(member.id, ['active'], { email, ties });
  };

  /** Nobody who is excluded has anything under way, and nobody else holds a place for them. */
  async function expectOut(memberId: string): Promise<void> {
    expect((await ports().members.find(memberId))?.status).to.equal('excluded');
    expect(await ports().dialogues.listOpenOf(memberId)).to.deep.equal([]);
    expect(await ports().requests.findLive(memberId)).to.equal(undefined);
    expect((await ports().members.find(memberId))?.held).to.deep.equal([]);
    expect(await ports().proposals.listLiveOf(memberId)).to.deep.equal([]);
  }

  async function settleAll(): Promise<void> {
    programme.moveBy(7 * dayMs);
    for (const sweep of [sweepExclusions, sweepProposals, settleProposals, sweepMembers]) await sweep(ports());
    expect(programme.failures()).to.deep.equal([]);
  }

  for (const side of ['mentee', 'mentor'] as const) {
    it(`that falls while both answer yes leaves no dialogue with the ${side}, in twelve trials`, async () => {
      for (let trial = 0; trial < 12; trial += 1) {
        const { mentee, mentor, proposalId } = await programme.propose();
        const out = side === 'mentee' ? mentee : mentor;
        const email = `trial-${side}-${trial}@etis.example`;
        await addressed(out, email);
        const id = await asked(email);
        const yes = (memberId: string) =>
          answerProposal(ports(), { memberId, proposalId, answer: 'yes' }).catch(quietly);
        await Promise.all([yes(mentee.id), exclude(ports(), id), yes(mentor.id)]);
        expect(await ports().dialogues.listOpenOf(out.id), `trial ${trial}`).to.deep.equal([]);
        await settleAll();
        await expectOut(out.id);
        const other = side === 'mentee' ? mentor : mentee;
        expect((await ports().members.find(other.id))?.held).to.deep.equal([]);
        // Nobody is left to be matched in the next trial.
        await ports().members.change(other.id, ['active'], { status: 'paused' });
      }
    });
  }

  it('that falls while requests are opened and a matching run is under way proposes nobody who is out', async () => {
    const mentors = await Promise.all(Array.from({ length: 6 }, () => joined({ labId: 'lix', offer: {} })));
    const mentees = await Promise.all(Array.from({ length: 6 }, () => joined()));
    const out = [...mentors.slice(0, 3), ...mentees.slice(0, 3)];
    const ids = [];
    for (const { email } of out) ids.push(await asked(email));
    const { wishes } = requestOf();
    for (const { id } of mentees.slice(3)) await openRequest(ports(), { memberId: id, wishes });
    await Promise.all([
      ...mentees.slice(0, 3).map(({ id }) => openRequest(ports(), { memberId: id, wishes }).catch(quietly)),
      runMatching(ports()),
      ...ids.map((id) => exclude(ports(), id)),
      runMatching(ports()),
    ]);
    await runMatching(ports());
    for (const { id } of out) {
      expect(await ports().requests.findLive(id)).to.equal(undefined);
      for (const proposal of await ports().proposals.listLiveOf(id)) {
        // Sent before the decision: it lapses at the next regular run, as after a refusal.
        expect(proposal.lapseAt).to.be.instanceOf(Date);
      }
    }
    await settleAll();
    for (const { id } of out) await expectOut(id);
  });

  it('that falls while the person signs lets nobody in', async () => {
    for (let trial = 0; trial < 8; trial += 1) {
      const email = `signing-${trial}@etis.example`;
      const id = await asked(email);
      const signature = {
        ...({ labId: 'etis', locale: 'fr', version: charterVersion, name: 'Newcomer' } as const),
        ...{ personKey: `key ${trial}`, email },
        platformEmailHash: ports().hasher.email(email),
      } as const;
      await Promise.all([signCharter(ports(), signature).catch(quietly), exclude(ports(), id)]);
      expect((await ports().members.findByPerson(signature.personKey))?.status ?? 'excluded').to.equal('excluded');
      const refusal = await signCharter(ports(), signature).catch((error: unknown) => error);
      expect(refusal).to.have.property('code', 'excluded');
    }
  });

  /** Whoever dies while a decision is carried out notes nothing. */
  const mortalAt = (write: number): Ports => ({
    ...dyingAt(ports(), { write }),
    noteFailure: (sweep, error) => {
      if (error instanceof Killed) throw error;
      ports().noteFailure(sweep, error);
    },
  });

  it('that a crash cuts off at any write is carried out by the next sweep, and each letter is written once', async () => {
    for (let write = 1; ; write += 1) {
      const { mentee, mentor, proposalId } = await programme.propose();
      const yes = (memberId: string) => answerProposal(ports(), { memberId, proposalId, answer: 'yes' });
      await yes(mentee.id);
      await yes(mentor.id);
      const email = `crash-${write}@etis.example`;
      await addressed(mentee, email);
      const id = await asked(email);
      const alive = await carriedOut(mortalAt(write), (mortal) => exclude(mortal, id));
      if ((await ports().exclusions.find(id))?.status === 'asked') await exclude(ports(), id);
      await sweepExclusions(ports());
      await expectOut(mentee.id);
      expect((await ports().members.find(mentor.id))?.held).to.deep.equal([]);
      const told = (await programme.notices()).filter(
        ([kind]) => kind === 'exclusion_told' || kind === 'dialogue_ended',
      );
      expect(told.filter(([, memberId]) => memberId === mentor.id).map(([kind]) => kind)).to.deep.equal([
        'dialogue_ended',
      ]);
      expect(told.filter(([kind, memberId]) => memberId === mentee.id && kind === 'exclusion_told')).to.have.length(1);
      const kept = await ports().exclusions.find(id);
      expect(kept).to.include({ status: 'in_force' }).and.not.have.any.keys('email', 'memberId', 'unsettled');
      await ports().members.change(mentor.id, ['active'], { status: 'paused' });
      if (alive) {
        expect(write).to.be.greaterThan(6);
        return;
      }
    }
  });

  it('that is lifted, and cut off at any write, lets the person in again, told once', async () => {
    for (let write = 1; ; write += 1) {
      const member = await joined({ offer: {} });
      const id = await asked(member.email);
      await exclude(ports(), id);
      await expectOut(member.id);
      const alive = await carriedOut(mortalAt(write), (mortal) => liftExclusion(mortal, id));
      if ((await ports().exclusions.find(id))?.status === 'in_force') await liftExclusion(ports(), id);
      await sweepExclusions(ports());
      const again = await ports().members.find(member.id);
      expect(again).to.include({ status: 'active' });
      expect(again?.offer).to.deep.equal(member.offer);
      expect((await programme.notices('exclusion_lifted')).filter(([, one]) => one === member.id)).to.have.length(1);
      if (alive) return;
    }
  });

  it('of two that mean the same person keeps them out until both are lifted', async () => {
    const member = await joined();
    const second = `${member.id}-second@etis.example`;
    const self = [...member.ties.self, ports().hasher.email(second)];
    await ports().members.change(member.id, ['active'], { ties: { ...member.ties, self } });
    const ids = [await asked(member.email), await asked(second)];
    for (const id of ids) await exclude(ports(), id);
    await liftExclusion(ports(), ids[0]!);
    expect((await ports().members.find(member.id))?.status).to.equal('excluded');
    await liftExclusion(ports(), ids[1]!);
    expect((await ports().members.find(member.id))?.status).to.equal('active');
  });

  it('tells with whom to appeal: whom the programme names, the mediator of a sheet that is no example, or the coordination', () => {
    const mediator = { role: 'mediator', employer: 'CNRS', email: 'mediation@cnrs.example' } as const;
    const named = { name: 'Recours', url: 'https://programme.example/recours' };
    const lab = { referral: [mediator], referralToComplete: false };
    expect(appealOf(named, lab)).to.deep.equal({ to: 'named', contact: named });
    expect(appealOf(undefined, lab)).to.deep.equal({ to: 'mediator', contact: mediator });
    expect(appealOf(undefined, { ...lab, referralToComplete: true })).to.deep.equal({ to: 'coordination' });
    expect(appealOf(undefined, { ...lab, referral: [] })).to.deep.equal({ to: 'coordination' });
  });

  /** Whether the process lived to the end. */
  async function carriedOut(mortal: Ports, act: (mortal: Ports) => Promise<void>): Promise<boolean> {
    try {
      await act(mortal);
      return true;
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      return false;
    }
  }
});
