// Live figures of a run: in steps, and hidden where they could stand for few.
import { expect } from 'chai';
import fc from 'fast-check';
import { liveCell, livePlaces } from '../../service/domain/report/live.ts';

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
