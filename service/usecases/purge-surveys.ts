import { quarterOf } from '../domain/calendar.ts';
import { rawKeptSince } from '../domain/survey.ts';
import type { Ports } from './ports.ts';
import { today } from './records.ts';
import type { SweepCount } from './sweep.ts';

/**
 * Deletes single answers and facts about closed dialogues after 24 months: the quarter or month in which the last of
 * these days lies goes as a whole, so none is kept longer. Safe to repeat.
 */
export async function purgeSurveys(ports: Ports): Promise<SweepCount> {
  const since = rawKeptSince(today(ports));
  const answers = await ports.surveys.dropUntil(quarterOf(since));
  return { done: answers + (await ports.closings.dropUntil(since.slice(0, 7))), failed: 0 };
}
