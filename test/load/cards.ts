// How many people a card fits before two yeses, for a reader who knows everybody's profile: whom the matching proposes in
// programmes of 40, 100 and 400 members, with most people in two labs and in two stages. Nothing is timed.
import { availabilityOf } from '../../service/demo/factories.ts';
import { commonGround, type DescribedMember, type DescribedMentor } from '../../service/domain/common-ground.ts';
import { daysAhead, Span } from '../../service/domain/free-time.ts';
import { defaultMatchRules, match, type MatchPerson } from '../../service/domain/matching/index.ts';
import type { CommonGround } from '../../service/domain/proposal.ts';
import { formats, labPreferences, modalities, type CareerStage, type Language } from '../../service/domain/terms.ts';
import { topics } from '../../service/domain/topic.ts';
import { Dice } from '../domain/matching/programmes.ts';
import type { Report } from './benches.ts';

/** Members, and of how many programmes. */
const sizes = [
  [40, 40],
  [100, 20],
  [400, 4],
] as const;
/** Fewer who fit than this, and the reader may as well have been told. */
const few = 5;

const labShares: readonly (readonly [string, number])[] = [
  ['liris', 0.36],
  ['etis', 0.28],
  ['lix', 0.18],
  ['isir', 0.12],
  ['stms', 0.06],
];
const stageShares: readonly (readonly [CareerStage, number])[] = [
  ['doctoral', 0.5],
  ['permanent_senior', 0.2],
  ['postdoctoral', 0.12],
  ['permanent_early', 0.09],
  ['engineer', 0.06],
  ['support', 0.03],
];
const languageShares: readonly (readonly [readonly Language[], number])[] = [
  [['fr', 'en'], 0.55],
  [['en'], 0.2],
  [['fr'], 0.15],
  [['fr', 'en', 'es'], 0.06],
  [['en', 'zh'], 0.04],
];

function byShare<T>(dice: Dice, shares: readonly (readonly [T, number])[]): T {
  let left = dice.below(1000) / 1000;
  for (const [value, share] of shares) if ((left -= share) < 0) return value;
  return shares[0]![0];
}

/** Early topics are wished for more often than late ones. */
function wished(dice: Dice, count: number) {
  const chosen = new Set<(typeof topics)[number]>();
  while (chosen.size < count) chosen.add(topics[Math.min(dice.below(topics.length), dice.below(topics.length))]!);
  return [...chosen];
}

const paris = { zone: 'Europe/Paris', closures: [] };
const span = new Span(new Date('2026-11-02T08:00:00Z'), daysAhead);
const cardOf = (request: Asked['request'], mentee: DescribedMember, mentor: DescribedMentor): CommonGround =>
  commonGround(
    request,
    { mentee: { member: mentee, calendar: paris }, mentor: { member: mentor, calendar: paris } },
    span,
  );

const halfDays = [1, 2, 3, 4, 5].flatMap((weekday) => [
  { weekday, from: 9 * 60, to: 12 * 60 },
  { weekday, from: 14 * 60, to: 17 * 60 },
]);

function personOf(dice: Dice, id: string): DescribedMentor {
  const windows = dice.some(halfDays, 2 + dice.below(5)).sort((a, b) => a.weekday - b.weekday || a.from - b.from);
  return {
    id,
    labId: byShare(dice, labShares),
    status: 'active',
    addressProof: 'code',
    charter: { version: '', signedAt: new Date(0) },
    ties: { self: [id], supervisors: [], avoid: [] },
    held: [],
    profile: {
      careerStage: byShare(dice, stageShares),
      languages: byShare(dice, languageShares),
      modalities: dice.some(modalities, 1 + dice.below(3)),
      availability: availabilityOf({ windows }),
    },
    offer: {
      topics: wished(dice, 3 + dice.below(4)),
      keptForConversation: dice.chance(0.2),
      formats: dice.some(formats, 1 + dice.below(3)),
      capacity: 2,
    },
  };
}

interface Asked {
  readonly person: DescribedMember;
  readonly request: Parameters<typeof commonGround>[0];
}

function askedBy(dice: Dice, person: DescribedMember): Asked {
  const wishes = {
    topics: wished(dice, 1 + dice.below(3)),
    keptForConversation: dice.chance(0.1),
    format: dice.one(formats),
    labPreference: dice.one(labPreferences.slice(0, 3)),
  };
  return { person, request: { wishes } };
}

