import { expect } from 'chai';
import fc from 'fast-check';
import {
  explainPair,
  fingerprint,
  match,
  openPool,
  suggest,
  verify,
  whyNot,
} from '../../../service/domain/matching/index.ts';
import type { MatchInput } from '../../../service/domain/matching/index.ts';
import { failedConditions, proposedBeforeIn } from '../../../service/domain/matching/feasible.ts';
import { mentorOf, scoreOf } from '../../../service/domain/matching/points.ts';
import { randomFrom, shuffled } from '../../../service/domain/matching/random.ts';
import { RowSource, sidesOf } from '../../../service/domain/matching/row-source.ts';
import { feasibleScores } from './brute-force.ts';
import { programme, tinyProgramme } from './programmes.ts';
import { rounds } from '../../support/rounds.ts';

/** Programmes awkward and ordinary, with an earlier proposal here and there. */
const anyProgramme: fc.Arbitrary<MatchInput> = fc
  .record({ seed: fc.integer({ min: 1, max: 1e9 }), n: fc.integer({ min: 1, max: 24 }), tiny: fc.boolean() })
  .map(({ seed, n, tiny }) => (tiny ? tinyProgramme(seed, 8) : programme({ n, seed, places: 0.5 + (seed % 4) / 4 })));
const anySeed = fc.integer({ min: 0, max: 2 ** 32 - 1 });

const reordered = (input: MatchInput, seed: number): MatchInput => {
  const random = randomFrom(seed);
  const [mentees, mentors] = [shuffled(input.mentees, random), shuffled(input.mentors, random)];
  return { ...input, mentees, mentors, proposedBefore: [...input.proposedBefore].reverse() };
};

