import { expect } from 'chai';
import fc from 'fast-check';
import { claimsOf } from '../../../service/domain/matching/served-set.ts';
import { rounds } from '../../support/rounds.ts';

describe('the claim of a request', () => {
  it('is stronger for a higher priority, then for longer waiting, and equal for equals', () => {
    const claimant = fc.record({
      priority: fc.constantFrom(-1, 0, 0, 1, 2.5),
      waitingSince: fc.constantFrom(0, 1, 5, 1_760_000_000_000, 1_760_000_000_001, -3),
    });
    fc.assert(
      fc.property(fc.array(claimant, { maxLength: 30 }), (people) => {
        const claims = claimsOf({
          priority: Float64Array.from(people, ({ priority }) => priority),
          waitingSince: Float64Array.from(people, ({ waitingSince }) => waitingSince),
        });
        for (const [a, one] of people.entries()) {
          for (const [b, other] of people.entries()) {
            const order = one.priority - other.priority || other.waitingSince - one.waitingSince;
            expect(Math.sign(claims[a]! - claims[b]!)).to.equal(Math.sign(order));
          }
        }
        const distinct = new Set(claims);
        expect([...distinct].sort((x, y) => x - y)).to.deep.equal([...distinct].map((_, at) => at + 1));
      }),
      { numRuns: rounds({ short: 60, long: 600 }) },
    );
  });
});
