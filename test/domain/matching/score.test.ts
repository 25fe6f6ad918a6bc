import { expect } from 'chai';
import { slotsPerWeek } from '../../../service/domain/availability.ts';
import {
  conditions,
  defaultMatchRules,
  explainPair,
  factsByPart,
  faultInRules,
  match,
  scoreParts,
  suggest,
  verify,
  whyNot,
} from '../../../service/domain/matching/index.ts';
import type { MatchInput, MatchMentee, MatchMentor } from '../../../service/domain/matching/index.ts';
import { meetingTime } from '../../../service/domain/matching/week.ts';
import { Dice, inWays, oneWeek, programme, hourStarts } from './programmes.ts';

const monday = oneWeek([18, 19, 20, 21]);
const person = {
  labId: 'etis',
  languages: ['fr', 'en'],
  topics: ['career_project', 'conflict'],
  keptForConversation: false,
  modalities: ['video', 'in_person'],
  starts: monday,
  anyTime: false,
} as const;

function mentee(change: Partial<MatchMentee> = {}): MatchMentee {
  const ties = { self: ['ada'], supervisors: [], avoid: [] };
  const wish = { formats: ['six_months'], labPreference: 'any' } as const;
  return { ...person, ...wish, id: 'request', personId: 'ada', ties, waitingSince: 0, priority: 0, ...change };
}

function mentor(change: Partial<MatchMentor> = {}): MatchMentor {
  const ties = { self: ['bo'], supervisors: [], avoid: [] };
  return { ...person, formats: ['six_months'], personId: 'bo', ties, places: 1, usedPlaces: 0, ...change };
}

const inputOf = (one: MatchMentee, ...mentors: MatchMentor[]): MatchInput => ({
  mentees: [one],
  mentors,
  proposedBefore: [],
  rules: defaultMatchRules,
});
const scoreBetween = (one: MatchMentee, other: MatchMentor): number => explainPair(defaultMatchRules, one, other).score;
const isMatched = (one: MatchMentee, other: MatchMentor): boolean =>
  match(inputOf(one, other), { seed: 1 }).pairs.length === 1;

describe('the score of a pair', () => {
  it('is 100 when wishes, languages, lab, format and ample time all meet', () => {
    const starts = oneWeek(Array.from({ length: 12 }, (_, at) => 18 + at));
    expect(scoreBetween(mentee({ starts }), mentor({ starts }))).to.equal(100);
  });

  it('counts the first wish more than the second', () => {
    const first = scoreBetween(mentee(), mentor({ topics: ['career_project'] }));
    const second = scoreBetween(mentee(), mentor({ topics: ['conflict'] }));
    expect(first).to.be.greaterThan(second);
  });

  it('does not lower a mentor who offers many topics', () => {
    const many = ['career_project', 'conflict', 'work_environment', 'health_at_work', 'losing_motivation'] as const;
    const three = many.slice(0, 3);
    expect(scoreBetween(mentee({ topics: three }), mentor({ topics: many }))).to.equal(
      scoreBetween(mentee({ topics: three }), mentor({ topics: three })),
    );
  });

  it('gives a subject kept for the conversation half the topic points, on either side', () => {
    const [topics] = explainPair(defaultMatchRules, mentee({ topics: [], keptForConversation: true }), mentor()).parts;
    expect(topics).to.deep.include({ part: 'topics', points: 20, facts: [{ code: 'kept_for_conversation' }] });
    expect(isMatched(mentee({ topics: ['lack_of_recognition'] }), mentor({ keptForConversation: true }))).to.equal(
      true,
    );
  });

  it('gives a common first language more than another common language', () => {
    const scores = [
      mentor({ languages: ['fr'] }),
      mentor({ languages: ['de', 'fr'] }),
      mentor({ languages: ['de', 'en'] }),
    ].map((other) => scoreBetween(mentee(), other));
    expect(scores).to.deep.equal([...scores].sort((a, b) => b - a));
    expect(new Set(scores).size).to.equal(3);
  });

  it('counts a preferred lab in the score and an imposed one as a condition', () => {
    const away = mentor({ labId: 'lix' });
    expect(scoreBetween(mentee({ labPreference: 'same_preferred' }), away)).to.be.lessThan(
      scoreBetween(mentee(), away),
    );
    expect(isMatched(mentee({ labPreference: 'same_preferred' }), away)).to.equal(true);
    expect(isMatched(mentee({ labPreference: 'same_only' }), away)).to.equal(false);
    expect(isMatched(mentee({ labPreference: 'other_only' }), away)).to.equal(true);
    expect(isMatched(mentee({ labPreference: 'other_only' }), mentor())).to.equal(false);
  });

  it('gives only facts that are listed for their part', () => {
    const input = programme({ n: 40, seed: 4 });
    for (const { parts } of match(input, { seed: 1 }).pairs) {
      expect(parts.map(({ part }) => part)).to.deep.equal([...scoreParts]);
      for (const { part, facts } of parts) {
        for (const { code } of facts) expect(factsByPart[part]).to.include(code);
      }
    }
  });
});

