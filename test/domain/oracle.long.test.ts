// An attacker with one account, ten thousand requests, and the addresses of everybody: who of them is enrolled, and who
// avoids whom? The same attacker is let loose on exact counts of pairs that fit, in steps of five, as they were once shown.
import { expect } from 'chai';
import { cellsOf, makeOutlook, outlookOf } from '../../service/domain/outlook.ts';
import { defaultMatchRules, whyNot, type MatchMentee, type MatchMentor } from '../../service/domain/matching/index.ts';
import type { Profile } from '../../service/domain/member.ts';
import { liveCell } from '../../service/domain/report/live.ts';
import { careerStages, formats, languages, modalities } from '../../service/domain/terms.ts';
import { topics } from '../../service/domain/topic.ts';
import type { Ties } from '../../service/domain/tie.ts';
import { halfDayOf, weeklySlots } from '../../service/domain/availability.ts';
import { rounds } from '../support/rounds.ts';
import { Dice, hourStarts } from './matching/programmes.ts';

const programmes = rounds({ short: 12, long: 200 });
const requests = rounds({ short: 3_000, long: 10_000 });
const people = 199;
const labs = ['etis', 'liris', 'lix', 'stms', 'isir'];

interface Person {
  readonly address: string;
  readonly labId: string;
  readonly enrolled: boolean;
  /** Who enrolled avoids somebody, without that anybody else knows. */
  readonly avoids: readonly string[];
  readonly profile: Profile;
  readonly offer: ReturnType<typeof offerOf>;
}

function profileOf(dice: Dice): Profile {
  const windows = [1, 2, 3, 4, 5].flatMap((weekday) =>
    dice.chance(0.4) ? [{ weekday, from: 540, to: 720 }] : dice.chance(0.3) ? [{ weekday, from: 840, to: 1020 }] : [],
  );
  return {
    careerStage: dice.one(careerStages),
    languages: dice.some(languages.slice(0, 3), 1 + dice.below(2)),
    modalities: dice.some(modalities, 1 + dice.below(3)),
    availability: { anyTime: windows.length === 0, windows, absences: [] },
  };
}

const offerOf = (dice: Dice) => ({
  topics: dice.some(topics, 2 + dice.below(4)),
  keptForConversation: false,
  formats: dice.some(formats, 1 + dice.below(3)),
  capacity: 2,
});

function invent(seed: number): Person[] {
  const dice = new Dice(seed);
  const addresses = Array.from({ length: people }, (_, index) => `person${index}`);
  return addresses.map((address) => ({
    address,
    labId: dice.one(labs),
    enrolled: dice.chance(0.16),
    avoids: dice.chance(0.3) ? dice.some(addresses, 3) : [],
    profile: profileOf(dice),
    offer: offerOf(dice),
  }));
}

/** What an attacker may say of themselves and wish, over and over. */
interface Guise {
  readonly ties: Ties;
  readonly profile: Profile;
  readonly wishes: Pick<MatchMentee, 'topics' | 'keptForConversation' | 'labPreference'> & {
    format: (typeof formats)[number];
  };
}

type Page = (guise: Guise) => string;

/** Everybody is in one zone. */
const weekOf = ({ availability }: Profile): string[] => hourStarts(weeklySlots(availability)).map(halfDayOf);

/** The page as it is: the table of the night. */
function pageOf(enrolled: readonly Person[], dice: Dice): Page {
  const counts = new Map<string, number>();
  for (const cell of enrolled.flatMap((one) => [...cellsOf(one, weekOf(one.profile))]))
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  const drawn = new Map([...counts.keys()].map((cell) => [cell, dice.below(5)]));
  const table = makeOutlook('2026-11-16', counts, (cell) => drawn.get(cell) ?? 0);
  return ({ profile, wishes }) =>
    JSON.stringify(
      outlookOf(table, { wishes, profile, halfDays: weekOf(profile), conditions: defaultMatchRules.conditions }),
    );
}

/** The page as it was: counts of mentors who fit, and of those whom each condition excludes. */
function formerPageOf(enrolled: readonly Person[]): Page {
  const personOf = (id: string, ties: Ties, profile: Profile) => ({
    personId: id,
    ties,
    languages: profile.languages,
    modalities: profile.modalities,
    starts: [hourStarts(weeklySlots(profile.availability))],
    anyTime: profile.availability.anyTime,
  });
  const mentors = enrolled.map(({ address, labId, avoids, profile, offer }): MatchMentor => {
    const { capacity: places, ...said } = offer;
    return {
      ...personOf(address, { self: [ownOf(address)], supervisors: [], avoid: avoids }, profile),
      ...said,
      labId,
      places,
      usedPlaces: 0,
    };
  });
  return ({ ties, profile, wishes: { format, ...wishes } }) => {
    const mentee = {
      ...personOf('attacker', ties, profile),
      ...wishes,
      id: 'r',
      labId: 'etis',
      formats: [format],
      waitingSince: 0,
      priority: 0,
    };
    const { feasible, excluded } = whyNot(
      { mentees: [mentee], mentors, proposedBefore: [], rules: defaultMatchRules },
      'r',
    );
    return JSON.stringify([feasible, ...Object.values(excluded)].map((count) => liveCell(count)));
  };
}

