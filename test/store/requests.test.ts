import { expect } from 'chai';
import { daysAgo, requestOf } from '../../service/demo/factories.ts';
import type { MentoringRequest } from '../../service/domain/mentoring-request.ts';
import { refusedWith } from '../support/refusals.ts';
import { useStore } from '../support/store.ts';

describe('store: mentoring requests', () => {
  const { store } = useStore();
  const keep = async (request: MentoringRequest): Promise<MentoringRequest> => {
    expect(await store().requests.insert(request)).to.equal(true);
    return request;
  };

  it('gives back a request exactly as the domain made it, message included', async () => {
    const request = await keep(requestOf({ message: 'Je reprends après un congé : « par où commencer ? »' }));
    expect(await store().requests.find(request.id)).to.deep.equal(request);
    expect(await store().requests.findLive(request.memberId)).to.deep.equal(request);
  });

  it('gives back a request without a message without the key', async () => {
    const request = await keep(requestOf());
    expect(await store().requests.find(request.id))
      .to.deep.equal(request)
      .and.not.have.any.keys('message', 'outcome');
  });

  it('keeps one live request of a person who asks in 50 windows at once', async () => {
    const memberId = 'in a hurry';
    const kept = await Promise.all(Array.from({ length: 50 }, () => store().requests.insert(requestOf({ memberId }))));
    expect(kept.filter(Boolean)).to.have.length(1);
  });

  for (const status of ['open', 'proposed', 'matched'] as const) {
    it(`refuses another request while one is ${status}, and keeps one after it is closed`, async () => {
      const first = await keep(requestOf({ status }));
      const second = requestOf({ memberId: first.memberId });
      expect(await store().requests.insert(second)).to.equal(false);
      await store().requests.change(first.id, [status], { status: 'closed', outcome: 'served' });
      expect(await store().requests.findLive(first.memberId)).to.equal(undefined);
      expect(await store().requests.insert(second)).to.equal(true);
      expect(await store().requests.findLive(first.memberId)).to.deep.equal(second);
    });
  }

  it('does not reopen a closed request beside a live one', async () => {
    const closed = await keep(requestOf({ status: 'closed', outcome: 'withdrawn' }));
    await keep(requestOf({ memberId: closed.memberId }));
    await refusedWith('illegal_transition', store().requests.change(closed.id, ['closed'], { status: 'open' }));
    expect(await store().requests.find(closed.id)).to.deep.equal(closed);
  });

  it('is proposed to one of 20 proposals that want it at once', async () => {
    const request = await keep(requestOf());
    const taken = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        store().requests.change(request.id, ['open'], { status: 'proposed', proposalId: `proposal ${index}` }),
      ),
    );
    expect(taken.filter(Boolean)).to.have.length(1);
  });

  it('goes back to the queue by the proposal it is proposed by, and by no other', async () => {
    const request = await keep(requestOf({ status: 'proposed', proposalId: 'mine', message: 'Bonjour' }));
    const back = { status: 'open', proposalId: null, message: null, lapses: 1 } as const;
    expect(await store().requests.changeProposed(request.id, 'another', back)).to.equal(undefined);
    const requeued = await store().requests.changeProposed(request.id, 'mine', back);
    expect(requeued).to.include({ status: 'open', lapses: 1 }).and.not.have.any.keys('proposalId', 'message');
    expect(await store().requests.changeProposed(request.id, 'mine', back)).to.equal(undefined);
  });

  it('lists the open requests, the longest waiting first', async () => {
    const [young, old] = [
      await keep(requestOf({ openedAt: daysAgo(900) })),
      await keep(requestOf({ openedAt: daysAgo(901) })),
    ];
    const proposed = await keep(requestOf({ status: 'proposed', openedAt: daysAgo(902) }));
    const ids: string[] = [];
    for await (const chunk of store().requests.readOpen()) ids.push(...chunk.map(({ id }) => id));
    expect(ids.slice(0, 2)).to.deep.equal([old.id, young.id]);
    expect(ids).to.not.include(proposed.id);
  });
});
