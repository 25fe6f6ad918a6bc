import { expect } from 'chai';
import { defaultMatchRules, match, verify } from '../../../service/domain/matching/index.ts';
import type { Certificate, MatchInput, MatchResult } from '../../../service/domain/matching/index.ts';
import { Dice, programme } from './programmes.ts';
import { rounds } from '../../support/rounds.ts';

/** A result with the one list changed at one place. */
function withPair(result: MatchResult, at: number, change: Partial<MatchResult['pairs'][number]>): MatchResult {
  return { ...result, pairs: result.pairs.map((pair, k) => (k === at ? { ...pair, ...change } : pair)) };
}

function withPrice(result: MatchResult, list: 'menteePrices' | 'mentorPrices', at: number): MatchResult {
  const prices = result.certificate[list].map((price, k) => (k === at ? price + 1 : price));
  return { ...result, certificate: { ...result.certificate, [list]: prices } };
}

/** Everything below makes a true result false in one place. */
const damages: ((dice: Dice, input: MatchInput, result: MatchResult) => MatchResult)[] = [
  (dice, _, result) => ({ ...result, pairs: result.pairs.filter((__, at) => at !== dice.below(1)) }),
  (dice, _, result) => {
    const lost = result.pairs[dice.below(result.pairs.length)]!;
    return {
      ...result,
      pairs: result.pairs.filter((pair) => pair !== lost),
      unserved: [...result.unserved, { requestId: lost.requestId, reason: 'nobody_fits' }],
    };
  },
  (dice, _, result) => ({ ...result, pairs: [...result.pairs, result.pairs[dice.below(result.pairs.length)]!] }),
  (dice, _, result) => {
    const at = dice.below(result.pairs.length);
    return withPair(result, at, { score: result.pairs[at]!.score + 1 });
  },
  (dice, input, result) => {
    const at = dice.below(result.pairs.length);
    const others = input.mentors.filter(({ personId }) => personId !== result.pairs[at]!.mentorId);
    return withPair(result, at, { mentorId: dice.one(others).personId });
  },
  (dice, _, result) => withPair(result, dice.below(result.pairs.length), { parts: [] }),
  (dice, input, result) => withPrice(result, 'menteePrices', dice.below(input.mentees.length)),
  (dice, input, result) => withPrice(result, 'mentorPrices', dice.below(input.mentors.length)),
  (_, __, result) => ({ ...result, figures: { ...result.figures, total: result.figures.total + 1 } }),
  (_, __, result) => ({ ...result, figures: { ...result.figures, lowest: result.figures.lowest - 1 } }),
  (_, __, result) => ({ ...result, inputHash: result.inputHash.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) }),
  (_, __, result) => ({ ...result, rulesVersion: 'other' }),
  (_, __, result) => withCertificate(result, { claims: result.certificate.claims.map(() => 0) }),
  (_, __, result) => withCertificate(result, { crowd: [] }),
  (_, __, result) => withCertificate(result, { loads: result.certificate.loads.map(() => 0) }),
  (_, __, result) => withCertificate(result, { menteePrices: result.certificate.menteePrices.slice(1) }),
];

function withCertificate(result: MatchResult, change: Partial<Certificate>): MatchResult {
  return { ...result, certificate: { ...result.certificate, ...change } };
}

describe('the certificate of a matching', () => {
  const most = rounds({ short: 200, long: 1000 });

  it(`is accepted for every run and refused for every one of ${most} damaged results`, () => {
    let refused = 0;
    for (let seed = 1; refused < most; seed++) {
      const dice = new Dice(seed);
      const input = programme({ n: 24, seed, places: 0.7 });
      const result = match(input, { seed });
      expect(verify(input, result)).to.deep.equal({ ok: true });
      if (result.pairs.length === 0 || result.figures.lowest === 100 || result.unserved.length === 0) continue;
      for (const [kind, damage] of damages.entries()) {
        const damaged = damage(dice, input, result);
        expect(verify(input, damaged).ok, `damage ${kind} of programme ${seed}`).to.equal(false);
        refused += 1;
      }
    }
  });

  it('refuses a result that is worse in one step, however it is certified', () => {
    const input = programme({ n: 30, seed: 11, places: 1 });
    const best = match(input, { seed: 1 });
    const [first, second] = best.pairs;
    const swapped = best.pairs.map((pair) => {
      if (pair === first) return { ...pair, mentorId: second!.mentorId };
      return pair === second ? { ...pair, mentorId: first!.mentorId } : pair;
    });
    expect(verify(input, { ...best, pairs: swapped }).ok).to.equal(false);
  });

  it('belongs to one input: changed rules, people or history are another', () => {
    const input = programme({ n: 20, seed: 2 });
    const result = match(input, { seed: 1 });
    const [one, ...others] = input.mentors;
    const changed: MatchInput[] = [
      { ...input, rules: { ...defaultMatchRules, floor: 41 } },
      { ...input, mentors: others },
      { ...input, mentors: [{ ...one!, usedPlaces: one!.usedPlaces + 1 }, ...others] },
      { ...input, proposedBefore: [{ one: 'mentee0', other: 'mentor0' }] },
    ];
    for (const other of changed) expect(verify(other, result)).to.deep.equal({ ok: false, reason: 'other_input' });
  });
});
