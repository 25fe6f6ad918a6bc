import { expect } from 'chai';
import { daysAgo, dialogueOf, memberOf, proposalOf, requestOf } from '../../service/demo/factories.ts';
import { indicators, snapshotKey, type Indicator, type Snapshot } from '../../service/domain/report/snapshot.ts';
import type { Cell } from '../../service/domain/report/suppress.ts';
import { useStore } from '../support/store.ts';

function snapshotOf(period: string, facts: Partial<Snapshot> = {}): Snapshot {
  const cells = Object.fromEntries(
    indicators.map((one, index): [Indicator, Cell] => [
      one,
      index % 2 ? { shown: true, count: index } : { shown: false },
    ]),
  ) as Record<Indicator, Cell>;
  const rows = [
    { labId: 'etis', cells },
    { labId: 'all', cells },
  ];
  return { key: snapshotKey(period), period, takenAt: new Date(`${period}-01T03:00:00Z`), rows, ...facts };
}

describe('store: figures', () => {
  const { store } = useStore();

  describe('snapshots', () => {
    it('gives back the figures exactly as they were frozen', async () => {
      const snapshot = snapshotOf('2026-09');
      await store().snapshots.insert(snapshot);
      expect(await store().snapshots.latest()).to.deep.equal(snapshot);
      expect(await store().snapshots.has(snapshot.key)).to.equal(true);
      expect(await store().snapshots.has(snapshotKey('1999-01'))).to.equal(false);
    });

    it('never recounts a month: of 20 snapshots at once one is kept, and a later one is dropped', async () => {
      const taken = Array.from({ length: 20 }, (_, hour) => snapshotOf('2026-10', { takenAt: daysAgo(hour / 24) }));
      await Promise.all(taken.map((snapshot) => store().snapshots.insert(snapshot)));
      const kept = await store().snapshots.latest();
      expect(taken).to.deep.include(kept);
      await store().snapshots.insert(snapshotOf('2026-10', { takenAt: daysAgo(-1), rows: [] }));
      expect(await store().snapshots.latest()).to.deep.equal(kept);
    });
  });

  describe('census', () => {
    before(async () => {
      await store().members.insert(memberOf({ labId: 'lix', offer: { capacity: 3 }, held: ['a', 'b'] }));
      await store().members.insert(memberOf({ labId: 'isir', profile: null }));
      await store().requests.insert(requestOf({ labId: 'stms', openedAt: daysAgo(9), message: 'Bonjour' }));
      await store().proposals.insert(proposalOf({ menteeId: 'm', mentorId: 'r', sentAt: daysAgo(2) }));
      await store().proposals.insert(proposalOf({ sentAt: daysAgo(40) }));
      await store().dialogues.insert(dialogueOf({ menteeId: 'm', mentorId: 'r' }));
      await store().dialogues.insert(dialogueOf({ status: 'closed', closing: 'completed' }));
    });

    it('counts members by lab, status and places, and says nothing else of them', async () => {
      expect(await store().census.members()).to.have.deep.members([
        { labId: 'lix', status: 'active', offer: { capacity: 3 }, held: 2 },
        { labId: 'isir', status: 'draft', held: 0 },
      ]);
    });

    it('counts requests by lab, status and age', async () => {
      expect(await store().census.requests()).to.deep.equal([{ labId: 'stms', status: 'open', openedAt: daysAgo(9) }]);
    });

    it('counts the proposals sent since an instant and the dialogues that are open', async () => {
      const pair = { menteeId: 'm', mentorId: 'r', menteeLabId: 'etis', mentorLabId: 'lix' };
      expect(await store().census.proposals(daysAgo(30))).to.deep.equal([pair]);
      expect(await store().census.openDialogues()).to.deep.equal([pair]);
    });
  });
});
