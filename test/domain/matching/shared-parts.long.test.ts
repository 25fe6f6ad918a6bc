import { expect } from 'chai';
import fc from 'fast-check';
import { defaultMatchRules, explainPair, fingerprint } from '../../../service/domain/matching/index.ts';
import type { MatchInput, MatchMentee, MatchMentor } from '../../../service/domain/matching/index.ts';
import { feasibleScores } from './brute-force.ts';
import { Dice, inWays, oneWeek, hourStarts } from './programmes.ts';
import { mentorOf, scoreOf } from '../../../service/domain/matching/points.ts';
import { RowSource, sidesOf } from '../../../service/domain/matching/row-source.ts';
import { Explainer } from '../../../service/domain/matching/explainer.ts';
import { HourTable } from '../../../service/domain/matching/hour-table.ts';
import { byKey } from '../../../service/domain/matching/counting-sort.ts';
import { whatTheySay } from '../../../service/domain/matching/reader.ts';
import { topicList, wishesInOne } from '../../../service/domain/matching/said.ts';
import { TermList } from '../../../service/domain/matching/term-list.ts';
import { availabilityPoints } from '../../../service/domain/matching/score.ts';
import { meetingTime, mostWays, slotsIn } from '../../../service/domain/matching/week.ts';
import { weekKinds } from '../../../service/domain/matching/week-kinds.ts';
import { Weeks, halfDayCount, halfDaysIn, isAnyTime, weekBits } from '../../../service/domain/matching/weeks.ts';
import { slotsPerDay, slotsPerWeek } from '../../../service/domain/availability.ts';
import { formats, labPreferences, languages, modalities } from '../../../service/domain/terms.ts';
import { topics } from '../../../service/domain/topic.ts';
import { rounds } from '../../support/rounds.ts';

/** Any list of terms in any order, empty and complete ones too. */
const someOf = <T>(terms: readonly T[]): fc.Arbitrary<T[]> => fc.shuffledSubarray([...terms]);
const someSlots = fc
  .uniqueArray(fc.integer({ min: 0, max: slotsPerWeek - 1 }), { maxLength: 60 })
  .map((slots) => slots.sort((a, b) => a - b));
const anyPerson = fc.record({
  labId: fc.constantFrom('etis', 'lix'),
  ties: fc.constant({ self: ['someone'], supervisors: [], avoid: [] }),
  languages: someOf(languages),
  topics: someOf(topics),
  keptForConversation: fc.boolean(),
  formats: someOf(formats),
  modalities: someOf(modalities),
  starts: fc.oneof(
    someSlots.map(oneWeek),
    fc.array(someSlots, { minLength: 1, maxLength: mostWays }).map((ways) => [inWays(ways.map(hourStarts))]),
  ),
  anyTime: fc.boolean(),
});
const anyMentee: fc.Arbitrary<MatchMentee> = fc
  .tuple(anyPerson, fc.constantFrom(...labPreferences))
  .map(([person, labPreference]) => ({
    ...person,
    ...{ id: 'request', personId: 'mentee', waitingSince: 0, priority: 0, labPreference },
  }));
const anyMentor: fc.Arbitrary<MatchMentor> = anyPerson.map((person) => ({
  ...person,
  ...{ personId: 'mentor', places: 1, usedPlaces: 0 },
}));
const anyRules = fc
  .record({ keptPercent: fc.nat({ max: 100 }), mentorSidePercent: fc.nat({ max: 100 }) })
  .map((change) => ({ ...defaultMatchRules, ...change }));

type Timed = Pick<MatchMentee, 'starts' | 'anyTime'>;
const timed = ({ slots, anyTime }: { slots: number[]; anyTime: boolean }): Timed => ({
  starts: oneWeek(slots),
  anyTime,
});
const kinds = weekKinds([]);

