// Synthetic programmes: tiny ones full of ties and conflicts, and large ones like those the figures were set for.
import { slotsPerWeek, startsIn } from '../../../service/domain/availability.ts';
import { defaultMatchRules } from '../../../service/domain/matching/index.ts';
import type { MatchInput, MatchMentee, MatchMentor, MatchPerson } from '../../../service/domain/matching/index.ts';
import { mostWays } from '../../../service/domain/matching/week.ts';
import { randomFrom, shuffled } from '../../../service/domain/matching/random.ts';
import { formats, labPreferences, modalities } from '../../../service/domain/terms.ts';
import type { Language } from '../../../service/domain/terms.ts';
import { topics } from '../../../service/domain/topic.ts';

/** Random choices from one seed. */
export class Dice {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = randomFrom(seed);
  }

  below(limit: number): number {
    return Math.floor((this.#next() / 2 ** 32) * limit);
  }

  chance(probability: number): boolean {
    return this.#next() / 2 ** 32 < probability;
  }

  one<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  some<T>(items: readonly T[], count: number): T[] {
    return shuffled(items, this.#next).slice(0, count);
  }
}

/** Ten half-days of office hours, three hours each. */
const halfDays = Array.from({ length: 10 }, (_, at) => {
  const start = Math.floor(at / 2) * 48 + (at % 2 === 0 ? 18 : 28);
  return Array.from({ length: 6 }, (_, slot) => start + slot);
});
/** Half-hours at which a full hour starts. */
export function hourStarts(slots: readonly number[]): number[] {
  return startsIn(slots, 2);
}

/** One week, from the half-hours in which somebody is free. */
export function oneWeek(free: readonly number[]): MatchPerson['starts'] {
  return [hourStarts([...free].sort((a, b) => a - b))];
}

/** One week, from the starts in each way. */
export function inWays(ways: readonly (readonly number[])[]): number[] {
  return ways.flatMap((starts, way) => starts.map((start) => way * slotsPerWeek + start));
}

const spoken: readonly Language[][] = [
  ['fr', 'en'],
  ['fr', 'en'],
  ['fr'],
  ['en', 'fr'],
  ['en'],
  ['fr', 'es'],
  ['en', 'de'],
];

function person(dice: Dice, id: string, labs: number): MatchPerson {
  const lab = dice.below(labs);
  return {
    personId: id,
    labId: `lab${lab}`,
    ties: { self: [`h:${id}`], team: `t:${lab}:${dice.below(12)}`, supervisors: [], avoid: [] },
    languages: dice.one(spoken),
    topics: dice.some(topics, 3 + dice.below(3)),
    keptForConversation: dice.chance(0.05),
    formats: dice.some(formats, 2),
    modalities: dice.some(modalities, 1 + dice.below(3)),
    starts: oneWeek(dice.some(halfDays, 2 + dice.below(5)).flat()),
    anyTime: false,
  };
}

export interface Shape {
  /** Mentees; there are half as many mentors. */
  readonly n: number;
  readonly seed: number;
  /** Places for each mentee: 1.25 plenty, 0.8 short, 1 exactly even. */
  readonly places?: number;
  /** Six weeks that differ: two labs have another clock from the fourth on, and half of the people are away in one of them. */
  readonly differ?: boolean;
  /** Three modalities and two lengths, each with hours of its own: half of the people have some of them only. */
  readonly ways?: boolean;
  /** Sites, each for itself: everybody wants to meet in their own lab. */
  readonly sites?: number;
}

/** n mentees, n/2 mentors, some of them supervised or avoided; about a third of all pairs feasible without sites. */
export function programme({ n, seed, places = 1.25, sites, differ = false, ways = false }: Shape): MatchInput {
  const dice = new Dice(seed);
  const labs = sites ?? 5;
  const mentors: MatchMentor[] = Array.from({ length: Math.ceil(n / 2) }, (_, at) => ({
    ...person(dice, `mentor${at}`, labs),
    formats: dice.some(formats, 1 + dice.below(3)),
    places: 1,
    usedPlaces: dice.below(3),
  }));
  for (let extra = Math.round(n * places) - mentors.length; extra > 0; extra--) {
    const at = dice.below(mentors.length);
    mentors[at] = { ...mentors[at]!, places: mentors[at]!.places + 1 };
  }
  const mentees: MatchMentee[] = Array.from({ length: n }, (_, at) => {
    const base = person(dice, `mentee${at}`, labs);
    return {
      ...base,
      ties: { ...base.ties, supervisors: [`h:mentor${dice.below(mentors.length)}`] },
      id: `request${at}`,
      formats: [dice.one(formats)],
      waitingSince: 1_760_000_000_000 - dice.below(90 * 86_400_000),
      priority: dice.chance(0.05) ? 1 : 0,
      labPreference: sites === undefined ? dice.one(labPreferences.slice(0, 3)) : 'same_only',
    };
  });
  const input = { mentees, mentors, proposedBefore: [], rules: defaultMatchRules };
  if (ways) return { ...input, mentees: inSomeWays(mentees, dice), mentors: inSomeWays(mentors, dice) };
  return differ ? { ...input, mentees: differing(mentees, dice), mentors: differing(mentors, dice) } : input;
}

function differing<P extends MatchPerson>(people: readonly P[], dice: Dice): P[] {
  return people.map((person) => {
    const [week = []] = person.starts;
    const changed = ['lab3', 'lab4'].includes(person.labId) ? week.map((start) => start + 2) : week;
    const starts: (readonly number[])[] = [week, week, week, changed, changed, changed];
    if (dice.chance(0.5)) starts[dice.below(6)] = [];
    return { ...person, starts };
  });
}

/** Whoever has no hours of their own for some ways meets in all six. */
function inSomeWays<P extends MatchPerson>(people: readonly P[], dice: Dice): P[] {
  return people.map((person) => {
    const isChoosy = dice.chance(0.5);
    const thinned = (week: readonly number[]): number[] =>
      inWays(Array.from({ length: mostWays }, () => (isChoosy && dice.chance(0.5) ? [] : week)));
    return { ...person, starts: person.starts.map(thinned) };
  });
}

/** At most `most` people a side, few choices each, equal waiting times, short places: made to be awkward. */
export function tinyProgramme(seed: number, most = 5): MatchInput {
  const dice = new Dice(seed);
  const density = 0.3 + dice.below(7) / 10;
  const few = topics.slice(0, 4);
  const weeks = dice.one([1, 1, 3]);
  const ways = dice.one([1, 1, 2, 3]);
  const tiny = (id: string): MatchPerson => ({
    personId: id,
    labId: `lab${dice.below(2)}`,
    ties: { self: [id], supervisors: [], avoid: dice.chance(1 - density) ? [`mentor${dice.below(most)}`] : [] },
    languages: dice.one<Language[]>([['fr'], ['en', 'fr'], ['fr', 'en'], ['en']]),
    topics: dice.some(few, 2 + dice.below(2)),
    keptForConversation: dice.chance(0.1),
    formats: dice.some(formats, 1 + dice.below(3)),
    modalities: dice.some(modalities, 2),
    starts: Array.from({ length: weeks }, () =>
      inWays(
        Array.from({ length: ways }, () => oneWeek(dice.some(halfDays.slice(0, 4), 1 + dice.below(3)).flat()).flat()),
      ),
    ),
    anyTime: dice.chance(0.1),
  });
  const mentors = Array.from({ length: 1 + dice.below(most) }, (_, at) => ({
    ...tiny(`mentor${at}`),
    places: dice.one([0, 1, 1, 2]),
    usedPlaces: dice.below(3),
  }));
  const mentees = Array.from({ length: 1 + dice.below(most) }, (_, at) => ({
    ...tiny(dice.chance(0.2) ? `mentor${at}` : `mentee${at}`),
    id: `request${at}`,
    waitingSince: dice.below(3),
    priority: dice.chance(0.1) ? 1 : 0,
    labPreference: dice.chance(0.6) ? ('any' as const) : dice.one(labPreferences),
  }));
  const rules = { ...defaultMatchRules, floor: dice.one([0, 40, 55]) };
  return { mentees, mentors, proposedBefore: [{ one: 'mentee0', other: 'mentor0' }], rules };
}
