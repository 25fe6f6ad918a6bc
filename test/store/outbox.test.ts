import { expect } from 'chai';
import { claimable, createOutbox, gatherable, type OutboxStore } from '../../service/store/outbox.ts';
import type { ClaimedNotice } from '../../service/mail/ports.ts';
import { useStore } from '../support/store.ts';
import { aNotice, morning } from '../support/mail.ts';

const minute = 60_000;
const hour = 60 * minute;
const after = (ms: number): Date => new Date(morning.getTime() + ms);
const at = (ms: number): { now: Date; wallNow: Date; leaseMs: number } => ({
  now: after(ms),
  wallNow: after(ms),
  leaseMs: 5 * minute,
});

describe('outbox', () => {
  const database = useStore();
  let outbox: OutboxStore;

  beforeEach(async () => {
    outbox = createOutbox(database.connection());
    const emptied = ['outbox', 'nudges', 'refusals'].map((name) => database.connection().collection(name));
    await Promise.all(emptied.map((collection) => collection.deleteMany({})));
  });

  it('keeps one notice when the same key is enqueued by many at once', async () => {
    await Promise.all(Array.from({ length: 50 }, () => outbox.enqueue(aNotice())));
    expect((await outbox.stats(morning)).pending).to.equal(1);
  });

  it('does not take a key again after its mail was sent', async () => {
    await outbox.enqueue(aNotice());
    const claim = await outbox.claim(at(0));
    await outbox.markSent([claim!], morning);
    await outbox.enqueue(aNotice());
    expect(await outbox.claim(at(minute))).to.equal(undefined);
    expect(await outbox.stats(after(minute))).to.deep.include({ pending: 0, sent: 1 });
  });

  it('gives nothing out before the notice may leave', async () => {
    await outbox.enqueue(aNotice({ notBefore: after(minute) }));
    expect(await outbox.claim(at(minute - 1))).to.equal(undefined);
    expect((await outbox.claim(at(minute)))?.key).to.equal(aNotice().key);
  });

  it('gives each notice to one of many workers', async () => {
    const keys = Array.from({ length: 40 }, (_, index) => `k${index}`);
    await Promise.all(keys.map((key) => outbox.enqueue(aNotice({ key }))));
    const claims = await Promise.all(Array.from({ length: 60 }, () => outbox.claim(at(0))));
    expect(claims.flatMap((claim) => claim?.key ?? []).sort()).to.deep.equal(keys.sort());
  });

  it('gives the oldest out first', async () => {
    await outbox.enqueue(aNotice({ key: 'young', notBefore: after(-minute) }));
    await outbox.enqueue(aNotice({ key: 'old', notBefore: after(-3 * minute) }));
    expect((await outbox.claim(at(0)))?.key).to.equal('old');
  });

  it('gives a notice out again when the lease of a dead worker ends, and then ignores the dead', async () => {
    await outbox.enqueue(aNotice());
    const dead = await outbox.claim(at(0));
    expect(await outbox.claim(at(5 * minute - 1))).to.equal(undefined);
    const heir = await outbox.claim(at(5 * minute));
    expect(heir).to.include({ key: aNotice().key, tries: 2 });
    expect(await outbox.markSent([dead!], morning)).to.equal(false);
    expect(await outbox.markSent([heir!], morning)).to.equal(true);
  });

  it('keeps a lease when only the clock of the programme moves', async () => {
    await outbox.enqueue(aNotice());
    await outbox.claim(at(0));
    expect(await outbox.claim({ ...at(0), now: after(30 * 24 * 60 * minute) })).to.equal(undefined);
  });

  it('counts a try that reached a server, and not one that found none', async () => {
    await outbox.enqueue(aNotice());
    await outbox.retryAt((await outbox.claim(at(0)))!, { at: morning, counts: false });
    const second = await outbox.claim(at(0));
    expect(second?.tries).to.equal(1);
    await outbox.retryAt(second!, { at: morning, counts: true });
    expect((await outbox.claim(at(0)))?.tries).to.equal(2);
  });

  it('tells that an address is refused, and which, until it is forgiven', async () => {
    await outbox.noteRefusal('m1', 'hash of one address', morning);
    expect(await outbox.isRefused('m1')).to.equal(true);
    expect(await outbox.isRefused('m1', 'hash of one address')).to.equal(true);
    expect(await outbox.isRefused('m1', 'hash of another')).to.equal(false);
    expect(await outbox.isRefused('m2')).to.equal(false);
    await outbox.forgiveRefusal('m1', after(-1));
    expect(await outbox.isRefused('m1'), 'a refusal that came later stands').to.equal(true);
    await outbox.forgiveRefusal('m1', morning);
    expect(await outbox.isRefused('m1')).to.equal(false);
  });

  describe('the turn to nudge a person', () => {
    const days = (count: number): number => count * 24 * hour;
    const claim = async (key: string, ms = 0): Promise<ClaimedNotice> => {
      await outbox.enqueue(aNotice({ key, kind: 'pulse' }));
      return (await outbox.claim(at(ms)))!;
    };

    it('is given to one of many at once', async () => {
      const claims = await Promise.all(Array.from({ length: 20 }, (_, index) => claim(`k${index}`)));
      const turns = await Promise.all(claims.map((one) => outbox.takeTurn(one, at(0))));
      expect(turns.filter(({ mailKey }) => mailKey !== undefined)).to.have.length(1);
    });

    it('is not given again for five days by the programme’s clock, given back or not', async () => {
      const first = await claim('first');
      expect(await outbox.takeTurn(first, at(0))).to.deep.equal({ mailKey: 'first' });
      const second = await claim('second');
      expect(await outbox.takeTurn(second, at(0))).to.deep.equal({ lastAt: morning });
      await outbox.giveBackTurn(first, { hasLeft: true });
      const early = { ...at(0), now: after(days(5) - 1) };
      expect(await outbox.takeTurn(second, early)).to.deep.equal({ lastAt: morning });
      expect(await outbox.takeTurn(second, { ...at(0), now: after(days(5)) })).to.deep.equal({ mailKey: 'second' });
    });

    it('is given again to its own notice, which is tried again', async () => {
      const first = await claim('first');
      await outbox.takeTurn(first, at(0));
      await outbox.giveBackTurn(first, { hasLeft: false });
      await outbox.retryAt(first, { at: after(minute), counts: true });
      const again = (await outbox.claim(at(minute)))!;
      expect(await outbox.takeTurn(again, at(minute))).to.deep.equal({ mailKey: 'first' });
      await outbox.giveBackTurn(again, { hasLeft: true });
      expect((await outbox.takeTurn(again, at(minute))).mailKey, 'but not when its mail has left').to.equal(undefined);
    });

    it('stays with its holder whatever the programme’s clock says, until the lease ends', async () => {
      await outbox.takeTurn(await claim('first'), at(0));
      const second = await claim('second');
      const jumped = { now: after(days(30)), wallNow: after(5 * minute - 1) };
      expect((await outbox.takeTurn(second, { ...jumped, anyway: true })).mailKey).to.equal(undefined);
      expect(await outbox.takeTurn(second, { ...jumped, wallNow: after(5 * minute) })).to.have.property('mailKey');
    });

    it('gathers what is due or was put off, out of other hands too, and nothing of anybody else', async () => {
      const waits = aNotice({ key: 'waits', kind: 'fit_check', notBefore: after(days(3)) });
      const foreign = aNotice({ key: 'foreign', kind: 'pulse', memberId: 'm2' });
      const [first, second] = [await claim('a'), await claim('b')];
      const late = await claim('late');
      await outbox.retryAt(late, { at: after(days(4)), counts: false, goesAlong: true });
      await outbox.enqueue(waits, foreign, aNotice({ key: 'no-nudge', kind: 'dialogue_ended' }));
      await outbox.takeTurn(first, at(0));
      const mail = { mailKey: 'a', now: morning, wallNow: morning };
      const gathered = await outbox.gather(first, mail);
      expect(gathered.map(({ key }) => key)).to.have.members(['a', 'b', 'late']);
      expect(gathered.map(({ tries }) => tries)).to.deep.equal([1, 1, 1]);
      expect(await outbox.retryAt(second, { at: after(days(5)), counts: false }), 'taken out of its hands').to.equal(
        false,
      );
      expect(await outbox.markSent(gathered, morning)).to.equal(true);
    });

    it('goes on under the same mail’s name with whatever of it is found first after a death', async () => {
      const [first] = [await claim('a'), await claim('b')];
      await outbox.takeTurn(first, at(0));
      await outbox.gather(first, { mailKey: 'a', now: morning, wallNow: morning });
      const heirs = [await outbox.claim(at(5 * minute)), await outbox.claim(at(5 * minute))];
      const other = heirs.find((heir) => heir?.key === 'b')!;
      expect(await outbox.takeTurn(other, at(5 * minute))).to.deep.equal({ mailKey: 'a' });
      const again = await outbox.gather(other, { mailKey: 'a', now: morning, wallNow: after(5 * minute) });
      expect(again.map(({ key, tries }) => [key, tries])).to.have.deep.members([
        ['a', 2],
        ['b', 2],
      ]);
    });
  });

  it('purges what was settled long ago and never what waits', async () => {
    for (const key of ['done', 'waiting']) await outbox.enqueue(aNotice({ key }));
    await outbox.markSent([(await outbox.claim(at(0)))!], morning);
    expect(await outbox.purge(morning)).to.equal(0);
    expect(await outbox.purge(after(1))).to.equal(1);
    expect((await outbox.stats(morning)).pending).to.equal(1);
  });

  it('purges when a person was last nudged, whose key names a dialogue, and begins anew afterwards', async () => {
    await outbox.enqueue(aNotice({ kind: 'pulse' }));
    const claim = (await outbox.claim(at(0)))!;
    await outbox.takeTurn(claim, at(0));
    await outbox.purge(morning);
    expect(await database.connection().collection('nudges').countDocuments()).to.equal(1);
    await outbox.purge(after(1));
    expect(await database.connection().collection('nudges').countDocuments()).to.equal(0);
    expect(await outbox.takeTurn(claim, at(minute))).to.deep.equal({ mailKey: claim.key });
  });

  it('forgets everything about an erased member', async () => {
    await outbox.enqueue(aNotice());
    await outbox.enqueue(aNotice({ key: 'other', memberId: 'm2' }));
    await outbox.noteRefusal('m1', 'hash', morning);
    await outbox.takeTurn((await outbox.claim(at(0)))!, at(0));
    await database.store().retention.forgetMember('m1');
    expect(await outbox.isRefused('m1')).to.equal(false);
    expect(await database.connection().collection('nudges').countDocuments()).to.equal(0);
    expect((await outbox.claim(at(0)))?.memberId).to.equal('m2');
  });

  it('says how many wait, how many are due and since when', async () => {
    await outbox.enqueue(aNotice({ key: 'due', notBefore: after(-minute) }));
    await outbox.enqueue(aNotice({ key: 'later', notBefore: after(minute) }));
    expect(await outbox.stats(morning)).to.deep.equal({
      ...{ pending: 2, due: 1, oldestDueAt: after(-minute), sent: 0, refused: 0, exhausted: 0, dropped: 0 },
    });
  });

  describe('with 5,000 notices that were sent and 2,000 that wait for later', () => {
    beforeEach(async () => {
      const settled = Array.from({ length: 5000 }, (_, index) => ({
        ...{ _id: `sent-${index}`, kind: 'pulse', memberId: `m${index % 500}`, subjectId: 's', tries: 1 },
        ...{ notBefore: after(-hour), status: 'sent', settledAt: after(-hour) },
      }));
      const later = Array.from({ length: 2000 }, (_, index) => aNotice({ key: `l${index}`, notBefore: after(hour) }));
      await database.connection().collection<{ _id: string }>('outbox').insertMany(settled);
      await outbox.enqueue(...later, aNotice({ key: 'due', kind: 'pulse' }));
    });

    const examined = async (filter: object): Promise<number> => {
      const query = database.connection().collection('outbox').find(filter).sort({ notBefore: 1 });
      const plan = (await query.explain('executionStats')) as { executionStats: { totalDocsExamined: number } };
      expect(JSON.stringify(plan)).to.include('IXSCAN').and.not.include('COLLSCAN');
      return plan.executionStats.totalDocsExamined;
    };

    it('touches only what is due to find it', async () => {
      expect(await examined(claimable(morning, morning))).to.equal(1);
    });

    it('touches only what waits for one person to gather it', async () => {
      await outbox.enqueue(aNotice({ key: 'other', memberId: 'm7', kind: 'fit_check' }));
      expect(await examined(gatherable('m7', morning))).to.be.at.most(1);
    });
  });

  it('holds ids and times only', async () => {
    await outbox.enqueue(aNotice());
    await outbox.claim(at(0));
    const record = await database.connection().collection('outbox').findOne({});
    expect(Object.keys(record!).sort()).to.deep.equal(
      ['_id', 'kind', 'lease', 'leaseUntil', 'memberId', 'notBefore', 'status', 'subjectId', 'tries'].sort(),
    );
  });
});