describe('what people say, shared between those who say the same', () => {
  it('explains every pair of a run exactly as each pair is explained alone', () => {
    fc.assert(
      fc.property(
        fc.array(anyMentee, { maxLength: 12 }),
        fc.array(anyMentor, { maxLength: 12 }),
        anyRules,
        (mentees, mentors, rules) => {
          const input = { mentees, mentors, rules, proposedBefore: [] };
          const explainer = new Explainer(input, whatTheySay(input));
          for (const [one, mentee] of mentees.entries()) {
            for (const [other, mentor] of mentors.entries()) {
              expect(explainer.explain(one, other)).to.deep.equal(explainPair(rules, mentee, mentor));
            }
          }
        },
      ),
      { numRuns: rounds({ short: 20, long: 200 }) },
    );
  });

  it('finds the pairs and scores that the conditions and parts in words give, whatever people say', () => {
    const anyConditions = fc.record({
      ...{ language: fc.boolean(), topic: fc.boolean(), format: fc.boolean() },
      ...{ modality: fc.boolean(), availability: fc.boolean(), lab: fc.boolean() },
    });
    fc.assert(
      fc.property(
        fc.tuple(fc.array(anyMentee, { maxLength: 8 }), fc.array(anyMentor, { maxLength: 70 })),
        fc.tuple(anyRules, anyConditions, fc.constantFrom(0, 30, 40, 60)),
        ([some, mentors], [rules, conditions, floor]) => {
          const mentees = some.map((mentee, at) => ({ ...mentee, labId: at % 3 === 0 ? 'nobody' : mentee.labId }));
          const input = { mentees, mentors, proposedBefore: [], rules: { ...rules, conditions, floor } };
          const source = new RowSource(sidesOf(input));
          for (const [mentee, expected] of feasibleScores(input).entries()) {
            const found = new Map(Array.from(source.row(mentee), (pair) => [mentorOf(pair), scoreOf(pair)]));
            expect(expected.map((_, mentor) => found.get(mentor))).to.deep.equal(expected);
          }
        },
      ),
      { numRuns: rounds({ short: 15, long: 120 }) },
    );
  });

  it('numbers two weeks alike exactly if full hours start at the same times in both', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ slots: someSlots, anyTime: fc.boolean() }), { maxLength: 20 }), (drawn) => {
        const people = [...drawn, ...drawn.slice(0, 7).reverse()];
        const weeks = new Weeks(people.length, kinds);
        const numbers = Int32Array.from(people, (person) => weeks.number(timed(person)));
        const texts = people.map(({ slots, anyTime }) => JSON.stringify([hourStarts(slots), anyTime]));
        for (const [one, text] of texts.entries()) {
          for (const [other, same] of texts.entries()) {
            expect(numbers[one] === numbers[other]).to.equal(text === same);
          }
        }
        expect(weeks.count).to.equal(new Set(texts).size);
        const order = [...byKey(numbers, weeks.count)];
        expect([...order].sort((a, b) => a - b)).to.deep.equal([...people.keys()]);
        const turns = order.filter((person, at) => numbers[person] !== numbers[order[at - 1] ?? -1]);
        expect(turns).to.have.lengthOf(weeks.count);
      }),
      { numRuns: rounds({ short: 40, long: 400 }) },
    );
  });

  it('counts the hours of two weeks by the calendar, whether mentors have few different weeks or thousands', () => {
    const dice = new Dice(5);
    const week = (): number[] =>
      hourStarts(Array.from({ length: slotsPerWeek }, (_, slot) => slot).filter(() => dice.chance(0.3)));
    const rules = { ...defaultMatchRules, ampleHourStarts: 60 };
    for (const [count, weeksAhead, ways] of [
      [40, 1, 1],
      [40, 6, 1],
      [40, 1, 6],
      [40, 6, 2],
      [1500, 3, 1],
    ] as const) {
      const drawn = (): Timed => {
        const some = (): number[] => inWays(Array.from({ length: ways }, () => (dice.chance(0.5) ? week() : [])));
        const usual = some();
        // The second week is as the first for everybody.
        const starts = Array.from({ length: weeksAhead }, (_, at) => (at < 2 || dice.chance(0.7) ? usual : some()));
        return { starts, anyTime: dice.chance(0.2) };
      };
      const mentors = Array.from({ length: count }, drawn);
      const none = Array.from({ length: weeksAhead }, () => []);
      const mentees = [drawn(), { starts: none, anyTime: true }, { starts: none, anyTime: false }, drawn()];
      const kindsOfAll = weekKinds([...mentors, ...mentees]);
      expect(kindsOfAll.of).to.have.lengthOf(Math.max(1, weeksAhead - 1));
      const weeks = new Weeks(count, kindsOfAll);
      const numbers = mentors.map((mentor) => weeks.number(mentor));
      const table = new HourTable(weeks, rules);
      for (const mentee of mentees) {
        table.begin(weekBits(mentee, kindsOfAll, new Uint32Array(weeks.words)));
        for (const [at, mentor] of mentors.entries()) {
          const number = numbers[at]!;
          const found = table.points[number] === HourTable.unknown ? table.work(number) : table.points[number];
          const { starts } = meetingTime(mentee.starts, mentor.starts);
          const expected = availabilityPoints(rules, starts);
          expect(found).to.equal(starts > 0 ? expected : HourTable.impossible);
          expect(table.points[number]).to.equal(found);
        }
      }
    }
  });

  it('tells of a week its half-days with a full hour, and whether any time will do', () => {
    fc.assert(
      fc.property(someSlots, fc.boolean(), (slots, anyTime) => {
        const weeks = new Weeks(1, kinds);
        const week = weeks.bitsOf(weeks.number(timed({ slots, anyTime })));
        const expected = new Set(hourStarts(slots).map((slot) => Math.floor((2 * slot) / slotsPerDay)));
        const found = Array.from({ length: halfDayCount }, (_, at) => at).filter((at) => (halfDaysIn(week) >>> at) & 1);
        expect(found).to.deep.equal([...expected].sort((a, b) => a - b));
        expect(isAnyTime(week)).to.equal(anyTime);
        if (!anyTime) expect(slotsIn(week)).to.deep.equal(hourStarts(slots));
      }),
      { numRuns: rounds({ short: 40, long: 400 }) },
    );
  });
});

