import { expect } from 'chai';
import { match, verify } from '../../../service/domain/matching/index.ts';
import { Auction } from '../../../service/domain/matching/auction.ts';
import type { Assignment } from '../../../service/domain/matching/assignment.ts';
import { usablePlaces } from '../../../service/domain/matching/figures.ts';
import { mentorOf, scoreOf } from '../../../service/domain/matching/points.ts';
import { PriceSearch } from '../../../service/domain/matching/price-search.ts';
import { RowSource, sidesOf } from '../../../service/domain/matching/row-source.ts';
import { Rows } from '../../../service/domain/matching/rows.ts';
import type { RowStorage } from '../../../service/domain/matching/rows.ts';
import { Seats } from '../../../service/domain/matching/seats.ts';
import { claimsOf, serveLongestWaiting } from '../../../service/domain/matching/served-set.ts';
import { taskOf } from '../../../service/domain/matching/task.ts';
import { programme, tinyProgramme } from './programmes.ts';
import type { MatchInput } from '../../../service/domain/matching/index.ts';
import { rounds } from '../../support/rounds.ts';

/** All pairs kept, or hardly any: then rows are made again while they are read. */
const storages: RowStorage[] = [
  { mostStored: 1e6, shortRow: 1 },
  { mostStored: 0, shortRow: 1 },
];
const inputs: MatchInput[] = [
  ...Array.from({ length: rounds({ short: 40, long: 150 }) }, (_, at) => tinyProgramme(at + 1, 9)),
  ...[0.6, 0.8, 1, 1.25]
    .slice(0, rounds({ short: 2, long: 4 }))
    .flatMap((places, at) => [
      programme({ n: 60 + at, seed: at + 1, places }),
      programme({ n: 150 + at, seed: at + 9, places, sites: 3 }),
    ]),
];

function settingOf(input: MatchInput, storage: RowStorage): Assignment {
  const sides = sidesOf(input);
  const rows = new Rows(sides, storage);
  const places = usablePlaces(sides.mentors, sides.mentees.count);
  const task = taskOf(rows, serveLongestWaiting(rows, claimsOf(sides.mentees), places), places);
  const seats = new Seats(rows.mentees, task.places);
  const prices = { mentee: new Int32Array(rows.mentees), mentor: new Int32Array(task.places.length) };
  return { rows, task, least: input.rules.floor, seats, prices };
}

/** What a price or a place breaks: the conditions under which nothing but the number of the seated can be improved. */
function faultsIn(input: MatchInput, { task, seats, prices }: Assignment): string[] {
  const source = new RowSource(sidesOf(input));
  const faults: string[] = [];
  for (const mentee of task.people) {
    for (const pair of source.row(mentee)) {
      const slack = prices.mentee[mentee]! + prices.mentor[mentorOf(pair)]! - scoreOf(pair);
      if (slack < 0) faults.push('somebody else is better');
      if (slack !== 0 && seats.mentorOf(mentee) === mentorOf(pair)) faults.push('seated at another price');
    }
  }
  prices.mentor.forEach((price, mentor) => {
    if (price < 0) faults.push('a price below nothing');
    if (price > 0 && seats.free[mentor]! > 0) faults.push('a price where a place is free');
    const held = task.people.filter((mentee) => seats.mentorOf(mentee) === mentor).length;
    if (held !== seats.used[mentor] || held + seats.free[mentor]! !== task.places[mentor])
      faults.push('places miscounted');
  });
  return faults;
}

describe('the prices of step 4', () => {
  it('are sound after the auction and after each search, and leave nobody of the task without a place', () => {
    let searched = 0;
    for (const input of inputs) {
      for (const storage of storages) {
        const assignment = settingOf(input, storage);
        const without = new Auction(assignment).run();
        expect(faultsIn(input, assignment)).to.deep.equal([]);
        const search = new PriceSearch(assignment);
        for (const mentee of without) {
          expect(assignment.seats.mentorOf(mentee)).to.equal(-1);
          search.place(mentee);
          expect(faultsIn(input, assignment)).to.deep.equal([]);
          searched += 1;
        }
        for (const mentee of assignment.task.people) expect(assignment.seats.mentorOf(mentee)).to.be.at.least(0);
      }
    }
    expect(searched).to.be.greaterThan(30);
  });

  it('lead to the same result whether rows are kept or made again', () => {
    for (const [at, input] of inputs.entries()) {
      const [kept, again] = storages.map((storage) => match(input, { seed: at, storage }));
      expect(verify(input, kept!)).to.deep.equal({ ok: true });
      expect(again!.figures).to.deep.equal(kept!.figures);
      expect(verify(input, again!)).to.deep.equal({ ok: true });
    }
  });
});