/** An address as its owner's own: apart from the same one as the attacker's, which by itself would be a tie. */
const ownOf = (address: string): string => `own ${address}`;

const widest: Omit<Guise, 'ties'> = {
  profile: {
    careerStage: 'doctoral',
    languages: languages.slice(0, 3),
    modalities,
    availability: { anyTime: true, windows: [], absences: [] },
  },
  wishes: { topics, keptForConversation: true, format: 'one_off', labPreference: 'any' },
};

const nobody: Ties = { self: [], supervisors: [], avoid: [] };

/**
 * For each person asked about, how often the page was another one for what was said about them. The page is first brought
 * to where one mentor less changes it, by naming people as supervisors one after the other; what is left of the budget goes
 * into guises by chance.
 */
function attack(
  page: Page,
  { seed, budget, about }: { seed: number; budget: number; about: (address: string) => Ties },
): number[] {
  const dice = new Dice(seed);
  const scores = Array.from({ length: people }, () => 0);
  let spent = 0;
  const look = (guise: Guise): string => {
    spent += 1;
    return page(guise);
  };
  const compare = (guise: Guise, asked: readonly number[]): void => {
    const usual = look(guise);
    for (const index of asked) {
      const said = about(`person${index}`);
      const ties = {
        self: said.self,
        avoid: said.avoid,
        supervisors: [...guise.ties.supervisors, ...said.supervisors],
      };
      if (look({ ...guise, ties }) !== usual) scores[index] = (scores[index] ?? 0) + 1;
    }
  };
  const everybody = Array.from({ length: people }, (_, index) => index);
  for (const asked of [everybody, everybody.toReversed()]) {
    for (const format of formats) {
      const base = { ...widest, wishes: { ...widest.wishes, format } };
      const named: string[] = [];
      const before = look({ ...base, ties: nobody });
      while (named.length < asked.length) {
        const next = ownOf(`person${asked[named.length]}`);
        if (look({ ...base, ties: { ...nobody, supervisors: [...named, next] } }) !== before) break;
        named.push(next);
      }
      compare({ ...base, ties: { ...nobody, supervisors: named } }, asked.slice(named.length));
    }
  }
  while (spent + people < budget) {
    const wishes = {
      topics: dice.some(topics, 1 + dice.below(6)),
      keptForConversation: dice.chance(0.5),
      format: dice.one(formats),
      labPreference: dice.one(['any', 'same_only', 'other_only'] as const),
    };
    compare({ profile: profileOf(dice), wishes, ties: nobody }, everybody);
  }
  return scores;
}

/** How often a hit scores above a miss; ties count half. 0.5 is a guess. */
function areaUnderCurve(scored: readonly { score: number; hit: boolean }[]): number {
  const [hits, misses] = [true, false].map((hit) => scored.filter((one) => one.hit === hit).map(({ score }) => score));
  let wins = 0;
  for (const hit of hits ?? []) for (const miss of misses ?? []) wins += hit > miss ? 1 : hit === miss ? 0.5 : 0;
  return wins / ((hits?.length ?? 0) * (misses?.length ?? 0));
}

const secrets = {
  'who is enrolled': {
    about: (address: string): Ties => ({ self: [], supervisors: [ownOf(address)], avoid: [] }),
    holds: ({ enrolled }: Person): boolean => enrolled,
  },
  'whom somebody avoids': {
    about: (address: string): Ties => ({ self: [address], supervisors: [], avoid: [] }),
    holds: undefined,
  },
} as const;

describe('An attacker with an account', function () {
  this.timeout(1_200_000);

  function judge(
    secret: keyof typeof secrets,
    pageFor: (enrolled: Person[], seed: number) => Page,
    rounds: { programmes: number; requests: number },
  ): number {
    const scored: { score: number; hit: boolean }[] = [];
    const { about } = secrets[secret];
    for (let seed = 1; seed <= rounds.programmes; seed += 1) {
      const all = invent(seed);
      const enrolled = all.filter((one) => one.enrolled);
      const avoided = new Set(enrolled.flatMap(({ avoids }) => avoids));
      const holds = secrets[secret].holds ?? (({ address }: Person) => avoided.has(address));
      const scores = attack(pageFor(enrolled, seed), { seed, budget: rounds.requests, about });
      scored.push(...all.map((person, index) => ({ score: scores[index] ?? 0, hit: holds(person) })));
    }
    return areaUnderCurve(scored);
  }

  for (const secret of Object.keys(secrets) as (keyof typeof secrets)[]) {
    it(`guesses ${secret} no better than without one, in ${programmes} programmes of ${requests} requests each`, () => {
      const page = judge(secret, (enrolled, seed) => pageOf(enrolled, new Dice(seed + 1e6)), { programmes, requests });
      expect(page).to.be.at.most(0.52);
    });

    it(`would find ${secret} from counts of mentors who fit: the attack is one`, () => {
      const former = judge(secret, (enrolled) => formerPageOf(enrolled), {
        programmes: rounds({ short: 2, long: 10 }),
        requests: 4_000,
      });
      expect(former).to.be.at.least(0.95);
    });
  }
});