describe('the rules of matching, for any programme', () => {
  it('never pairs two people who fail a condition, and gives no mentor more than their places', () => {
    fc.assert(
      fc.property(anyProgramme, anySeed, (input, seed) => {
        const proposedBefore = proposedBeforeIn(input);
        const { pairs } = match(input, { seed });
        for (const mentor of input.mentors) {
          const held = pairs.filter(({ mentorId }) => mentorId === mentor.personId);
          expect(held.length).to.be.at.most(mentor.places);
          for (const { requestId, score } of held) {
            const mentee = input.mentees.find(({ id }) => id === requestId)!;
            expect(failedConditions({ rules: input.rules, mentee, mentor, proposedBefore })).to.deep.equal([]);
            expect(score).to.be.at.least(input.rules.floor);
          }
        }
      }),
      { numRuns: rounds({ short: 40, long: 400 }) },
    );
  });

  it('finds by bits and tables the same pairs and scores as the conditions and parts in words', () => {
    fc.assert(
      fc.property(anyProgramme, (input) => {
        const source = new RowSource(sidesOf(input));
        const scores = feasibleScores(input);
        for (const [mentee, expected] of scores.entries()) {
          const found = new Map(Array.from(source.row(mentee), (pair) => [mentorOf(pair), scoreOf(pair)]));
          expect(expected.map((_, mentor) => found.get(mentor))).to.deep.equal(expected);
        }
      }),
      { numRuns: rounds({ short: 40, long: 400 }) },
    );
  });

  it('gives the same result for the same seed, in whatever order the people are listed', () => {
    fc.assert(
      fc.property(anyProgramme, anySeed, (input, seed) => {
        expect(match(reordered(input, seed ^ 1), { seed })).to.deep.equal(match(input, { seed }));
      }),
      { numRuns: rounds({ short: 20, long: 200 }) },
    );
  });

  it('reaches the same size, lowest score, total and load whatever the seed', () => {
    fc.assert(
      fc.property(anyProgramme, anySeed, anySeed, (input, seed, other) => {
        expect(match(input, { seed }).figures).to.deep.equal(match(input, { seed: other }).figures);
      }),
      { numRuns: rounds({ short: 20, long: 200 }) },
    );
  });

  it('never serves fewer when a mentor joins', () => {
    fc.assert(
      fc.property(anyProgramme, anySeed, (input, seed) => {
        const [, ...fewer] = input.mentors;
        const without = match({ ...input, mentors: fewer }, { seed });
        expect(match(input, { seed }).figures.served).to.be.at.least(without.figures.served);
      }),
      { numRuns: rounds({ short: 20, long: 200 }) },
    );
  });

  it('never lets a request that has waited longer lose its place because a later one joins', () => {
    fc.assert(
      fc.property(anyProgramme, anySeed, (input, seed) => {
        const servedAt = (given: MatchInput): number[] => {
          const ids = new Set(match(given, { seed }).pairs.map(({ requestId }) => requestId));
          return given.mentees.map(({ id }) => Number(ids.has(id)));
        };
        const latest = Math.max(...input.mentees.map(({ waitingSince }) => waitingSince)) + 1;
        const copy = { ...input.mentees[0]!, id: 'late', personId: 'late', waitingSince: latest, priority: -1 };
        const before = servedAt(input).reduce((sum, one) => sum + one, 0);
        const after = servedAt({ ...input, mentees: [...input.mentees, copy] });
        expect(after.slice(0, -1).reduce((sum, one) => sum + one, 0)).to.equal(before);
      }),
      { numRuns: rounds({ short: 20, long: 200 }) },
    );
  });

  it('suggests exactly the best feasible mentors, and counts the others by the condition they fail', () => {
    fc.assert(
      fc.property(anyProgramme, fc.integer({ min: 1, max: 6 }), (input, k) => {
        const scores = feasibleScores(input);
        for (const [at, mentee] of input.mentees.entries()) {
          const feasible = scores[at]!.filter((score) => score !== undefined);
          const { fitting, best } = suggest(input, mentee.id, k);
          expect(fitting).to.equal(feasible.length);
          const expected = feasible.sort((a, b) => b - a).slice(0, k);
          expect(best.map(({ score }) => score)).to.deep.equal(expected);
          const why = whyNot(input, mentee.id);
          expect(why.feasible).to.equal(feasible.length);
          expect(why.mentors).to.equal(input.mentors.length);
        }
      }),
      { numRuns: rounds({ short: 15, long: 120 }) },
    );
  });

  it('explains every pair by parts that add up and stay within their weight', () => {
    fc.assert(
      fc.property(anyProgramme, (input) => {
        for (const mentee of input.mentees) {
          for (const mentor of input.mentors) {
            const { score, parts } = explainPair(input.rules, mentee, mentor);
            expect(parts.reduce((sum, { points }) => sum + points, 0)).to.equal(score);
            for (const { points, max } of parts) expect(points).to.be.within(0, max);
          }
        }
      }),
      { numRuns: rounds({ short: 15, long: 120 }) },
    );
  });

  it('knows an input by its content, not by its order', () => {
    fc.assert(
      fc.property(anyProgramme, anySeed, (input, seed) => {
        expect(fingerprint(reordered(input, seed))).to.equal(fingerprint(input));
        const [first, ...others] = input.mentees;
        const later = { ...first!, waitingSince: first!.waitingSince + 1 };
        expect(fingerprint({ ...input, mentees: [later, ...others] })).to.not.equal(fingerprint(input));
      }),
      { numRuns: rounds({ short: 20, long: 200 }) },
    );
  });

  it('answers many requests from one pool as it answers each alone, and accepts its own results', () => {
    fc.assert(
      fc.property(anyProgramme, anySeed, (input, seed) => {
        const pool = openPool(input);
        for (const mentee of input.mentees) {
          expect(pool.suggest(mentee, 3)).to.deep.equal(suggest(input, mentee.id, 3));
        }
        expect(verify(input, match(input, { seed }))).to.deep.equal({ ok: true });
      }),
      { numRuns: rounds({ short: 15, long: 120 }) },
    );
  });
});
