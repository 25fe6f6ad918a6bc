import { expect } from 'chai';
import fc from 'fast-check';
import { countProgramme, type Counted } from '../../service/domain/report/count.ts';
import { smallestShown, suppressColumn, type Tally } from '../../service/domain/report/suppress.ts';
import { rounds } from '../support/rounds.ts';

const tallies = (...counts: number[]): Tally[] => counts.map((count) => ({ count, persons: count }));
const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
const suppress = (...counts: number[]) => suppressColumn(tallies(...counts), tallies(sum(counts))[0]!);
const shownIn = ({ cells }: ReturnType<typeof suppress>): (number | undefined)[] =>
  cells.map((cell) => (cell.shown ? cell.count : undefined));

describe('Small counts', () => {
  it('are hidden below five, zero included', () => {
    expect(shownIn(suppress(0, 4, 5, 9))).to.deep.equal([undefined, undefined, undefined, 9]);
  });

  it('take the next smallest with them when one alone would follow from the total', () => {
    expect(shownIn(suppress(3, 8, 20))).to.deep.equal([undefined, undefined, 20]);
  });

  it('hide the total when nothing else is left to hide', () => {
    expect(suppress(3).total.shown).to.equal(false);
    expect(suppress(1, 2).total.shown).to.equal(false);
  });

  it('cannot be got back or narrowed below five from the total', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { minLength: 1, maxLength: 8 }), (counts) => {
        const { cells, total } = suppress(...counts);
        const hiddenCounts = counts.filter((_, index) => !cells[index]?.shown);
        cells.forEach((cell, index) => {
          if (cell.shown) expect(cell.count).to.equal(counts[index]).and.to.be.at.least(smallestShown);
        });
        if (!total.shown || hiddenCounts.length === 0) return;
        expect(hiddenCounts.length).to.be.at.least(2);
        expect(total.count - sum(cells.map((cell) => (cell.shown ? cell.count : 0)))).to.be.at.least(smallestShown);
      }),
      { numRuns: rounds({ short: 400, long: 4000 }) },
    );
  });
});

describe('Figures of the programme', () => {
  const pairs = (mentees: number, mentors: number) =>
    Array.from({ length: mentees }, (_, index) => ({
      menteeId: `mentee${index}`,
      mentorId: `mentor${index % mentors}`,
      menteeLabId: 'etis',
    }));
  const counted: Counted = { members: [], requests: [], proposals: pairs(8, 2), dialogues: pairs(8, 6) };
  const [etis] = countProgramme(['etis', 'lix'], counted);

  it('hide eight pairs whose mentors are only two persons', () => {
    expect(etis?.cells.proposals).to.deep.equal({ shown: false });
  });

  it('count places of active mentors only', () => {
    const member = (status: 'active' | 'withdrawn', held: number) =>
      ({ labId: 'etis', status, offer: { capacity: 2 }, held }) as const;
    const members = [...Array.from({ length: 6 }, () => member('active', 1)), member('withdrawn', 0)];
    const rows = countProgramme(['etis'], { ...counted, members });
    expect(rows.map(({ cells }) => [cells.places, cells.free_places])).to.deep.equal([
      [
        { shown: true, count: 12 },
        { shown: true, count: 6 },
      ],
      [
        { shown: true, count: 12 },
        { shown: true, count: 6 },
      ],
    ]);
  });
});
