import { expect } from 'chai';
import { daysAgo } from '../../service/demo/factories.ts';
import type { MatchRun } from '../../service/usecases/ports.ts';
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
    await store().runs.claim(run);
    expect(await store().runs.find('finished')).to.deep.equal(run);
    const end = { finishedAt: daysAgo(0), proposed: 8, skipped: 1 };
    await store().runs.finish('finished', end);
    expect(await store().runs.find('finished')).to.deep.equal({ ...run, ...end });
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
