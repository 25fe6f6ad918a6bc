// What the closing survey and the figures about closed dialogues need from outside.
import type { Dialogue } from '../domain/dialogue.ts';
import type { ClosingFact } from '../domain/report/closing-fact.ts';
import type { CountedAnswer, CountedFact } from '../domain/report/endings.ts';
import type { SurveyAnswer, SurveyTicket } from '../domain/survey.ts';

/** A ticket as its holder shows it. answerId: under which its one answer is stored; only the holder's token leads to it. */
export interface OpenedTicket extends SurveyTicket {
  readonly answerId: string;
}

/** Links that carry all that is known of them, and answers that know nothing of their links. */
export interface Surveys {
  /** The token of a new link, 256 random bits and what the ticket says, signed. Nothing of it is kept here. */
  issue(ticket: SurveyTicket): string;
  /** What the token says; undefined when it was not made here. */
  open(token: string): OpenedTicket | undefined;
  isAnswered(answerId: string): Promise<boolean>;
  /** false when the link was used already, for all but one of any number of callers at once. */
  insert(answer: SurveyAnswer): Promise<boolean>;
  list(): Promise<CountedAnswer[]>;
  /** Deletes the answers of this quarter ("2026-Q4") and of all before it; returns how many. */
  dropUntil(quarter: string): Promise<number>;
}

/** A closed dialogue with the name under which it is counted. */
export interface EndedDialogue extends Dialogue {
  readonly countedAs: string;
}

/** What stays of closed dialogues. */
export interface Closings {
  /** Stored once each by their ids; harmless when repeated. */
  add(facts: readonly ClosingFact[]): Promise<void>;
  list(): Promise<CountedFact[]>;
  /** Deletes what closed in this month ("2026-11") and before it; returns how many. */
  dropUntil(month: string): Promise<number>;
}
