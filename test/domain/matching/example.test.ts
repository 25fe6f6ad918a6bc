import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { explainPair, match, verify } from '../../../service/domain/matching/index.ts';
import { feasibleScores } from './brute-force.ts';
import { example } from './example.ts';

const page = readFileSync(new URL('../../../docs/matching.md', import.meta.url), 'utf8');

/** The table of scores as the page prints it, by row. */
function printedScores(): (number | undefined)[][] {
  const rows = page.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  return example.mentees.map(({ id }) => {
    const cells = rows.find(([, name, ...rest]) => name === id && rest.length === 4 && /^(\d+|-)$/.test(rest[0]!));
    return (cells ?? []).slice(2, 5).map((cell) => (cell === '-' ? undefined : Number(cell)));
  });
}

describe('the worked example of docs/matching.md', () => {
  const result = match(example, { seed: 1 });
  const pairs = Object.fromEntries(result.pairs.map(({ requestId, mentorId }) => [requestId, mentorId]));

  it('prints the scores the rules give, and leaves out the pairs that do not exist', () => {
    expect(printedScores()).to.deep.equal(feasibleScores(example));
  });

  it('explains Amal and Mira by the parts the page adds up', () => {
    const [amal] = example.mentees;
    const [mira] = example.mentors;
    const { parts, score } = explainPair(example.rules, amal!, mira!);
    expect(parts.map(({ points }) => points)).to.deep.equal([40, 14, 15, 10, 8, 5]);
    expect(score).to.equal(92);
  });

  it('serves four where taking the best score first serves three', () => {
    const scores = feasibleScores(example);
    const free = example.mentors.map(({ places }) => places);
    const best = scores
      .flatMap((row, mentee) => row.map((score, mentor) => ({ mentee, mentor, score })))
      .filter(({ score }) => score !== undefined)
      .sort((a, b) => b.score! - a.score!);
    const served = new Set<number>();
    for (const { mentee, mentor } of best) {
      if (served.has(mentee) || free[mentor] === 0) continue;
      served.add(mentee);
      free[mentor]!--;
    }
    expect(served.size).to.equal(3);
    expect(result.figures.served).to.equal(4);
  });

  it('leaves out Diego, who asked last of the three who compete for two places', () => {
    expect(result.unserved).to.deep.equal([{ requestId: 'Diego', reason: 'places_taken', people: 3, places: 2 }]);
    const earlier = example.mentees.map((one) => (one.id === 'Diego' ? { ...one, waitingSince: 0 } : one));
    expect(
      match({ ...example, mentees: earlier }, { seed: 1 }).unserved.map(({ requestId }) => requestId),
    ).to.deep.equal(['Bruno']);
  });

  it('raises the lowest score before the total, then takes the highest total and counts the load', () => {
    expect(pairs).to.deep.equal({ Amal: 'Noé', Bruno: 'Mira', Chloé: 'Olga', Elsa: 'Olga' });
    expect(result.figures).to.deep.include({ lowest: 59, total: 275, load: 6 });
  });

  it('is the same for every seed, and its certificate has the prices the page prints', () => {
    for (let seed = 0; seed < 20; seed++) expect(match(example, { seed }).pairs).to.deep.equal(result.pairs);
    const { menteePrices, mentorPrices } = result.certificate;
    expect(menteePrices).to.deep.equal([25, 3, 82, 0, 64]);
    expect(mentorPrices).to.deep.equal([67, 34, 0]);
    expect(verify(example, result)).to.deep.equal({ ok: true });
  });

  it('sends Elsa to the mentor with fewer places in use where the points are equal', () => {
    const [, , , , elsa] = example.mentees;
    const [, noe, olga] = example.mentors;
    const alike = { ...olga!, personId: 'Pia', topics: olga!.topics, usedPlaces: 1 };
    const { pairs: chosen } = match(
      { ...example, mentees: [elsa!], mentors: [{ ...noe!, places: 0 }, { ...olga!, usedPlaces: 2 }, alike] },
      { seed: 1 },
    );
    expect(chosen.map(({ mentorId }) => mentorId)).to.deep.equal(['Pia']);
  });
});
