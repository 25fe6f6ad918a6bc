// The closing survey: the same questions to both sides, one small scale, no free text. What is kept of an answer tells
// neither whose it is nor which dialogue it is about: the side and the quarter of a year, nothing finer.
import { addDays } from './calendar.ts';
import type { ProposalSide } from './proposal.ts';

export const surveyQuestions = ['useful', 'received', 'confidential', 'outside_hierarchy'] as const;
export type SurveyQuestion = (typeof surveyQuestions)[number];

/** "unsaid" is an answer like the others: nobody has to have an opinion, or to give it. */
export const surveyScale = ['yes', 'rather_yes', 'rather_no', 'no', 'unsaid'] as const;
export type SurveyReply = (typeof surveyScale)[number];

export type SurveyReplies = Readonly<Record<SurveyQuestion, SurveyReply>>;

/** What a link knows of whom it was sent to. until: its last day, a local date YYYY-MM-DD. */
export interface SurveyTicket {
  readonly side: ProposalSide;
  readonly until: string;
}

/** One answer. id: comes from the link's own random part, so that a link gives one answer and nothing leads back. */
export interface SurveyAnswer {
  readonly id: string;
  /** For example "2026-Q4". */
  readonly quarter: string;
  readonly side: ProposalSide;
  readonly replies: SurveyReplies;
}

/** Months for which single answers and facts about closed dialogues are kept. */
const rawMonths = 24;

/** The local date before which nothing single may be kept on a day: 24 months earlier. */
export function rawKeptSince(today: string): string {
  const month = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 - rawMonths;
  const first = `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01`;
  return addDays(first, Number(today.slice(8)) - 1);
}
