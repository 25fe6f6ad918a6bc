import { expect } from 'chai';
import { daysAgo } from '../../service/demo/factories.ts';
import type { Certificate } from '../../service/domain/matching/index.ts';
import type { HeldRun, MatchRun } from '../../service/usecases/ports.ts';
import { useStore } from '../support/store.ts';

function runOf(facts: Partial<MatchRun>): MatchRun {
  const counts = { requests: 12, places: 9, served: 8, proposed: 0, skipped: 0 };
  return { key: 'run', startedAt: daysAgo(1), seed: 7, rulesVersion: '1', inputHash: 'abc', ...counts, ...facts };
}

describe('store: matching runs', () => {
  const { store } = useStore();

  it('gives a regular run to one of 20 copies of the service that wake at the same time', async () => {
    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, seed) => store().runs.claim(runOf({ key: 'regular', seed }))),
    );
    expect(claims.filter(Boolean)).to.have.length(1);
    expect((await store().runs.find('regular'))?.seed).to.equal(claims.indexOf(true));
  });

  it('keeps what a run did, and when it ended', async () => {
    const run = runOf({ key: 'finished' });
    await store().runs.claim(run, 'me');
    expect(await store().runs.find('finished')).to.deep.equal(run);
    const end = { finishedAt: daysAgo(0), proposed: 8, skipped: 1 };
    expect(await store().runs.finish({ key: 'finished', holder: 'me' }, end)).to.equal(true);
    expect(await store().runs.find('finished')).to.deep.equal({ ...run, ...end });
  });

  it('gives a run that waits, or whose holder is silent, to one of 20 copies that ask at the same time', async () => {
    const [now, silentBefore] = [daysAgo(0), daysAgo(0.5)];
    const take = (key: string): Promise<(MatchRun | undefined)[]> =>
      Promise.all(
        Array.from({ length: 20 }, (_, index) => store().runs.takeUp(key, { holder: `${index}`, now, silentBefore })),
      );
    await store().runs.claim(runOf({ key: 'waits', progressAt: now }));
    await store().runs.claim(runOf({ key: 'silent', progressAt: daysAgo(1) }), 'dead');
    await store().runs.claim(runOf({ key: 'busy', progressAt: now }), 'alive');
    for (const [key, copies] of [
      ['waits', 1],
      ['silent', 1],
      ['busy', 0],
    ] as const) {
      const got = (await take(key)).filter((run) => run !== undefined);
      expect(
        got.map((run) => run.begunAt),
        key,
      ).to.deep.equal(Array.from({ length: copies }, () => now));
    }
  });

  it('lets only its holder say how far a run is, prove it, give it back and finish it', async () => {
    const now = daysAgo(0);
    const run = runOf({ key: 'held', progressAt: daysAgo(1) });
    const [former, holder] = ['former', 'holder'].map((name) => ({ key: 'held', holder: name })) as [HeldRun, HeldRun];
    await store().runs.claim(run, 'former');
    await store().runs.takeUp('held', { holder: 'holder', now, silentBefore: now });
    const taken = await store().runs.find('held');
    expect(await store().runs.progress(former, now, { proposed: 5 })).to.equal(false);
    expect(await store().runs.finish(former, { finishedAt: now })).to.equal(false);
    await store().runs.release(former);
    await store().runs.keepCertificate(former, {} as Certificate);
    expect(await store().runs.find('held')).to.deep.equal(taken);
    expect(await store().runs.findCertificate('held')).to.equal(undefined);
    expect(await store().runs.progress(holder, now, { proposed: 5 })).to.equal(true);
    expect(await store().runs.finish(holder, { finishedAt: now })).to.equal(true);
    expect(await store().runs.finish(holder, { finishedAt: now, stopped: true })).to.equal(false);
    expect(await store().runs.find('held')).to.deep.equal({ ...taken, proposed: 5, finishedAt: now });
  });

  it('gives demanded runs in the order in which they were asked for, and no others', async () => {
    const now = daysAgo(-1);
    const at = (holder: string) => ({ holder, now, silentBefore: daysAgo(0) });
    await store().runs.claim(runOf({ key: 'regular 3', startedAt: daysAgo(-0.1), progressAt: now }));
    for (const [key, days] of [
      ['demand 2', -0.3],
      ['demand 1', -0.2],
      ['demand 0', 1],
    ] as const) {
      await store().runs.claim(runOf({ key, startedAt: daysAgo(days), progressAt: now }));
    }
    const taken = [await store().runs.takeUpDemanded(at('a')), await store().runs.takeUpDemanded(at('b'))];
    expect(taken.map((run) => run?.key)).to.deep.equal(['demand 1', 'demand 2']);
    expect(await store().runs.takeUpDemanded(at('c'))).to.equal(undefined);
    await store().runs.release({ key: 'demand 1', holder: 'a' });
    expect(await store().runs.takeUpDemanded(at('c'))).to.include({ key: 'demand 1' });
  });

  it('gives nobody a run that was taken up five times without coming to its end', async () => {
    await store().runs.claim(runOf({ key: 'demand poison', startedAt: daysAgo(-2), progressAt: daysAgo(-2) }));
    const taken: (string | undefined)[] = [];
    for (let index = 0; index < 7; index += 1) {
      const now = daysAgo(-2.1 - index / 10);
      const run = await store().runs.takeUpDemanded({ holder: `${index}`, now, silentBefore: now });
      taken.push(run?.key);
    }
    expect(taken.filter(Boolean)).to.deep.equal(Array.from({ length: 5 }, () => 'demand poison'));
    expect(taken.slice(5)).to.deep.equal([undefined, undefined]);
    expect(await store().runs.finishSilent(daysAgo(-9), daysAgo(-9))).to.be.greaterThan(0);
    expect(await store().runs.find('demand poison')).to.include({ stopped: true });
  });

  it('forgets dry runs claimed before an instant, and keeps the others', async () => {
    await store().runs.claim(runOf({ key: 'dry old', dryRun: true, startedAt: daysAgo(9) }));
    await store().runs.claim(runOf({ key: 'dry new', dryRun: true, startedAt: daysAgo(2) }));
    await store().runs.claim(runOf({ key: 'real old', startedAt: daysAgo(9) }));
    expect(await store().runs.forgetDryRuns(daysAgo(7))).to.equal(1);
    expect(await store().runs.find('dry old')).to.equal(undefined);
    expect(await store().runs.find('dry new')).to.include({ dryRun: true });
    expect(await store().runs.find('real old')).to.include({ key: 'real old' });
  });

  it('finds no run under an unknown key', async () => {
    expect(await store().runs.find('never')).to.equal(undefined);
  });

  it('lists the latest runs first', async () => {
    const [older, newer] = [
      runOf({ key: 'older', startedAt: daysAgo(-50) }),
      runOf({ key: 'newer', startedAt: daysAgo(-51) }),
    ];
    for (const run of [newer, older]) await store().runs.claim(run);
    expect(await store().runs.latest(2)).to.deep.equal([newer, older]);
  });
});
