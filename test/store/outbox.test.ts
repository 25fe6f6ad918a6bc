import { expect } from 'chai';
import { createOutbox, type OutboxStore } from '../../service/store/outbox.ts';
import { useStore } from '../support/store.ts';
import { aNotice, morning } from '../support/mail.ts';

const minute = 60_000;
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
    await database.connection().collection('outbox').deleteMany({});
  });

  it('keeps one notice when the same key is enqueued by many at once', async () => {
    await Promise.all(Array.from({ length: 50 }, () => outbox.enqueue(aNotice())));
    expect((await outbox.stats(morning)).pending).to.equal(1);
  });

  it('does not take a key again after its mail was sent', async () => {
    await outbox.enqueue(aNotice());
    const claim = await outbox.claim(at(0));
    await outbox.markSent(claim!, morning);
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
    expect(await outbox.markSent(dead!, morning)).to.equal(false);
    expect(await outbox.markSent(heir!, morning)).to.equal(true);
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

  it('tells that an address is refused until a later mail arrives', async () => {
    for (const key of ['first', 'second']) await outbox.enqueue(aNotice({ key }));
    await outbox.giveUp((await outbox.claim(at(0)))!, 'refused', morning);
    expect(await outbox.isRefused('m1')).to.equal(true);
    expect(await outbox.isRefused('m2')).to.equal(false);
    await outbox.markSent((await outbox.claim(at(0)))!, after(minute));
    expect(await outbox.isRefused('m1')).to.equal(false);
  });

  it('purges what was settled long ago and never what waits', async () => {
    for (const key of ['done', 'waiting']) await outbox.enqueue(aNotice({ key }));
    await outbox.markSent((await outbox.claim(at(0)))!, morning);
    expect(await outbox.purge(morning)).to.equal(0);
    expect(await outbox.purge(after(1))).to.equal(1);
    expect((await outbox.stats(morning)).pending).to.equal(1);
  });

  it('forgets everything about an erased member', async () => {
    await outbox.enqueue(aNotice());
    await outbox.enqueue(aNotice({ key: 'other', memberId: 'm2' }));
    expect(await outbox.forget('m1')).to.equal(1);
    expect((await outbox.claim(at(0)))?.memberId).to.equal('m2');
  });

  it('says how many wait, how many are due and since when', async () => {
    await outbox.enqueue(aNotice({ key: 'due', notBefore: after(-minute) }));
    await outbox.enqueue(aNotice({ key: 'later', notBefore: after(minute) }));
    expect(await outbox.stats(morning)).to.deep.equal({
      ...{ pending: 2, due: 1, oldestDueAt: after(-minute), sent: 0, refused: 0, exhausted: 0, dropped: 0 },
    });
  });

  it('finds what is due by the index, however much was sent', async () => {
    const plan = await database
      .connection()
      .collection('outbox')
      .find({ status: 'pending', notBefore: { $lte: morning } })
      .sort({ notBefore: 1 })
      .explain('queryPlanner');
    expect(JSON.stringify(plan)).to.include('IXSCAN').and.not.include('COLLSCAN');
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
