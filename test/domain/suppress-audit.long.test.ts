// The attack on suppressed figures, carried out in full: who knows the rule tries every programme that shows the same.
import { expect } from 'chai';
import { countProgramme, type CountedMember } from '../../service/domain/report/count.ts';
import { suppressColumn } from '../../service/domain/report/suppress.ts';
import { rounds } from '../support/rounds.ts';

/** Every list of so many counts from zero to the largest. */
function* programmes(labs: number, largest: number): Generator<number[]> {
  for (let code = 0; code < (largest + 1) ** labs; code += 1) {
    yield Array.from({ length: labs }, (_, lab) => Math.floor(code / (largest + 1) ** lab) % (largest + 1));
  }
}

/** What is shown of a programme, as text. */
function shownOf(counts: readonly number[]): string {
  const all = counts.reduce((sum, count) => sum + count, 0);
  const { cells, total } = suppressColumn(
    counts.map((count) => ({ count, persons: count })),
    { count: all, persons: all },
  );
  return [...cells, total].map((cell) => (cell.shown ? cell.count : 'hidden')).join(' ');
}

describe('A hidden count', () => {
  for (const [labs, largest] of [
    [1, 30],
    [2, 25],
    [3, 14],
    [4, 10],
    [5, 6],
  ].slice(0, rounds({ short: 3, long: 5 })) as [number, number][]) {
    it(`among ${labs} could always be at least two different ones, for whoever knows the rule`, () => {
      const alike = new Map<string, Set<number>[]>();
      for (const counts of programmes(labs, largest)) {
        const shown = shownOf(counts);
        const possible = alike.get(shown) ?? counts.map(() => new Set<number>());
        counts.forEach((count, lab) => possible[lab]?.add(count));
        alike.set(shown, possible);
      }
      const gotBack = [...alike].filter(([shown, possible]) =>
        shown.split(' ').some((cell, lab) => cell === 'hidden' && possible[lab]?.size === 1),
      );
      expect(gotBack.map(([shown]) => shown)).to.deep.equal([]);
    });
  }

  const mentors = (labId: string, howMany: number, offers: { capacity: number; held: number }): CountedMember[] =>
    Array.from({ length: howMany }, () => ({ labId, status: 'active', held: offers.held, offer: offers }));
  const labsHidden = (members: CountedMember[]): string[][] => {
    const labIds = [...new Set(members.map(({ labId }) => labId))];
    const rows = countProgramme(labIds, { members, requests: [], proposals: [], dialogues: [] });
    return (['mentors', 'places', 'free_places'] as const).map((indicator) =>
      rows.filter(({ cells }) => !cells[indicator].shown).map(({ labId }) => labId),
    );
  };

  it('of mentors, of their places and of those free is hidden for the same labs, whatever the capacities', () => {
    const members = [
      ...mentors('etis', 9, { capacity: 1, held: 0 }),
      ...mentors('liris', 6, { capacity: 5, held: 1 }),
      ...mentors('lix', 3, { capacity: 2, held: 1 }),
    ];
    expect(labsHidden(members)).to.deep.equal(Array(3).fill(['liris', 'lix']));
  });

  it('of free places is hidden where fewer than five mentors have any, with another lab’s', () => {
    const members = [
      ...mentors('etis', 9, { capacity: 2, held: 1 }),
      ...mentors('liris', 4, { capacity: 2, held: 0 }),
      ...mentors('liris', 2, { capacity: 2, held: 2 }),
      ...mentors('lix', 6, { capacity: 2, held: 0 }),
    ];
    expect(labsHidden(members)).to.deep.equal([[], [], ['liris', 'lix']]);
  });
});