const asPerson = ({
  id,
  labId,
  ties,
  profile,
}: DescribedMember): Omit<MatchPerson, 'topics' | 'keptForConversation' | 'formats'> => ({
  ...{ personId: id, labId, ties },
  ...{ languages: profile.languages, modalities: profile.modalities },
  ...{ starts: span.weeks({ ...profile, calendar: paris }, [{ halfHours: 2 }]), anyTime: false },
});

/** What a card shows, as text; two cards that read the same are the same. */
type Shown = (common: CommonGround, stage: CareerStage) => readonly unknown[];

/** As it is, and as coarser ones would read. */
const cards: Readonly<Record<string, Shown>> = {
  all: ({ topics: shared, keptForConversation, languages, modalities: ways, format, halfDays: days }, stage) => [
    ...[shared, keptForConversation, languages, ways, format, days, stage],
  ],
  noHalfDays: ({ topics: shared, keptForConversation, languages, modalities: ways, format }, stage) => [
    ...[shared, keptForConversation, languages, ways, format, stage],
  ],
  noHalfDaysNoStage: ({ topics: shared, keptForConversation, languages, modalities: ways, format }) => [
    ...[shared, keptForConversation, languages, ways, format],
  ],
  topicsLanguagesFormat: ({ topics: shared, keptForConversation, languages, format }) => [
    ...[shared, keptForConversation, languages, format],
  ],
  firstTopicLanguageFormat: ({ topics: shared, languages, format }) => [shared[0], languages[0], format],
  topicLanguage: ({ topics: shared, languages }) => [shared[0], languages[0]],
};

export async function run(report: Report): Promise<void> {
  for (const [members, programmes] of sizes) {
    const fits = new Map(Object.keys(cards).map((name): [string, number[]] => [name, []]));
    for (let seed = 1; seed <= programmes; seed += 1) look(new Dice(seed * 1000 + members), members, fits);
    for (const [variant, counts] of fits) {
      const share = (most: number): number =>
        Math.round((100 * counts.filter((n) => n <= most).length) / counts.length);
      report({
        bench: 'cards',
        variant: `${variant}, members=${members}`,
        cards: counts.length,
        percentOne: share(1),
        percentFew: share(few - 1),
      });
    }
    await Promise.resolve();
  }
}

/** Half of the members ask, half of them mentor; each card is held against everybody who could stand behind it. */
function look(dice: Dice, members: number, fits: Map<string, number[]>): void {
  const mentors = Array.from({ length: members / 2 }, (_, at) => personOf(dice, `mentor${at}`));
  const asking = Array.from({ length: members / 2 }, (_, at) => askedBy(dice, personOf(dice, `mentee${at}`)));
  const { pairs } = match(
    {
      mentees: asking.map(({ person, request }, at) => ({
        ...asPerson(person),
        ...{ id: String(at), topics: request.wishes.topics, keptForConversation: request.wishes.keptForConversation },
        ...{
          formats: [request.wishes.format],
          labPreference: request.wishes.labPreference,
          waitingSince: at,
          priority: 0,
        },
      })),
      mentors: mentors.map((mentor) => ({
        ...asPerson(mentor),
        ...{
          topics: mentor.offer.topics,
          keptForConversation: mentor.offer.keptForConversation,
          formats: mentor.offer.formats,
        },
        ...{ places: mentor.offer.capacity, usedPlaces: 0 },
      })),
      proposedBefore: [],
      rules: defaultMatchRules,
    },
    { seed: 1 },
  );
  for (const { requestId, mentorId } of pairs) {
    const { person, request } = asking[Number(requestId)]!;
    const mentor = mentors.find(({ id }) => id === mentorId)!;
    const common = cardOf(request, person, mentor);
    for (const [name, shown] of Object.entries(cards)) {
      const read = (one: CommonGround, stage: CareerStage) => JSON.stringify(shown(one, stage));
      // The mentee knows what they asked for: any mentor with this in common may stand behind it.
      const card = read(common, mentor.profile.careerStage);
      fits
        .get(name)!
        .push(mentors.filter((one) => read(cardOf(request, person, one), one.profile.careerStage) === card).length);
      // The mentor knows who is enrolled, and not what anybody asked for: any wish may be behind it.
      const back = read(common, person.profile.careerStage);
      const could = asking.filter(
        (one) => read(cardOf(request, one.person, mentor), one.person.profile.careerStage) === back,
      );
      fits.get(name)!.push(could.length);
    }
  }
}
