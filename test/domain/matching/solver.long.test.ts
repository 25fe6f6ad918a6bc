import { expect } from 'chai';
import highsModule from 'highs';
import { match, verify } from '../../../service/domain/matching/index.ts';
import type { MatchInput } from '../../../service/domain/matching/index.ts';
import { RowSource, sidesOf } from '../../../service/domain/matching/row-source.ts';
import { mentorOf, scoreOf } from '../../../service/domain/matching/points.ts';
import { Dice, programme } from './programmes.ts';
import { rounds } from '../../support/rounds.ts';

// The package's types describe its CommonJS face; imported, the function itself is the default.
const loadHighs = highsModule as unknown as typeof highsModule.default;

interface Edge {
  readonly mentee: number;
  readonly mentor: number;
  readonly score: number;
}

function edgesOf(input: MatchInput): Edge[] {
  const source = new RowSource(sidesOf(input));
  return input.mentees.flatMap((_, mentee) =>
    Array.from(source.row(mentee), (pair) => ({ mentee, mentor: mentorOf(pair), score: scoreOf(pair) })),
  );
}

/** A linear programme in CPLEX format; its optimum is whole because such tables are totally unimodular (Hoffman, Kruskal). */
function linearProgramme(input: MatchInput, edges: readonly Edge[], worth: (edge: Edge) => number): string {
  const rows = (key: 'mentee' | 'mentor'): Map<number, string[]> => {
    const map = new Map<number, string[]>();
    edges.forEach((edge, at) => map.set(edge[key], [...(map.get(edge[key]) ?? []), `x${at}`]));
    return map;
  };
  const limit = (names: string[], most: number): string => ` ${names.join(' + ')} <= ${most}`;
  return [
    'Maximize',
    ` ${edges.map((edge, at) => `${worth(edge)} x${at}`).join(' + ')}`,
    'Subject To',
    ...[...rows('mentee').values()].map((names) => limit(names, 1)),
    ...[...rows('mentor')].map(([mentor, names]) => limit(names, input.mentors[mentor]!.places)),
    'End',
  ].join('\n');
}

describe('the matching beside an independent solver', () => {
  const programmes = rounds({ short: 30, long: 200 });

  it(`equals HiGHS in number served and in total on ${programmes} random programmes`, async function () {
    this.timeout(600_000);
    const highs = await loadHighs();
    const optimum = (text: string): number => Math.round(highs.solve(text, { output_flag: false }).ObjectiveValue);
    for (let seed = 1; seed <= programmes; seed++) {
      const dice = new Dice(seed);
      const n = seed % 50 === 0 ? 300 : seed % 10 === 0 ? 120 : 5 + dice.below(40);
      const input = programme({ n, seed, places: dice.one([0.6, 0.8, 1, 1.25]), ...(seed % 4 ? {} : { sites: 3 }) });
      const result = match(input, { seed });
      const edges = edgesOf(input);
      if (edges.length === 0) continue;
      const label = `programme ${seed}, ${n} requests`;
      // Number first, then total, over all pairs: the same number, and a total that fairness may only lower.
      const worthOne = 100 * (n + 1);
      const numberThenTotal = optimum(linearProgramme(input, edges, ({ score }) => worthOne + score));
      expect(result.figures.served, label).to.equal(Math.floor(numberThenTotal / worthOne));
      expect(result.figures.total, label).to.be.at.most(numberThenTotal % worthOne);
      // Given whom waiting serves and the lowest score: the same total.
      const served = new Set(result.pairs.map(({ requestId }) => requestId));
      const left = edges.filter(
        ({ mentee, score }) => served.has(input.mentees[mentee]!.id) && score >= result.figures.lowest,
      );
      const total = optimum(linearProgramme(input, left, ({ score }) => worthOne + score));
      expect(worthOne * served.size + result.figures.total, label).to.equal(total);
      expect(verify(input, result), label).to.deep.equal({ ok: true });
    }
  });
});
