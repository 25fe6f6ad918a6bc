// How dialogues ended and what the two persons answered, of all labs together: shares only, in blocks of whole quarters.
import { quarterOf } from '../calendar.ts';
import type { DialogueClosing } from '../dialogue.ts';
import type { ProposalSide } from '../proposal.ts';
import { surveyQuestions, type SurveyAnswer, type SurveyQuestion, type SurveyReply } from '../survey.ts';
import { durationBands, type ClosingFact, type DurationBand } from './closing-fact.ts';
import { nextBlock, rateOf, smallestDenominator, type Block, type Rate } from './release.ts';

export const closingTypes = ['completed', 'ended_early', 'no_contact'] as const satisfies readonly DialogueClosing[];

export type CountedFact = Omit<ClosingFact, 'id'>;
export type CountedAnswer = Omit<SurveyAnswer, 'id'>;

export interface EndingFigures extends Block {
  readonly closings: Readonly<Record<DialogueClosing, Rate>>;
  readonly durations: Readonly<Record<DurationBand, Rate>>;
  /** The two met within 21 days. */
  readonly metSoon: Rate;
  /** The two were of different labs. */
  readonly acrossLabs: Rate;
}

/** Favourable answers among those who said something: of all, and of each side where both are enough. */
export type QualityRates = Readonly<Record<'all' | ProposalSide, Rate>>;

export interface QualityFigures extends Block {
  readonly answers: number;
  /** Answers among persons who were asked. */
  readonly responses: Rate;
  readonly questions: Readonly<Record<SurveyQuestion, QualityRates>>;
}

/** Fewest closed dialogues of a block: as many as five mentors lead at a time. Who they were is not known any more. */
const leastClosings = 25;

/** Everything that may be counted. before: the first quarter of which a closed dialogue is still to be counted. */
export interface Ended {
  readonly facts: readonly CountedFact[];
  readonly answers: readonly CountedAnswer[];
  readonly before: string;
}

const quarterOfFact = ({ month }: CountedFact): string => quarterOf(`${month}-01`);

function shares<K extends string>(keys: readonly K[], keyed: readonly K[]): Record<K, Rate> {
  const rate = (key: K): Rate => rateOf(keyed.filter((one) => one === key).length, keyed.length);
  return Object.fromEntries(keys.map((key) => [key, rate(key)])) as Record<K, Rate>;
}

/** What is shown from now on: the next block if there is enough, else what was released last. */
export function releaseEndings({ facts, before }: Ended, last?: EndingFigures): EndingFigures | undefined {
  const next = nextBlock({
    items: facts,
    quarterOf: quarterOfFact,
    before,
    least: leastClosings,
    ...(last && { last }),
  });
  if (!next) return last;
  const { block, counted } = next;
  const share = (is: (fact: CountedFact) => boolean): Rate => rateOf(counted.filter(is).length, counted.length);
  return {
    ...block,
    closings: shares(
      closingTypes,
      counted.map(({ closing }) => closing),
    ),
    durations: shares(
      durationBands,
      counted.map(({ duration }) => duration),
    ),
    metSoon: share(({ firstMeeting }) => firstMeeting === 'within_21_days'),
    acrossLabs: share(({ menteeLabId, mentorLabId }) => menteeLabId !== mentorLabId),
  };
}

const favourable: readonly SurveyReply[] = ['yes', 'rather_yes'];

function favourableOf(replies: readonly SurveyReply[]): Rate {
  const said = replies.filter((reply) => reply !== 'unsaid');
  return rateOf(said.filter((reply) => favourable.includes(reply)).length, said.length);
}

function ratesOf(question: SurveyQuestion, answers: readonly CountedAnswer[]): QualityRates {
  const of = (side: ProposalSide): Rate =>
    favourableOf(answers.filter((answer) => answer.side === side).map(({ replies }) => replies[question]));
  const [mentee, mentor] = [of('mentee'), of('mentor')];
  const isBoth = mentee.shown && mentor.shown;
  return {
    all: favourableOf(answers.map(({ replies }) => replies[question])),
    // One side alone would tell of the other.
    mentee: isBoth ? mentee : { shown: false },
    mentor: isBoth ? mentor : { shown: false },
  };
}

/** The same for the answers to the survey. */
export function releaseQuality({ facts, answers, before }: Ended, last?: QualityFigures): QualityFigures | undefined {
  const parts = { quarterOf: ({ quarter }: CountedAnswer) => quarter, before, least: smallestDenominator };
  const next = nextBlock({ items: answers, ...parts, ...(last && { last }) });
  if (!next) return last;
  const { block, counted } = next;
  const isIn = (quarter: string): boolean => block.from <= quarter && quarter <= block.until;
  const asked = facts.filter((fact) => fact.surveyed && isIn(quarterOfFact(fact))).length * 2;
  const rates = surveyQuestions.map((question) => [question, ratesOf(question, counted)]);
  return {
    ...block,
    answers: counted.length,
    responses: rateOf(counted.length, asked),
    questions: Object.fromEntries(rates) as QualityFigures['questions'],
  };
}
