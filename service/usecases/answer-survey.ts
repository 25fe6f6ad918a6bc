import { quarterOf } from '../domain/calendar.ts';
import type { SurveyReplies } from '../domain/survey.ts';
import type { Ports } from './ports.ts';
import { today } from './records.ts';

/** What a link is good for. unknown: it was not made here. */
export type SurveyLinkState = 'open' | 'answered' | 'over' | 'unknown';

type SurveyPorts = Pick<Ports, 'surveys' | 'clock' | 'rules'>;

/** Looks at a link without using it up: mail scanners open links, too. */
export async function lookAtSurvey(ports: SurveyPorts, token: string): Promise<SurveyLinkState> {
  const ticket = ports.surveys.open(token);
  if (!ticket) return 'unknown';
  if (await ports.surveys.isAnswered(ticket.answerId)) return 'answered';
  return ticket.until < today(ports) ? 'over' : 'open';
}

/**
 * Keeps the answer and uses the link up, in one insert, so that nothing can come between the two. "open": it was, and the
 * answer is kept.
 */
export async function answerSurvey(
  ports: SurveyPorts,
  { token, replies }: { token: string; replies: SurveyReplies },
): Promise<SurveyLinkState> {
  const state = await lookAtSurvey(ports, token);
  const ticket = ports.surveys.open(token);
  if (state !== 'open' || !ticket) return state;
  const { answerId: id, side } = ticket;
  const isFirst = await ports.surveys.insert({ id, side, quarter: quarterOf(today(ports)), replies });
  return isFirst ? 'open' : 'answered';
}
