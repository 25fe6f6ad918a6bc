import { expect } from 'chai';
import { match, verify } from '../../../service/domain/matching/index.ts';
import type { MatchInput, MatchResult } from '../../../service/domain/matching/index.ts';
import { bestWorth, compareWorth, feasibleScores, worthOf } from './brute-force.ts';
import { programme, tinyProgramme } from './programmes.ts';
import { rounds } from '../../support/rounds.ts';

function worthOfResult(input: MatchInput, result: MatchResult): readonly number[] {
  const mentorAt = new Map(input.mentors.map(({ personId }, at) => [personId, at]));
  const mentorOf = new Map(result.pairs.map(({ requestId, mentorId }) => [requestId, mentorAt.get(mentorId)!]));
  const mateOf = input.mentees.map(({ id }) => mentorOf.get(id) ?? -1);
  return worthOf(input, feasibleScores(input), mateOf);
}

describe('the matching objective', () => {
  const programmes = rounds({ short: 200, long: 2000 });

  it(`equals trying everything in all five steps on ${programmes} tiny programmes, and certifies it`, function () {
    this.timeout(600_000);
    let contested = 0;
    for (let seed = 1; seed <= programmes; seed++) {
      const input = tinyProgramme(seed);
      const result = match(input, { seed });
      expect(compareWorth(worthOfResult(input, result), bestWorth(input)), `programme ${seed}`).to.equal(0);
      expect(verify(input, result), `certificate ${seed}`).to.deep.equal({ ok: true });
      if (result.unserved.some(({ reason }) => reason === 'places_taken')) contested += 1;
    }
    expect(contested, 'programmes in which people compete').to.be.greaterThan(programmes / 7);
  });

  it('is the same when rows are cut short and made again on demand', () => {
    for (let seed = 1; seed <= rounds({ short: 9, long: 60 }); seed++) {
      const input = programme({ n: 60, seed, places: seed % 3 === 0 ? 0.7 : 1 });
      const whole = match(input, { seed });
      const cut = match(input, { seed, storage: { mostStored: 0, shortRow: 1 } });
      expect(cut.figures).to.deep.equal(whole.figures);
      expect(verify(input, cut)).to.deep.equal({ ok: true });
    }
  });

  it('serves nobody and says why when there is no mentor, no mentee or no pair', () => {
    const input = programme({ n: 4, seed: 1 });
    const noMentor = match({ ...input, mentors: [] }, { seed: 1 });
    expect(noMentor.pairs).to.deep.equal([]);
    expect(noMentor.unserved.map(({ reason }) => reason)).to.deep.equal(Array(4).fill('nobody_fits'));
    expect(match({ ...input, mentees: [] }, { seed: 1 }).figures.served).to.equal(0);
    const silent = { ...input, mentees: input.mentees.map((mentee) => ({ ...mentee, languages: [] })) };
    expect(match(silent, { seed: 1 }).figures.pairs).to.equal(0);
    for (const one of [{ ...input, mentors: [] }, { ...input, mentees: [] }, silent]) {
      expect(verify(one, match(one, { seed: 1 }))).to.deep.equal({ ok: true });
    }
  });

  it('tells those without a place how many people compete for how many places', () => {
    const input = programme({ n: 40, seed: 3, places: 0.5 });
    const result = match(input, { seed: 1 });
    const crowded = result.unserved.filter((one) => one.reason === 'places_taken');
    expect(crowded).to.have.length.greaterThan(10);
    for (const { people, places } of crowded) expect(people).to.be.greaterThan(places);
  });

  it('serves a requeued request before one that has waited longer, and otherwise the longest waiting', () => {
    const input = programme({ n: 30, seed: 5, places: 0.5 });
    const [late, early] = [Date.UTC(2026, 5, 1), Date.UTC(2026, 0, 1)];
    const mentees = input.mentees.map((mentee, at) => ({ ...mentee, waitingSince: early + at * 1000, priority: 0 }));
    const last = { ...mentees.at(-1)!, waitingSince: late, priority: 1 };
    const result = match({ ...input, mentees: [...mentees.slice(0, -1), last] }, { seed: 1 });
    expect(result.pairs.map(({ requestId }) => requestId)).to.include(last.id);
  });

  it('refuses rules that do not add up and people listed twice', () => {
    const input = programme({ n: 4, seed: 1 });
    const heavy = { ...input.rules, weights: { ...input.rules.weights, topics: 99 } };
    expect(() => match({ ...input, rules: heavy }, { seed: 1 })).to.throw(RangeError, 'weights_not_100');
    const [mentee] = input.mentees;
    expect(() => match({ ...input, mentees: [mentee!, mentee!] }, { seed: 1 })).to.throw(RangeError, 'twice');
    const [mentor] = input.mentors;
    expect(() => match({ ...input, mentors: [mentor!, mentor!] }, { seed: 1 })).to.throw(RangeError, 'twice');
  });
});