describe('a common hour', () => {
  it('is a full hour without a break: two separate half-hours are none', () => {
    expect(isMatched(mentee({ starts: oneWeek([18, 20, 22]) }), mentor({ starts: oneWeek([18, 20, 22]) }))).to.equal(
      false,
    );
    expect(isMatched(mentee({ starts: oneWeek([18, 19]) }), mentor({ starts: oneWeek([19, 20]) }))).to.equal(false);
    expect(isMatched(mentee({ starts: oneWeek([18, 19]) }), mentor({ starts: oneWeek([17, 18, 19]) }))).to.equal(true);
  });

  it('is needed between two who can meet at any time as well: their clocks may be half a day apart', () => {
    const [none, some] = [{ starts: [[]], anyTime: true }, { anyTime: true }];
    expect(isMatched(mentee(none), mentor(none))).to.equal(false);
    expect(isMatched(mentee(some), mentor(some))).to.equal(true);
    const { parts } = explainPair(defaultMatchRules, mentee(some), mentor(some));
    expect(parts[1]).to.deep.include({
      points: 6,
      facts: [{ code: 'both_any_time' }, { code: 'common_hours', hours: 2 }],
    });
  });

  it('may lie in any of the weeks to come, and counts as often as it comes', () => {
    const weeks = (...present: boolean[]) => ({ starts: present.map((isThere) => (isThere ? [18, 19] : [])) });
    const points = (one: MatchMentee, other: MatchMentor) =>
      explainPair(defaultMatchRules, one, other).parts[1]?.points;
    const [always, first, last] = [weeks(true, true, true), weeks(true, false, false), weeks(false, false, true)];
    expect(isMatched(mentee(first), mentor(last))).to.equal(false);
    expect(isMatched(mentee(last), mentor(always))).to.equal(true);
    expect([points(mentee(always), mentor(always)), points(mentee(last), mentor(always))]).to.deep.equal([4, 1]);
  });

  it('is found by bits exactly where the calendar finds it', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const dice = new Dice(seed);
      const week = (): number[] =>
        hourStarts(Array.from({ length: slotsPerWeek }, (_, slot) => slot).filter(() => dice.chance(seed / 200)));
      const [one, other] = [week(), week()];
      const common = one.filter((start) => other.includes(start));
      const covered = new Set(common.flatMap((start) => [start, start + 1]));
      expect(meetingTime([one], [other])).to.deep.equal({ starts: common.length, hours: covered.size / 2 });
    }
  });

  it('counts in each way for itself, and an hour that both have in two ways once', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const dice = new Dice(seed);
      const ways = (count: number): number[][] =>
        Array.from({ length: count }, () => dice.some([...Array(slotsPerWeek).keys()], 60).sort((a, b) => a - b));
      const [one, other] = [ways(1 + dice.below(6)), ways(1 + dice.below(6))];
      const common = new Set(one.flatMap((starts, way) => starts.filter((start) => other[way]?.includes(start))));
      const covered = new Set([...common].flatMap((start) => [start, start + 1]));
      const found = meetingTime([inWays(one)], [inWays(other)]);
      expect(found).to.deep.equal({ starts: common.size, hours: [...covered].filter((at) => at < 352).length / 2 });
    }
  });
});