describe('a closed list of terms', () => {
  it('finds each of its terms, and refuses whatever only looks like one', () => {
    for (const terms of [topics, languages, formats, modalities, labPreferences]) {
      const list = new TermList<string>(terms);
      expect(terms.map((term) => list.digit(term))).to.deep.equal(terms.map((_, at) => at + 1));
      for (const term of terms) {
        for (const other of [`${term}s`, term.slice(1), term.toUpperCase(), `${term[0] ?? ''}-${term.slice(2)}`, '']) {
          expect(() => list.digit(other)).to.throw(RangeError);
        }
      }
    }
    expect(() => new TermList(['same', 'some'])).to.throw(RangeError);
  });

  it('gives back sets and orders as they were said', () => {
    fc.assert(
      fc.property(someOf(languages), someOf(topics), (spoken, wishes) => {
        const list = new TermList(languages);
        expect(list.inOrder(list.order(spoken))).to.deep.equal(spoken);
        expect(list.maskIn(list.order(spoken))).to.equal(list.mask(spoken));
        expect(list.inMask(list.mask(spoken))).to.deep.equal(languages.filter((one) => spoken.includes(one)));
        const both = [list.order([]), topicList.order(wishes), topicList.order(wishes, wishesInOne)];
        expect(both.flatMap((order) => topicList.inOrder(order))).to.deep.equal(wishes);
      }),
      { numRuns: rounds({ short: 20, long: 200 }) },
    );
  });
});

describe('the fingerprint of an input', () => {
  const mentee: MatchMentee = {
    ...{ id: 'request', personId: 'ada', labId: 'etis', labPreference: 'any', waitingSince: 5, priority: 0 },
    ties: { self: ['a', 'b'], team: 'team', supervisors: ['c'], avoid: ['d'] },
    ...{ languages: ['fr', 'en'], topics: ['conflict', 'career_project'], formats: ['one_off', 'six_months'] },
    ...{ modalities: ['video', 'phone'], starts: [[18]], anyTime: false, keptForConversation: false },
  };
  const { id, labPreference, waitingSince, priority, ...person } = mentee;
  const mentor: MatchMentor = { ...person, personId: 'bo', places: 2, usedPlaces: 1 };
  const one: MatchInput = { mentees: [mentee], mentors: [mentor], proposedBefore: [], rules: defaultMatchRules };
  const both: Partial<MatchMentee & MatchMentor>[] = [
    ...([
      { personId: 'ad' },
      { labId: 'lix' },
      { languages: ['en', 'fr'] },
      { languages: ['fr'] },
      { topics: [] },
    ] as const),
    ...([{ formats: ['one_off'] }, { modalities: ['video'] }, { starts: [[19]] }, { anyTime: true }] as const),
    ...([{ keptForConversation: true }] as const),
    ...['self', 'supervisors', 'avoid'].map((list) => ({ ties: { ...mentee.ties, [list]: ['other'] } })),
    { ties: { ...mentee.ties, team: 'other' } },
    { ties: { ...mentee.ties, supervisors: ['d'], avoid: ['c'] } },
  ];
  const asked: Partial<MatchMentee>[] = [
    ...([{ id: 'reques' }, { labPreference: 'same_only' }, { waitingSince: 5.5 }, { waitingSince: 2 ** 40 }] as const),
    ...([{ priority: 1 }, { topics: ['career_project', 'conflict'] }, { formats: ['six_months', 'one_off'] }] as const),
  ];
  const offered: Partial<MatchMentor>[] = [{ places: 1 }, { usedPlaces: 2 }, { paused: true }];

  it('changes with everything that anybody says', () => {
    const inputs: MatchInput[] = [
      one,
      ...[...both, ...asked].map((change) => ({ ...one, mentees: [{ ...mentee, ...change }] })),
      ...[...both, ...offered].map((change) => ({ ...one, mentors: [{ ...mentor, ...change }] })),
      { ...one, mentees: [] },
      { ...one, mentors: [] },
      { ...one, proposedBefore: [{ one: 'ada', other: 'bo' }] },
      { ...one, rules: { ...defaultMatchRules, version: '2' } },
    ];
    const prints = inputs.map(fingerprint);
    expect(new Set(prints).size).to.equal(inputs.length);
    for (const print of prints) expect(print).to.match(/^[0-9a-f]{32}$/);
  });

  it("does not change with the order of what has none: ties, ways to meet, a mentor's subjects", () => {
    const turned = { ties: { ...mentee.ties, self: ['b', 'a'] }, modalities: ['phone', 'video'] } as const;
    expect(fingerprint({ ...one, mentees: [{ ...mentee, ...turned }] })).to.equal(fingerprint(one));
    const subjects = { topics: ['career_project', 'conflict'], formats: ['six_months', 'one_off'] } as const;
    expect(fingerprint({ ...one, mentors: [{ ...mentor, ...turned, ...subjects }] })).to.equal(fingerprint(one));
  });
});
