// Live figures of a run: in steps, and hidden where they could stand for few.
import { expect } from 'chai';
import fc from 'fast-check';
import { liveCell, livePairs, livePlaces } from '../../service/domain/report/live.ts';

const shown = (count: number) => ({ shown: true, count });

describe('a live figure', () => {
  it('is hidden below five persons and rounded down to steps of five above', () => {
    expect([0, 4].map((count) => liveCell(count).shown)).to.deep.equal([false, false]);
    expect([5, 9, 10, 14].map((count) => liveCell(count))).to.deep.equal([5, 5, 10, 10].map(shown));
  });

  it('of places is hidden as long as four mentors could offer them all', () => {
    expect(livePlaces(20).shown).to.equal(false);
    expect(livePlaces(21)).to.deep.equal(shown(20));
  });

  describe('of pairs', () => {
    const crowd = { requests: 12, places: 60, served: 11, pairs: 3478, lowest: 43, total: 816 };

    it('tells how many are possible by the first digit, and scores in steps that no single pair can fill', () => {
      expect(livePairs(crowd)).to.deep.equal({ pairs: shown(3000), lowest: shown(40), total: shown(500) });
    });

    it('is hidden when few ask, when few could offer the places, or when few are possible', () => {
      const few = [{ requests: 4 }, { places: 20 }, { pairs: 4 }, { pairs: 0 }];
      expect(few.map((fact) => livePairs({ ...crowd, ...fact }).pairs.shown)).to.deep.equal(few.map(() => false));
    });

    it('has no score below ten served requests', () => {
      const { lowest, total } = livePairs({ ...crowd, served: 9 });
      expect([lowest.shown, total.shown]).to.deep.equal([false, false]);
    });
  });

  it('never lets fewer than five be got by subtracting one from another', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(4), (proposed, skipped) => {
        const [served, made] = [liveCell(proposed + skipped), liveCell(proposed)];
        // 0 to 4 were left out: the difference of what is shown is none or a whole step, and says no more than that.
        if (served.shown && made.shown) expect([0, 5]).to.include(served.count - made.count);
        expect(liveCell(skipped).shown).to.equal(false);
      }),
    );
  });
});
