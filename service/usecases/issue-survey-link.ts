import { addOpenDays, toLocal } from '../domain/calendar.ts';
import type { Notice } from '../domain/notice.ts';
import { sideOf } from '../domain/proposal.ts';
import type { Ports } from './ports.ts';
import { pairCalendar, today } from './records.ts';

/**
 * The token of a one-time link for whom a closing_survey notice goes to, made when the mail leaves; undefined when the
 * survey is off for the dialogue. Each call makes another one, since none is kept: a mail that is written twice may hold
 * two, of which an honest person uses one.
 */
export async function issueSurveyLink(
  ports: Ports,
  { memberId, subjectId }: Pick<Notice, 'memberId' | 'subjectId'>,
): Promise<string | undefined> {
  const dialogue = await ports.dialogues.find(subjectId);
  if (dialogue?.status !== 'closing' || !dialogue.closingSince) return undefined;
  const off = ports.rules.steps.closing.find(({ ends }) => ends);
  const end = addOpenDays(pairCalendar(ports, dialogue), dialogue.closingSince, off?.afterDays ?? 0);
  const until = toLocal(end, ports.rules.zone).date;
  return until < today(ports) ? undefined : ports.surveys.issue({ side: sideOf(dialogue, memberId), until });
}