describe('what makes a pair impossible', () => {
  const cases: [string, string, MatchMentee, MatchMentor][] = [
    ['same_person', 'both are one person', mentee({ personId: 'bo' }), mentor()],
    [
      'tie',
      'the mentor supervises the mentee',
      mentee({ ties: { self: ['ada'], supervisors: ['bo'], avoid: [] } }),
      mentor(),
    ],
    [
      'tie',
      'the mentee supervises the mentor',
      mentee(),
      mentor({ ties: { self: ['bo'], supervisors: ['ada'], avoid: [] } }),
    ],
    [
      'tie',
      'the mentee avoids the mentor',
      mentee({ ties: { self: ['ada'], supervisors: [], avoid: ['bo'] } }),
      mentor(),
    ],
    [
      'tie',
      'the mentor avoids the mentee',
      mentee(),
      mentor({ ties: { self: ['bo'], supervisors: [], avoid: ['ada'] } }),
    ],
    [
      'tie',
      'both are of one team',
      mentee({ ties: { self: ['ada'], team: 't', supervisors: [], avoid: [] } }),
      mentor({ ties: { self: ['bo'], team: 't', supervisors: [], avoid: [] } }),
    ],
    ['paused', 'the mentor is paused', mentee(), mentor({ paused: true })],
    ['no_place', 'the mentor is full', mentee(), mentor({ places: 0 })],
    ['language', 'no language is common', mentee(), mentor({ languages: ['de'] })],
    ['topic', 'no topic is common', mentee(), mentor({ topics: ['losing_motivation'] })],
    ['format', 'no format is common', mentee(), mentor({ formats: ['one_off'] })],
    ['modality', 'no way to meet is common', mentee(), mentor({ modalities: ['phone'] })],
    ['availability', 'no hour is common', mentee(), mentor({ starts: oneWeek([66, 67]) })],
    ['lab', 'the lab wanted is another', mentee({ labPreference: 'same_only' }), mentor({ labId: 'lix' })],
  ];
  for (const [condition, situation, one, other] of cases) {
    it(`is told as ${condition} where ${situation}, and the pair is never made`, () => {
      const input = inputOf(one, other);
      const { excluded } = whyNot(input, one.id);
      expect(conditions.filter((name) => name !== 'floor' && excluded[name] > 0)).to.deep.equal([condition]);
      const result = match(input, { seed: 1 });
      expect(result.pairs).to.deep.equal([]);
      expect(verify(input, result)).to.deep.equal({ ok: true });
      expect(suggest(input, one.id, 5)).to.deep.equal({ requestId: one.id, fitting: 0, best: [] });
    });
  }

  it('is an earlier proposal between the two, listed in either order', () => {
    for (const pair of [
      { one: 'ada', other: 'bo' },
      { one: 'bo', other: 'ada' },
    ]) {
      const input = { ...inputOf(mentee(), mentor()), proposedBefore: [pair] };
      expect(match(input, { seed: 1 }).figures.pairs).to.equal(0);
      expect(whyNot(input, 'request').onlyBy.proposed_before).to.equal(1);
    }
  });

  it('is a score below the floor', () => {
    const rules = { ...defaultMatchRules, floor: 96 };
    const input = { ...inputOf(mentee(), mentor()), rules };
    expect(match(input, { seed: 1 }).figures.pairs).to.equal(0);
    expect(whyNot(input, 'request').onlyBy.floor).to.equal(1);
  });

  it('can be lifted by the rules where it is a wish, never where it protects', () => {
    const none = { language: false, topic: false, format: false, modality: false, availability: false, lab: false };
    const rules = { ...defaultMatchRules, conditions: none, floor: 0 };
    const stranger = mentor({ languages: ['de'], topics: [], formats: [], modalities: [], starts: [[]], labId: 'lix' });
    const one = mentee({ labPreference: 'same_only' });
    expect(match({ ...inputOf(one, stranger), rules }, { seed: 1 }).figures.served).to.equal(1);
    const tied = { ...stranger, ties: { ...stranger.ties, avoid: ['ada'] } };
    expect(match({ ...inputOf(one, tied), rules }, { seed: 1 }).figures.served).to.equal(0);
  });

  it('is asked only about a request of the input', () => {
    expect(() => whyNot(inputOf(mentee()), 'other')).to.throw(RangeError);
    expect(() => suggest(inputOf(mentee()), 'other', 3)).to.throw(RangeError);
  });
});

describe('rules of a run', () => {
  it('are refused when a value is out of range', () => {
    const bad = [
      { version: '' },
      { weights: { ...defaultMatchRules.weights, lab: -10, topics: 60 } },
      { floor: 101 },
      { keptPercent: 0.5 },
      { ampleHourStarts: 0 },
      { wishWeights: [] },
    ];
    for (const change of bad) expect(faultInRules({ ...defaultMatchRules, ...change })).to.be.a('string');
    expect(faultInRules(defaultMatchRules)).to.equal(undefined);
  });
});
