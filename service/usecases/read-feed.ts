import { MentoringError } from '../domain/errors.ts';
import type { Meeting } from '../domain/meeting.ts';
import type { Locale } from '../domain/terms.ts';
import type { Ports } from './ports.ts';

/** What a calendar may know: hours, and the language of a neutral title. */
export interface CalendarFeed {
  readonly locale: Locale;
  readonly meetings: readonly Meeting[];
  readonly now: Date;
}

/**
 * The agreed meetings of whoever holds the secret of a feed. @throws MentoringError not_found for a secret that was never
 * given, replaced or switched off, and when the person has left: all alike
 */
export async function readFeed(ports: Ports, { token }: { token: string }): Promise<CalendarFeed> {
  const member = await ports.members.findByFeed(ports.secrets.hash(token));
  if (!member) throw new MentoringError('not_found');
  const dialogues = await ports.dialogues.listOpenOf(member.id);
  const planned = await Promise.all(dialogues.map(({ id }) => ports.meetings.findPlanned(id)));
  const meetings = planned.flatMap((meeting) => (meeting?.status === 'agreed' ? [meeting] : []));
  return { locale: member.locale, meetings, now: ports.clock.now() };
}
